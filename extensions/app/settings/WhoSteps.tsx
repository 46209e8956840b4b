import { Checkbox, Flex, Input, List, NumberInput, Select, Text } from '@hubspot/ui-extensions';
import type { ProgramSettings, ProgramView } from './generated/contract-types.ts';
import { monthLabel } from './generated/dates.ts';
import { SETTINGS } from './generated/wording-pages.ts';

export interface StepProps {
  program: ProgramView;
  settings: ProgramSettings;
  locale: string;
  onChange: (part: Partial<ProgramSettings>) => void;
}

const FROM_TEAMS = 0;
type Managers = ProgramSettings['managers'];

/** The user id of the manager chosen by hand for a rep; 0 where HubSpot's teams decide. */
function managerOf(managers: Managers, ownerId: string): number {
  return managers.find((entry) => entry.repOwnerIds.includes(ownerId))?.managerUserId ?? FROM_TEAMS;
}

/** The same assignments with one rep moved; managers without reps fall away. */
function assign(managers: Managers, ownerId: string, managerUserId: number): Managers {
  const without = managers.map((entry) => ({
    ...entry,
    repOwnerIds: entry.repOwnerIds.filter((id) => id !== ownerId),
  }));
  const known = without.some((entry) => entry.managerUserId === managerUserId);
  const all =
    known || managerUserId === FROM_TEAMS ? without : [...without, { managerUserId, repOwnerIds: [] }];
  return all
    .map((entry) =>
      entry.managerUserId === managerUserId
        ? { ...entry, repOwnerIds: [...entry.repOwnerIds, ownerId] }
        : entry,
    )
    .filter((entry) => entry.repOwnerIds.length > 0);
}

interface PersonProps {
  program: ProgramView;
  label: string;
  name: string;
  value: number | null;
  onChange: (userId: number | null) => void;
}

function PersonSelect({ program, label, name, value, onChange }: PersonProps) {
  return (
    <Select
      label={label}
      name={name}
      value={value ?? FROM_TEAMS}
      options={[
        { label: SETTINGS.nobody, value: FROM_TEAMS },
        ...program.people.map((person) => ({ label: person.name, value: person.userId })),
      ]}
      onChange={(chosen) => {
        onChange(Number(chosen) === FROM_TEAMS ? null : Number(chosen));
      }}
    />
  );
}

/** Step 1: managers and their reps, prefilled from HubSpot's teams. */
export function WhoCallsWhom({ program, settings, onChange }: StepProps) {
  const people = program.people.map((person) => ({ label: person.name, value: person.userId }));
  return (
    <Flex direction="column" gap="sm">
      <Text>{SETTINGS.whoIntro}</Text>
      {program.reps.map((rep) => (
        <Select
          key={rep.ownerId}
          name={`manager-${rep.ownerId}`}
          label={SETTINGS.managerOf(rep.name)}
          description={SETTINGS.companies(rep.companies)}
          value={managerOf(settings.managers, rep.ownerId)}
          options={[{ label: SETTINGS.fromTeams(rep.managerName), value: FROM_TEAMS }, ...people]}
          onChange={(value) => {
            onChange({ managers: assign(settings.managers, rep.ownerId, Number(value)) });
          }}
        />
      ))}
      <PersonSelect
        program={program}
        label={SETTINGS.secondManager}
        name="secondManager"
        value={settings.secondManagerUserId}
        onChange={(secondManagerUserId) => {
          onChange({ secondManagerUserId });
        }}
      />
      <PersonSelect
        program={program}
        label={SETTINGS.auditor}
        name="auditor"
        value={settings.auditorUserId}
        onChange={(auditorUserId) => {
          onChange({ auditorUserId });
        }}
      />
    </Flex>
  );
}

function Names({ title, names }: { title: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <Flex direction="column" gap="flush">
      <Text variant="microcopy">{title}</Text>
      <List variant="inline-divided">
        {names.map((name) => (
          <Text key={name}>{name}</Text>
        ))}
      </List>
    </Flex>
  );
}

/** Step 2: which companies count, with the live count and examples of both sides. */
export function WhoIsCustomer({ program, settings, onChange }: StepProps) {
  const { dryRun } = program;
  return (
    <Flex direction="column" gap="sm">
      <Input
        label={SETTINGS.stages}
        description={SETTINGS.stagesHint}
        name="lifecycleStages"
        value={settings.lifecycleStages.join(', ')}
        onChange={(value) => {
          const stages = value
            .split(',')
            .map((stage) => stage.trim())
            .filter((stage) => stage !== '');
          if (stages.length > 0) onChange({ lifecycleStages: stages });
        }}
      />
      <Checkbox
        name="combineBranches"
        checked={settings.combineBranches}
        onChange={(combineBranches) => {
          onChange({ combineBranches });
        }}
      >
        {SETTINGS.branches}
      </Checkbox>
      <Text format={{ fontWeight: 'demibold' }}>
        {dryRun.state === 'reading' ? SETTINGS.reading : SETTINGS.customers(dryRun.customers)}
      </Text>
      <Names title={SETTINGS.examples} names={dryRun.examples} />
      <Names title={SETTINGS.exclusions} names={dryRun.exclusions} />
    </Flex>
  );
}

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** A choice before the start; afterwards planned quarters hold it in place, and it is told as it is. */
function YearStart({ program, settings, locale, onChange }: StepProps) {
  const { fiscalStartMonth } = settings;
  return (
    <>
      {program.started ? (
        <Text>{SETTINGS.yearStarts(fiscalStartMonth, locale)}</Text>
      ) : (
        <Select
          label={SETTINGS.yearStart}
          description={SETTINGS.yearStartHint}
          name="fiscalStartMonth"
          value={fiscalStartMonth}
          options={MONTHS.map((month) => ({ label: monthLabel(month, locale), value: month }))}
          onChange={(value) => {
            onChange({ fiscalStartMonth: Number(value) });
          }}
        />
      )}
      <Text variant="microcopy">{SETTINGS.quartersStart(fiscalStartMonth, locale)}</Text>
    </>
  );
}

/** Step 3: the quarters, how many conversations fit into a week, and whose holidays count. */
export function HowOften(parts: StepProps) {
  const { program, settings, onChange } = parts;
  const { dryRun } = program;
  return (
    <Flex direction="column" gap="sm">
      <YearStart {...parts} />
      <NumberInput
        label={SETTINGS.perWeek}
        name="checkInsPerWeek"
        min={1}
        max={200}
        precision={0}
        value={settings.checkInsPerWeek}
        onChange={(checkInsPerWeek) => {
          if (checkInsPerWeek >= 1) onChange({ checkInsPerWeek: Math.round(checkInsPerWeek) });
        }}
      />
      <Text>{SETTINGS.perDay(dryRun.perDay)}</Text>
      {dryRun.capacityWarning === null ? null : <Text>{dryRun.capacityWarning}</Text>}
      <Select
        label={SETTINGS.country}
        name="holidayCountry"
        value={settings.holidayCountry}
        options={program.countries}
        onChange={(value) => {
          onChange({ holidayCountry: String(value), holidayRegion: null });
        }}
      />
      <Input
        label={SETTINGS.region}
        description={SETTINGS.regionHint}
        name="holidayRegion"
        value={settings.holidayRegion ?? ''}
        onChange={(value) => {
          onChange({ holidayRegion: value.trim() === '' ? null : value.trim() });
        }}
      />
    </Flex>
  );
}
