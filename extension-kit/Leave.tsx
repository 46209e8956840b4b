import { Accordion, Button, DateInput, Flex, LoadingButton, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { Send } from './backend.ts';
import type { LeaveView } from './contract-types.ts';
import { fromDateParts, toDateParts } from './dates.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { LEAVE } from './wording-method.ts';

interface Props {
  leave: LeaveView[];
  /** For an admin: who can be away. Empty for a rep, who enters their own. */
  reps: { ownerId: string; name: string }[];
  today: string;
  locale: string;
  send: Send;
  onChanged: () => void;
}

const OWN = '';

function Day({
  label,
  name,
  day,
  onChange,
}: {
  label: string;
  name: string;
  day: string;
  onChange: (day: string) => void;
}) {
  return (
    <DateInput
      label={label}
      name={name}
      timezone="portalTz"
      value={toDateParts(day)}
      onChange={(parts) => {
        onChange(fromDateParts(parts));
      }}
    />
  );
}

function NewLeave({ reps, today, send, onChanged }: Props) {
  const [ownerId, setOwnerId] = useState(reps[0]?.ownerId ?? OWN);
  const [firstDay, setFirstDay] = useState(today);
  const [lastDay, setLastDay] = useState(today);
  const write = useWrite();
  const add = async (): Promise<void> => {
    const reply = await write.run((submissionId) =>
      send('enterLeave', {}, { submissionId, ownerId: ownerId === OWN ? null : ownerId, firstDay, lastDay }),
    );
    if (reply !== null) onChanged();
  };
  return (
    <Flex direction="column" gap="sm">
      <Flex direction="row" gap="sm" align="end" wrap="wrap">
        {reps.length === 0 ? null : (
          <Select
            label={LEAVE.rep}
            name="leaveOwner"
            value={ownerId}
            options={reps.map((rep) => ({ label: rep.name, value: rep.ownerId }))}
            onChange={(value) => {
              setOwnerId(String(value));
            }}
          />
        )}
        <Day label={LEAVE.first} name="leaveFirst" day={firstDay} onChange={setFirstDay} />
        <Day label={LEAVE.last} name="leaveLast" day={lastDay} onChange={setLastDay} />
        <LoadingButton variant="secondary" loading={write.busy} onClick={add}>
          {LEAVE.add}
        </LoadingButton>
      </Flex>
      <WriteFailed failure={write.failure} />
    </Flex>
  );
}

function Entered({
  item,
  isOwn,
  locale,
  send,
  onChanged,
}: { item: LeaveView; isOwn: boolean } & Pick<Props, 'locale' | 'send' | 'onChanged'>) {
  const write = useWrite();
  const days = LEAVE.days(item.firstDay, item.lastDay, locale);
  const remove = async (): Promise<void> => {
    const reply = await write.run((submissionId) =>
      send('removeLeave', { id: item.leaveId }, { submissionId }),
    );
    if (reply !== null) onChanged();
  };
  return (
    <Flex direction="column" gap="xs">
      <Flex direction="row" gap="sm" align="center" justify="between">
        <Text>{isOwn ? days : `${item.name} · ${days}`}</Text>
        <Button variant="transparent" size="xs" disabled={write.busy} onClick={remove}>
          {LEAVE.remove}
        </Button>
      </Flex>
      <WriteFailed failure={write.failure} title={LEAVE.notRemoved} />
    </Flex>
  );
}

/** Leave, folded: what is entered, and one row to enter more. */
export function Leave(props: Props) {
  const { leave, reps, locale, send, onChanged } = props;
  const isOwn = reps.length === 0;
  return (
    <Accordion title={isOwn ? LEAVE.own : LEAVE.title} size="sm">
      <Flex direction="column" gap="sm">
        <Text variant="microcopy">{isOwn ? LEAVE.intro : LEAVE.introAdmin}</Text>
        {leave.length === 0 ? <Text>{LEAVE.none}</Text> : null}
        {leave.map((item) => (
          <Entered
            key={item.leaveId}
            item={item}
            isOwn={isOwn}
            locale={locale}
            send={send}
            onChanged={onChanged}
          />
        ))}
        <NewLeave {...props} />
      </Flex>
    </Accordion>
  );
}
