/* eslint-disable @typescript-eslint/no-deprecated -- an extension may still send what HubSpot has deprecated */
import type {
  AutoGridProps,
  BoxProps,
  DividerProps,
  FlexProps,
  InlineProps,
  SpacerProps,
  StackProps,
} from '@hubspot/ui-extensions';
import type { ReactNode } from 'react';
import { classes, shortSize } from './sizes.ts';

const gapClass = (gap: string | undefined, fallback: string) => `ui-gap-${shortSize(gap, fallback)}`;

export function Flex({
  direction = 'row',
  gap,
  justify = 'start',
  align,
  alignSelf,
  wrap,
  children,
}: FlexProps) {
  const wraps = wrap === true || wrap === 'wrap';
  return (
    <div
      className={classes(
        `ui-${direction}`,
        gapClass(gap, 'flush'),
        `ui-justify-${justify}`,
        `ui-align-${align ?? (direction === 'row' ? 'start' : 'stretch')}`,
        alignSelf !== undefined && `ui-self-${alignSelf}`,
        wraps && 'ui-wrap',
      )}
    >
      {children}
    </div>
  );
}

export function Box({ alignSelf, flex = 'initial', children }: BoxProps) {
  const flexClass = typeof flex === 'number' ? '' : `ui-flex-${flex}`;
  return (
    <div
      className={classes('ui-box', flexClass, alignSelf !== undefined && `ui-self-${alignSelf}`)}
      {...(typeof flex === 'number' ? { style: { flex: `${flex} 1 0` } } : {})}
    >
      {children}
    </div>
  );
}

export function Inline({ gap, justify = 'start', align = 'center', children }: InlineProps) {
  return (
    <div
      className={classes('ui-row ui-wrap', gapClass(gap, 'xs'), `ui-justify-${justify} ui-align-${align}`)}
    >
      {children}
    </div>
  );
}

export function Stack({
  direction = 'column',
  distance,
  justify = 'start',
  align,
  width,
  children,
}: StackProps) {
  return (
    <div
      className={classes(
        `ui-${direction}`,
        gapClass(distance, 'sm'),
        `ui-justify-${justify} ui-align-${align ?? 'stretch'}`,
        width === '100%' && 'ui-full',
      )}
    >
      {children}
    </div>
  );
}

export function AutoGrid({ columnWidth, gap, flexible, children }: AutoGridProps) {
  const column =
    flexible === true ? `minmax(min(${columnWidth}px, 100%), 1fr)` : `min(${columnWidth}px, 100%)`;
  return (
    <div
      className={classes('ui-grid', gapClass(gap, 'flush'))}
      style={{ gridTemplateColumns: `repeat(auto-fill, ${column})` }}
    >
      {children}
    </div>
  );
}

export function Divider({ size, distance }: DividerProps) {
  return (
    <hr
      className={`ui-divider ui-divider-${shortSize(size, 'sm')} ui-distance-${shortSize(distance, 'flush')}`}
    />
  );
}

export function Spacer({ size }: SpacerProps) {
  return <div aria-hidden="true" className={`ui-spacer-${shortSize(size, 'md')}`} />;
}

export function Tile({
  compact,
  flush,
  children,
}: {
  compact?: boolean;
  flush?: boolean;
  children?: ReactNode;
}) {
  return (
    <div
      className={classes('ui-tile ui-column', compact === true && 'ui-compact', flush === true && 'ui-flush')}
    >
      {children}
    </div>
  );
}

export function Card({ children }: { children?: ReactNode }) {
  return <div className="ui-tile ui-card ui-column">{children}</div>;
}
