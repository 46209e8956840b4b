// Copied from extension-kit/CheckInDetails.tsx, by `npm run generate`. Do not edit.
import { Accordion, DateInput, Flex, Select, TextArea } from '@hubspot/ui-extensions';
import { oldestDay, type FormState } from './check-in-form.ts';
import { LIMITS } from './contract-types.ts';
import { fromDateParts, toDateParts } from './dates.ts';
import { CHANNEL_OPTIONS, FORM } from './wording.ts';

interface Props {
  form: FormState;
  today: string;
  repName: string | null;
  /** The day is none that can be saved. */
  wrongDay: boolean;
  /** Stays open under the fingers that mend it. */
  open: boolean;
  onChange: (change: Partial<FormState>) => void;
}

/** What is rarely needed: the praise on its own, a remark that stays with the manager, when and how. */
export function CheckInDetails({ form, today, repName, wrongDay, open, onChange }: Props) {
  return (
    <Accordion title={FORM.details} size="sm" {...(open ? { open } : {})}>
      <Flex direction="column" gap="sm">
        <TextArea
          label={FORM.liked}
          name="liked"
          description={FORM.likedHint(repName)}
          rows={2}
          maxLength={LIMITS.liked}
          value={form.liked}
          onInput={(liked) => {
            onChange({ liked });
          }}
        />
        <TextArea
          label={FORM.inConfidence}
          name="inConfidence"
          description={FORM.inConfidenceHint}
          rows={2}
          maxLength={LIMITS.inConfidence}
          value={form.inConfidence}
          onInput={(inConfidence) => {
            onChange({ inConfidence });
          }}
        />
        <DateInput
          label={FORM.happenedOn}
          name="happenedOn"
          description={FORM.happenedOnHint}
          value={toDateParts(form.happenedOn)}
          min={toDateParts(oldestDay(today))}
          max={toDateParts(today)}
          timezone="portalTz"
          error={wrongDay}
          {...(wrongDay ? { validationMessage: FORM.happenedOnWrong } : {})}
          onChange={(parts) => {
            onChange({ happenedOn: fromDateParts(parts) });
          }}
        />
        <Select
          label={FORM.channel}
          name="channel"
          options={CHANNEL_OPTIONS}
          value={form.channel}
          onChange={(value) => {
            const option = CHANNEL_OPTIONS.find((candidate) => candidate.value === value);
            if (option !== undefined) onChange({ channel: option.value });
          }}
        />
      </Flex>
    </Accordion>
  );
}
