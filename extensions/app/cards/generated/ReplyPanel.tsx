// Copied from extension-kit/ReplyPanel.tsx, by `npm run generate`. Do not edit.
import {
  Flex,
  LoadingButton,
  Panel,
  PanelBody,
  PanelFooter,
  Select,
  TextArea,
  ToggleGroup,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { Send } from './backend.ts';
import { LIMITS, type FindingView, type RepView, type ReplyRequest } from './contract-types.ts';
import type { Host } from './host.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { recordText, REP } from './wording.ts';

interface Props {
  finding: FindingView;
  kinds: RepView['replyKinds'];
  host: Host;
  send: Send;
  onReplied: () => void;
}

const NO_RECORD = '';
/** Made or synced since the log was read: it is read again for this reply. */
const NOT_LISTED = 'notListed';

function useReply({ finding, kinds, send, onReplied }: Props) {
  const [kind, setKind] = useState<ReplyRequest['kind'] | null>(null);
  const [sentence, setSentence] = useState('');
  const [activityId, setActivityId] = useState(NO_RECORD);
  const [tried, setTried] = useState(false);
  const write = useWrite();
  const recordMissing = kind === 'EVIDENCE' && activityId === NO_RECORD;

  const reply = async (): Promise<void> => {
    setTried(true);
    if (kind === null || recordMissing) return;
    const record = kind === 'EVIDENCE' && activityId !== NOT_LISTED ? activityId : null;
    const answer = await write.run((submissionId) =>
      send(
        'replyToFinding',
        { id: finding.findingId },
        { submissionId, kind, sentence: sentence.trim(), activityId: record },
      ),
    );
    if (answer !== null) onReplied();
  };
  return {
    kind,
    choose: (value: string) => {
      setKind(kinds.find((option) => option.value === value)?.value ?? null);
    },
    sentence,
    setSentence,
    activityId,
    setActivityId,
    write,
    reply,
    kindMissing: tried && kind === null,
    recordMissing: tried && recordMissing,
  };
}

export const replyPanelId = (findingId: string): string => `reply-${findingId}`;

/** The rep's answer to a difference: what happened, the record that shows it, one sentence. */
export function ReplyPanel(props: Props) {
  const { finding, kinds, host } = props;
  const state = useReply(props);
  const records = [
    ...finding.records.map((record) => ({
      label: recordText(record, host.locale),
      value: record.activityId,
    })),
    { label: REP.notListed, value: NOT_LISTED },
  ];
  return (
    <Panel id={replyPanelId(finding.findingId)} title={REP.replyTitle} width="sm">
      <PanelBody>
        <Flex direction="column" gap="md">
          <ToggleGroup
            toggleType="radioButtonList"
            name={`kind-${finding.findingId}`}
            label={REP.whatHappened}
            options={kinds}
            required
            value={state.kind ?? ''}
            error={state.kindMissing}
            {...(state.kindMissing ? { validationMessage: REP.kindMissing } : {})}
            onChange={state.choose}
          />
          {state.kind === 'EVIDENCE' ? (
            <Select
              label={REP.record}
              name="record"
              description={REP.recordHint}
              options={records}
              value={state.activityId}
              error={state.recordMissing}
              {...(state.recordMissing ? { validationMessage: REP.recordMissing } : {})}
              onChange={(value) => {
                state.setActivityId(String(value));
              }}
            />
          ) : null}
          <TextArea
            label={REP.sentence}
            name="sentence"
            rows={3}
            maxLength={LIMITS.replySentence}
            value={state.sentence}
            onInput={state.setSentence}
          />
          <WriteFailed failure={state.write.failure} />
        </Flex>
      </PanelBody>
      <PanelFooter>
        <LoadingButton variant="primary" loading={state.write.busy} onClick={state.reply}>
          {REP.send}
        </LoadingButton>
      </PanelFooter>
    </Panel>
  );
}
