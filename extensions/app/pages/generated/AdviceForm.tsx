// Copied from extension-kit/AdviceForm.tsx, by `npm run generate`. Do not edit.
import { Accordion, TextArea } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { AdviceProblem } from './advice.ts';
import type { FormState } from './check-in-form.ts';
import { LIMITS, type ManagerView } from './contract-types.ts';
import { ADVICE } from './wording-people.ts';

interface Props {
  view: ManagerView;
  form: FormState;
  /** Who answered, as far as that is known. */
  name: string;
  problem: AdviceProblem | undefined;
  onChange: (change: Partial<FormState>) => void;
}

/** A few lines for the rep who gets the words, folded away; not offered where nobody does, but nothing written is hidden. */
export function AdviceForm({ view, form, name, problem, onChange }: Props) {
  const [isBegun] = useState(form.coachingNote.trim() !== '');
  const [isMended, setIsMended] = useState(false);
  const repName = view.adviceTo?.name ?? null;
  if (repName === null && !isBegun && form.coachingNote.trim() === '') return null;
  return (
    <Accordion
      title={ADVICE.fold(repName)}
      size="sm"
      defaultOpen={isBegun}
      {...(problem !== undefined || isMended ? { open: true } : {})}
    >
      <TextArea
        label={ADVICE.label}
        name="coachingNote"
        description={ADVICE.hint(repName, name)}
        rows={3}
        maxLength={LIMITS.coachingNote}
        value={form.coachingNote}
        error={problem !== undefined}
        {...(problem === undefined ? {} : { validationMessage: ADVICE.problems[problem] })}
        onInput={(coachingNote) => {
          // What was opened to be mended does not close under the fingers.
          if (problem !== undefined) setIsMended(true);
          onChange({ coachingNote });
        }}
      />
    </Accordion>
  );
}
