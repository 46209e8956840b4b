// Copied from extension-kit/MoreToNote.tsx, by `npm run generate`. Do not edit.
import { Accordion, Flex } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { AdviceForm } from './AdviceForm.tsx';
import { CheckInDetails } from './CheckInDetails.tsx';
import type { FormProblems, FormState } from './check-in-form.ts';
import type { ManagerView } from './contract-types.ts';
import { KudosForm } from './KudosForm.tsx';
import { PreferenceForm } from './PreferenceForm.tsx';
import { FORM } from './wording.ts';
import { THANKS } from './wording-people.ts';

interface Props {
  view: ManagerView;
  form: FormState;
  /** Who answered, as far as that is known. */
  name: string;
  problems: FormProblems;
  onChange: (change: Partial<FormState>) => void;
}

type Field = 'kudos' | 'happenedOn' | 'coachingNote';

/** The first of what stops a save here. */
function wrongIn(problems: FormProblems): Field | null {
  if (problems.kudos === true) return 'kudos';
  if (problems.happenedOn === true) return 'happenedOn';
  return problems.coachingNote === undefined ? null : 'coachingNote';
}

/**
 * All that a plain check-in does without, in one fold: with four of them the save would lie below the edge of the window.
 * What stops a save opens, and does not close under the fingers that mend it.
 */
export function MoreToNote({ view, form, name, problems, onChange }: Props) {
  const [isBegun] = useState(form.coachingNote.trim() !== '');
  const [mended, setMended] = useState<Field | null>(null);
  const wrong = wrongIn(problems);
  const change = (part: Partial<FormState>): void => {
    if (wrong !== null) setMended(wrong);
    onChange(part);
  };
  return (
    <Accordion
      title={FORM.more}
      size="sm"
      defaultOpen={isBegun}
      {...(wrong !== null || mended !== null ? { open: true } : {})}
    >
      <Flex direction="column" gap="flush">
        <CheckInDetails
          form={form}
          today={view.today}
          repName={view.repName}
          wrongDay={problems.happenedOn === true}
          open={wrong === 'happenedOn' || mended === 'happenedOn'}
          onChange={change}
        />
        <Accordion
          title={THANKS.fold}
          size="sm"
          {...(wrong === 'kudos' || mended === 'kudos' ? { open: true } : {})}
        >
          <Flex direction="column" gap="md">
            <KudosForm view={view} form={form} missing={problems.kudos === true} onChange={change} />
            <PreferenceForm view={view} form={form} name={name} onChange={change} />
          </Flex>
        </Accordion>
        <AdviceForm view={view} form={form} name={name} problem={problems.coachingNote} onChange={change} />
      </Flex>
    </Accordion>
  );
}
