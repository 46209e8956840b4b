// Copied from extension-kit/CheckInDetails.tsx, by `npm run generate`. Do not edit.
import { Accordion, DateInput, Flex, Select, TextArea } from '@hubspot/ui-extensions';
import type { FormState } from './check-in-form.ts';
import { addDays, fromDateParts, toDateParts } from './dates.ts';
import { CHANNEL_OPTIONS, FORM } from './wording.ts';

/** How far back a conversation may lie; the backend refuses older ones. */
const OLDEST_DAYS = 14;

interface Props {
  form: FormState;
  today: string;
  repName: string | null;
  onChange: (change: Partial<FormState>) => void;
}

/** What is rarely needed: the praise on its own, a remark that stays with the manager, when and how. */
export function CheckInDetails({ form, today, repName, onChange }: Props) {
  return (
    <Accordion title={FORM.details} size="sm">
      <Flex direction="column" gap="sm">
        <TextArea
          label={FORM.liked}
          name="liked"
          description={FORM.likedHint(repName)}
          rows={2}
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
          min={toDateParts(addDays(today, -OLDEST_DAYS))}
          max={toDateParts(today)}
          timezone="portalTz"
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
