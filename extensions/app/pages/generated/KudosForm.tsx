// Copied from extension-kit/KudosForm.tsx, by `npm run generate`. Do not edit.
import { Flex, Select, TextArea } from '@hubspot/ui-extensions';
import type { FormState } from './check-in-form.ts';
import { LIMITS, type ManagerView } from './contract-types.ts';
import { THANKS } from './wording-people.ts';

const NOBODY = '';

interface Props {
  view: ManagerView;
  form: FormState;
  missing: boolean;
  onChange: (change: Partial<FormState>) => void;
}

/** A colleague whom the customer named, and what was said about them. */
export function KudosForm({ view, form, missing, onChange }: Props) {
  const { ownerId, words } = form.kudos;
  const colleague = view.promiseOwners.find((owner) => owner.ownerId === ownerId);
  return (
    <Flex direction="column" gap="sm">
      <Select
        label={THANKS.who}
        name="kudosTo"
        value={ownerId ?? NOBODY}
        options={[
          { label: THANKS.nobody, value: NOBODY },
          ...view.promiseOwners.map((owner) => ({ label: owner.name, value: owner.ownerId })),
        ]}
        onChange={(value) => {
          const chosen = String(value);
          onChange({ kudos: { ownerId: chosen === NOBODY ? null : chosen, words } });
        }}
      />
      {ownerId === null && words === '' ? null : (
        <TextArea
          label={THANKS.words(colleague?.name ?? null)}
          name="kudosWords"
          description={THANKS.hint}
          rows={2}
          maxLength={LIMITS.kudos}
          value={words}
          error={missing}
          {...(missing ? { validationMessage: THANKS.missing } : {})}
          onInput={(text) => {
            onChange({ kudos: { ownerId, words: text } });
          }}
        />
      )}
    </Flex>
  );
}
