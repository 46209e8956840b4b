// Copied from extension-kit/PromiseForm.tsx, by `npm run generate`. Do not edit.
import {
  Accordion,
  AutoGrid,
  Button,
  DateInput,
  Flex,
  Input,
  LoadingButton,
  Select,
  Text,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { Send } from './backend.ts';
import type { ManagerView, PromiseView } from './contract-types.ts';
import { addDays, fromDateParts, toDateParts } from './dates.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { SAVED } from './wording.ts';

/** A promise is usually for next week; the date stays open to change. */
const USUAL_DAYS = 7;
const MYSELF = '';
/** What, who and by when stand in one line of the tab's card; on a narrow one the first has a line of its own. */
const WIDE_FIELD_PX = 240;
const FIELD_PX = 110;

interface Props {
  view: ManagerView;
  /** Null where no answer was written down. */
  checkInId: string | null;
  send: Send;
  /** Told with the first thing that is typed. */
  onBegun?: () => void;
  /** Told what was promised, and what its issue is called. */
  onAdded: (promise: PromiseView | null, title: string) => void;
  onNothing: () => void;
}

/** One issue with one dated promise in one line: what, who, by when. */
export function PromiseForm({ view, checkInId, send, onBegun, onAdded, onNothing }: Props) {
  const [issue, setIssue] = useState('');
  const [what, setWhat] = useState('');
  const [ownerId, setOwnerId] = useState(MYSELF);
  const [dueOn, setDueOn] = useState(addDays(view.today, USUAL_DAYS));
  const [tried, setTried] = useState(false);
  const write = useWrite();
  const missing = tried && what.trim() === '';

  const add = async (): Promise<void> => {
    setTried(true);
    if (what.trim() === '') return;
    const title = (issue.trim() === '' ? what : issue).trim().slice(0, 200);
    const promise = { what: what.trim(), ownerId: ownerId === MYSELF ? null : ownerId, dueOn };
    const reply = await write.run((submissionId) =>
      send('openIssue', {}, { submissionId, companyId: view.company.companyId, checkInId, title, promise }),
    );
    if (reply !== null) onAdded(reply.promise, title);
  };
  return (
    <Flex direction="column" gap="sm">
      <Text format={{ fontWeight: 'demibold' }}>{SAVED.promised}</Text>
      <AutoGrid columnWidth={WIDE_FIELD_PX} flexible gap="sm">
        <Input
          label={SAVED.what}
          name="promise"
          required
          value={what}
          error={missing}
          {...(missing ? { validationMessage: SAVED.promiseMissing } : {})}
          onInput={(text) => {
            setWhat(text);
            onBegun?.();
          }}
        />
        <AutoGrid columnWidth={FIELD_PX} flexible gap="sm">
          <Select
            label={SAVED.owner}
            name="promiseOwner"
            value={ownerId}
            options={[
              { label: SAVED.me, value: MYSELF },
              ...view.promiseOwners.map((owner) => ({ label: owner.name, value: owner.ownerId })),
            ]}
            onChange={(value) => {
              setOwnerId(String(value));
            }}
          />
          <DateInput
            label={SAVED.dueOn}
            name="promiseDueOn"
            value={toDateParts(dueOn)}
            min={toDateParts(view.today)}
            timezone="portalTz"
            onChange={(parts) => {
              setDueOn(fromDateParts(parts));
            }}
          />
        </AutoGrid>
      </AutoGrid>
      <Accordion title={SAVED.issueFold} size="xs">
        <Input
          label={SAVED.issue}
          name="issue"
          description={SAVED.issueHint}
          value={issue}
          onInput={(text) => {
            setIssue(text);
            onBegun?.();
          }}
        />
      </Accordion>
      <WriteFailed failure={write.failure} />
      <Flex direction="row" gap="sm">
        <LoadingButton variant="primary" loading={write.busy} onClick={add}>
          {SAVED.addPromise}
        </LoadingButton>
        <Button variant="transparent" disabled={write.busy} onClick={onNothing}>
          {SAVED.nothingPromised}
        </Button>
      </Flex>
    </Flex>
  );
}
