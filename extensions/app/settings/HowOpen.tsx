import {
  DateInput,
  Flex,
  LoadingButton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
  TextArea,
  ToggleGroup,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import { BoundedNumber } from './BoundedNumber.tsx';
import { LIMITS, type ProgramSettings, type ProgramView } from './generated/contract-types.ts';
import { addDays, formatDay, formatShortDay, fromDateParts, toDateParts } from './generated/dates.ts';
import { WriteFailed } from './generated/LoadStates.tsx';
import type { Resource } from './generated/use-resource.ts';
import { useWrite } from './generated/use-write.ts';
import { SETTINGS } from './generated/wording-pages.ts';
import { FAILURES } from './generated/wording.ts';
import type { StepProps } from './WhoSteps.tsx';

const OPENNESS: { label: string; value: NonNullable<ProgramSettings['openness']>; description: string }[] = [
  { label: SETTINGS.listen, value: 'listeningOnly', description: SETTINGS.listenHint },
  { label: SETTINGS.compare, value: 'listenAndCompare', description: SETTINGS.compareHint },
];

/** A week's notice, unless another day is chosen. */
const USUAL_NOTICE_DAYS = 7;

interface AnnounceProps {
  program: ProgramView;
  settings: ProgramSettings;
  resource: Resource<ProgramView>;
  primary: boolean;
}
/** What was typed; null as long as it is the default, which follows the settings. */
interface TextProps {
  text: string | null;
  onText: (text: string) => void;
}

/** Where the announcement names the first day whose answers may be compared. */
const DATE = '{date}';

/** The backend announces by the settings it has: what the form says beside them, reps would not be told. */
function isToSave(saved: ProgramSettings, { openness, replyWindowBusinessDays }: ProgramSettings): boolean {
  return (
    saved.openness !== 'listenAndCompare' ||
    openness !== saved.openness ||
    replyWindowBusinessDays !== saved.replyWindowBusinessDays
  );
}

function Announce({
  program,
  settings,
  resource,
  primary,
  locale,
  text,
  onText,
}: AnnounceProps & TextProps & { locale: string }) {
  const [startsOn, setStartsOn] = useState(addDays(program.today, USUAL_NOTICE_DAYS));
  const write = useWrite();
  const day = formatDay(startsOn, locale);
  const told = (text ?? program.announcementDefault).replaceAll(DATE, day);
  const mustSave = isToSave(program.settings, settings);
  const announce = async (): Promise<void> => {
    const reply = await write.run((submissionId) =>
      resource.send('announce', {}, { submissionId, startsOn, text: told.trim() }),
    );
    if (reply !== null) resource.replace(reply.program);
  };
  return (
    <Flex direction="column" gap="sm">
      <TextArea
        label={SETTINGS.announcement}
        name="announcement"
        rows={8}
        maxLength={LIMITS.announcement}
        value={told}
        onInput={(typed) => {
          onText(typed.replaceAll(day, DATE));
        }}
      />
      <DateInput
        label={SETTINGS.startsOn}
        description={SETTINGS.startsOnHint}
        name="startsOn"
        value={toDateParts(startsOn)}
        min={toDateParts(program.today)}
        timezone="portalTz"
        onChange={(parts) => {
          setStartsOn(fromDateParts(parts));
        }}
      />
      <WriteFailed failure={write.failure} title={FAILURES.announceTitle} />
      <Flex direction="row" gap="sm" align="center">
        <LoadingButton
          variant={primary ? 'primary' : 'secondary'}
          loading={write.busy}
          disabled={mustSave}
          onClick={announce}
        >
          {SETTINGS.announce}
        </LoadingButton>
        {mustSave ? <Text variant="microcopy">{SETTINGS.saveFirst}</Text> : null}
      </Flex>
    </Flex>
  );
}

function Readers({ program, locale }: { program: ProgramView; locale: string }) {
  const day = (value: string | null): string =>
    value === null ? SETTINGS.notYet : formatShortDay(value, locale);
  return (
    <Table density="condensed">
      <TableHead>
        <TableRow>
          <TableHeader>{SETTINGS.rep}</TableHeader>
          <TableHeader>{SETTINGS.manager}</TableHeader>
          <TableHeader>{SETTINGS.read}</TableHeader>
          <TableHeader>{SETTINGS.opens}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {program.reps.map((rep) => (
          <TableRow key={rep.ownerId}>
            <TableCell>{rep.name}</TableCell>
            <TableCell>{rep.managerName}</TableCell>
            <TableCell>{day(rep.acknowledgedOn)}</TableCell>
            <TableCell>{day(rep.gateOpensOn)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** What reps were told and who has read it, or how to tell them. Who only listens announces nothing. */
function Told({
  onlyListens,
  ...parts
}: AnnounceProps & TextProps & { locale: string; onlyListens: boolean }) {
  const { program, locale } = parts;
  const { announcement } = program;
  if (announcement !== null) {
    return (
      <>
        <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.announced(announcement, locale)}</Text>
        <Text>{announcement.text}</Text>
        <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.reps}</Text>
        <Readers program={program} locale={locale} />
      </>
    );
  }
  if (!onlyListens) return <Announce {...parts} />;
  return (
    <>
      <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.tellReps}</Text>
      <Text>{program.listeningText}</Text>
    </>
  );
}

/** Step 4: whether answers are compared (neither way preselected), the announcement, and who has read it. */
export function HowOpen({
  program,
  settings,
  locale,
  onChange,
  resource,
  primary,
}: StepProps & AnnounceProps) {
  // Held here, so that looking at the other way does not take away what was typed.
  const [text, setText] = useState<string | null>(null);
  return (
    <Flex direction="column" gap="sm">
      <ToggleGroup
        toggleType="radioButtonList"
        name="openness"
        label={SETTINGS.openness}
        options={OPENNESS}
        value={settings.openness ?? ''}
        onChange={(value) => {
          const option = OPENNESS.find((candidate) => candidate.value === value);
          if (option !== undefined) onChange({ openness: option.value });
        }}
      />
      <BoundedNumber
        label={SETTINGS.window}
        name="replyWindow"
        least={5}
        most={20}
        value={settings.replyWindowBusinessDays}
        onChange={(replyWindowBusinessDays) => {
          onChange({ replyWindowBusinessDays });
        }}
      />
      <Told
        program={program}
        settings={settings}
        resource={resource}
        primary={primary}
        locale={locale}
        text={text}
        onText={setText}
        onlyListens={settings.openness === 'listeningOnly'}
      />
    </Flex>
  );
}
