import { Text } from '@hubspot/ui-extensions';
import type { AnswerView } from './contract-types.ts';
import { MANAGER, quoted } from './wording.ts';

/** What stands beside the words: what they liked, and the reader's own remark in confidence. */
export function Noted({
  answer: { liked, inConfidence },
}: {
  answer: Pick<AnswerView, 'liked' | 'inConfidence'>;
}) {
  return (
    <>
      {liked === null ? null : <Text variant="microcopy">{MANAGER.liked(quoted(liked))}</Text>}
      {inConfidence === null ? null : <Text variant="microcopy">{MANAGER.inConfidence(inConfidence)}</Text>}
    </>
  );
}
