// Copied from extension-kit/PreferenceForm.tsx, by `npm run generate`. Do not edit.
import { AutoGrid, Checkbox, Flex, Select, Text, ToggleGroup } from '@hubspot/ui-extensions';
import { contactsOf, preferenceOf, type FormState } from './check-in-form.ts';
import type { ManagerView, PreferenceBody } from './contract-types.ts';
import { CHANNEL_OPTIONS } from './wording.ts';
import { HALF_OPTIONS, PREFERENCE, WEEKDAY_OPTIONS } from './wording-people.ts';

const NOT_SAID = '';

interface ChoiceProps<Value extends string> {
  label: string;
  name: string;
  empty: string;
  options: { label: string; value: Value }[];
  value: Value | null;
  onChoose: (value: Value | null) => void;
}

/** One of some values, or none: what was not said stays empty. */
function Choice<Value extends string>({ label, name, empty, options, value, onChoose }: ChoiceProps<Value>) {
  return (
    <Select
      label={label}
      name={name}
      value={value ?? NOT_SAID}
      options={[{ label: empty, value: NOT_SAID }, ...options]}
      onChange={(chosen) => {
        onChoose(options.find((option) => option.value === chosen)?.value ?? null);
      }}
    />
  );
}

interface Props {
  view: ManagerView;
  form: FormState;
  name: string;
  onChange: (change: Partial<FormState>) => void;
}

/** What the respondent wishes about being asked: whom, when, how, or not by phone at all. */
export function PreferenceForm({ view, form, name, onChange }: Props) {
  if (form.contactId === null) return <Text variant="microcopy">{PREFERENCE.onlyContacts}</Text>;
  const wish = preferenceOf(view, form);
  const change = (part: Partial<PreferenceBody>): void => {
    onChange({ preference: { ...wish, ...part } });
  };
  const others = contactsOf(view).filter(({ contactId }) => contactId !== form.contactId);
  return (
    <Flex direction="column" gap="sm">
      <Text format={{ fontWeight: 'demibold' }}>{PREFERENCE.title(name)}</Text>
      <AutoGrid columnWidth={180} flexible gap="sm">
        {others.length === 0 ? null : (
          <Choice
            label={PREFERENCE.talkTo}
            name="talkTo"
            empty={PREFERENCE.themselves}
            options={others.map((contact) => ({ label: contact.name, value: contact.contactId }))}
            value={wish.talkToContactId}
            onChoose={(talkToContactId) => {
              change({ talkToContactId });
            }}
          />
        )}
        <Choice
          label={PREFERENCE.half}
          name="bestHalf"
          empty={PREFERENCE.notSaid}
          options={HALF_OPTIONS}
          value={wish.half}
          onChoose={(half) => {
            change({ half });
          }}
        />
        <Choice
          label={PREFERENCE.channel}
          name="bestChannel"
          empty={PREFERENCE.notSaid}
          options={CHANNEL_OPTIONS}
          value={wish.channel}
          onChoose={(channel) => {
            change({ channel });
          }}
        />
      </AutoGrid>
      <ToggleGroup
        toggleType="checkboxList"
        name="bestDays"
        label={PREFERENCE.weekdays}
        options={WEEKDAY_OPTIONS}
        inline
        value={wish.weekdays.map(String)}
        onChange={(days) => {
          change({ weekdays: days.map(Number) });
        }}
      />
      <Checkbox
        name="doNotCall"
        checked={wish.doNotCall}
        onChange={(doNotCall) => {
          change({ doNotCall });
        }}
      >
        {PREFERENCE.doNotCall}
      </Checkbox>
    </Flex>
  );
}
