import { Flex, StatusTag, Text } from '@hubspot/ui-extensions';
import type { ViewerView } from './contract-types.ts';
import { Thanks } from './Thanks.tsx';
import { VIEWER } from './wording.ts';

/** The viewer's one line. */
export function viewerStatus(view: ViewerView, locale: string): string {
  return view.lastCheckInOn === null ? VIEWER.never : VIEWER.last(view.lastCheckInOn, view.today, locale);
}

/** The card of anyone else on the record: last check-in and open issues, nothing more. */
export function ViewerCard({ view, locale }: { view: ViewerView; locale: string }) {
  return (
    <Flex direction="column" gap="xs">
      <Flex direction="row">
        <StatusTag variant="default">{viewerStatus(view, locale)}</StatusTag>
      </Flex>
      <Text>{VIEWER.issues(view.openIssues)}</Text>
      <Thanks thanks={view.thanks} today={view.today} locale={locale} />
    </Flex>
  );
}
