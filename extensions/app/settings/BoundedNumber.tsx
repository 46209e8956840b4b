import { NumberInput } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { SETTINGS } from './generated/wording-pages.ts';

interface Props {
  label: string;
  name: string;
  least: number;
  most: number;
  value: number;
  /** While it is typed; null for what is out of bounds. */
  onTyped?: (number: number | null) => void;
  onChange: (number: number) => void;
}

/** A whole number between two bounds. What lies outside of them is not taken, and the field says so. */
export function BoundedNumber({ label, name, least, most, value, onTyped, onChange }: Props) {
  const [isOutside, setOutside] = useState(false);
  const fits = (number: number): boolean => number >= least && number <= most;
  const look = (number: number): void => {
    setOutside(!fits(number));
    onTyped?.(fits(number) ? number : null);
  };
  return (
    <NumberInput
      label={label}
      name={name}
      min={least}
      max={most}
      precision={0}
      value={value}
      error={isOutside}
      {...(isOutside ? { validationMessage: SETTINGS.between(least, most) } : {})}
      onInput={look}
      onChange={(number) => {
        look(number);
        if (fits(number)) onChange(Math.round(number));
      }}
    />
  );
}
