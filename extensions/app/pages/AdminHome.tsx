import {
  Button,
  DescriptionList,
  DescriptionListItem,
  Flex,
  Heading,
  Link,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import { appLinks, type AppLinks } from './generated/app-links.ts';
import type { AdminHome as Home } from './generated/contract-types.ts';
import { HOME } from './generated/wording-pages.ts';

type Step = Home['checklist'][number];

/** A step that is left leads to the settings, which open where something is still asked for. */
function ChecklistLine({ step, links }: { step: Step; links: AppLinks | null }) {
  const { done, label, hint } = step;
  return (
    <Flex direction="row" gap="sm" align="start">
      <StatusTag variant={done ? 'success' : 'default'}>{done ? HOME.done : HOME.toDo}</StatusTag>
      <Flex direction="column" gap="flush">
        {done || links === null ? <Text>{label}</Text> : <Link href={links.settings}>{label}</Link>}
        {done || hint === '' ? null : <Text variant="microcopy">{hint}</Text>}
      </Flex>
    </Flex>
  );
}

interface Props {
  home: Home;
  /** Undefined where HubSpot does not say which app this is: then nothing links to its settings. */
  appId: number | string | undefined;
  /** True where nothing else on the page is to be done first. */
  primary?: boolean;
}

/** The admin's part: what is left to set up, and once that is done how the app is doing. */
export function AdminHome({ home, appId, primary = false }: Props) {
  const isSetUp = home.checklist.every((item) => item.done);
  const links = appLinks(home.appsUrl, appId);
  return (
    <Flex direction="column" gap="sm">
      {isSetUp ? null : <Heading>{HOME.checklist}</Heading>}
      {isSetUp
        ? null
        : home.checklist.map((step) => <ChecklistLine key={step.key} step={step} links={links} />)}
      {!isSetUp || home.health.length === 0 ? null : (
        <>
          <Heading>{HOME.health}</Heading>
          <DescriptionList direction="row">
            {home.health.map((line) => (
              <DescriptionListItem key={line.label} label={line.label}>
                <Text>{line.value}</Text>
              </DescriptionListItem>
            ))}
          </DescriptionList>
        </>
      )}
      {links === null || (!isSetUp && !primary) ? null : (
        <Flex direction="row">
          <Button
            variant={isSetUp ? 'transparent' : 'primary'}
            size={isSetUp ? 'xs' : 'md'}
            href={links.settings}
          >
            {HOME.settings}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
