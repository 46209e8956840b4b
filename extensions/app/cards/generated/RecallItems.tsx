// Copied from extension-kit/RecallItems.tsx, by `npm run generate`. Do not edit.
import { Accordion, AutoGrid, Checkbox, Flex, Select, Text } from '@hubspot/ui-extensions';
import { mentionsContact } from './check-in-form.ts';
import type { RecallAnswer, RecallItemsView } from './contract-types.ts';
import { FORM } from './wording.ts';

interface Props {
  items: RecallItemsView;
  recall: RecallAnswer;
  words: string;
  onChange: (recall: RecallAnswer) => void;
}

const NOT_ASKED = '';
/** Both marks beside each other in the tab's card, so that the save stays in sight below; one below the other on a narrow card. */
const COLUMN_PX = 220;
type Mark = keyof typeof FORM.marks;
const MARKS = Object.keys(FORM.marks) as Mark[];

/**
 * The two optional questions about contact, one below the other in the order in which they are asked. They open only after the
 * customer's own words are written.
 */
export function RecallItems({ items, recall, words, onChange }: Props) {
  const skip = { label: FORM.notAsked, value: NOT_ASKED };
  const pick = <Band extends string>(
    options: { value: Band; label: string }[],
    value: unknown,
  ): Band | null => options.find((option) => option.value === value)?.value ?? null;
  const hasWords = words.trim() !== '';
  return (
    <Accordion title={FORM.ifTheyHaveAMinute} disabled={!hasWords} size="sm">
      <Flex direction="column" gap="sm">
        {mentionsContact(words) ? <Text variant="microcopy">{FORM.mentionsContact}</Text> : null}
        <Text>{items.intro}</Text>
        <Select
          label={items.recency.question}
          name="recency"
          options={[skip, ...items.recency.options]}
          value={recall.recency ?? NOT_ASKED}
          onChange={(value) => {
            onChange({ ...recall, recency: pick(items.recency.options, value) });
          }}
        />
        <Select
          label={items.count.question}
          name="count"
          options={[skip, ...items.count.options]}
          value={recall.count ?? NOT_ASKED}
          onChange={(value) => {
            onChange({ ...recall, count: pick(items.count.options, value) });
          }}
        />
        <AutoGrid columnWidth={COLUMN_PX} flexible gap="xs">
          {MARKS.map((mark) => (
            <Checkbox
              key={mark}
              name={mark}
              checked={recall[mark] === true}
              onChange={(checked) => {
                onChange({ ...recall, [mark]: checked });
              }}
            >
              {FORM.marks[mark]}
            </Checkbox>
          ))}
        </AutoGrid>
      </Flex>
    </Accordion>
  );
}
