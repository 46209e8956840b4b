import { Alert, Checkbox, Flex, Input, List, MultiSelect, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ProgramSettings, ProgramView } from './generated/contract-types.ts';
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
  description?: string;
  name: string;
  value: number | null;
  onChange: (userId: number | null) => void;
}

/** Who can be named as auditor by the rules as they stand in the form, and who is, whatever became of them. */
function auditorsOf({ people }: ProgramView, settings: ProgramSettings) {
  const manages = new Set(settings.managers.map(({ managerUserId }) => managerUserId));
  return people.filter(
    ({ userId, canAudit }) => userId === settings.auditorUserId || (canAudit && !manages.has(userId)),
  );
}

function PersonSelect({ program, label, description, name, value, onChange }: PersonProps) {
  return (
    <Select
      label={label}
      {...(description === undefined ? {} : { description })}
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
        program={{ ...program, people: auditorsOf(program, settings) }}
        label={SETTINGS.auditor}
        description={SETTINGS.auditorIs}
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

/** What no check-in is planned for, and why: the count with a few, the rule alone before they are counted. */
function LeftOut({ dryRun, locale }: Pick<StepProps, 'locale'> & Pick<ProgramView, 'dryRun'>) {
  const { excluded, exclusions } = dryRun;
  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.leftOut(excluded, locale)}</Text>
      <Text variant="microcopy">{SETTINGS.leftOutRule}</Text>
      {exclusions.length === 0 ? null : (
        <List variant="unordered-styled">
          {exclusions.map((company) => (
            <Text key={SETTINGS.leftOutLine(company)}>{SETTINGS.leftOutLine(company)}</Text>
          ))}
        </List>
      )}
    </Flex>
  );
}

/** True while what the form says about customers is what they were counted by. */
function isCountedBy({ settings: saved }: ProgramView, settings: ProgramSettings): boolean {
  const stages = settings.lifecycleStages.join() === saved.lifecycleStages.join();
  return stages && settings.combineBranches === saved.combineBranches;
}

/** The stages of the account by their labels; one that was chosen and has gone from HubSpot keeps its name. */
function stageOptions({ stages }: ProgramView, chosen: string[]) {
  const known = new Set(stages.map(({ value }) => value));
  const gone = chosen.filter((stage) => !known.has(stage)).map((stage) => ({ label: stage, value: stage }));
  return [...stages.map(({ label, value }) => ({ label, value })), ...gone];
}

/** The stages that count, chosen from the account's own; typed for as long as HubSpot did not tell which there are. */
function Stages({ program, settings, onChange }: Omit<StepProps, 'locale'>) {
  const [isEmpty, setEmpty] = useState(false);
  const { lifecycleStages } = settings;
  const choose = (stages: string[]) => {
    setEmpty(stages.length === 0);
    if (stages.length > 0) onChange({ lifecycleStages: stages });
  };
  if (program.stages.length === 0) {
    return (
      <Input
        label={SETTINGS.stages}
        description={SETTINGS.stagesHint}
        name="lifecycleStages"
        value={lifecycleStages.join(', ')}
        onChange={(value) => {
          choose(value.split(',').flatMap((stage) => stage.trim() || []));
        }}
      />
    );
  }
  return (
    <MultiSelect
      label={SETTINGS.stages}
      name="lifecycleStages"
      options={stageOptions(program, lifecycleStages)}
      value={isEmpty ? [] : lifecycleStages}
      error={isEmpty}
      {...(isEmpty ? { validationMessage: SETTINGS.stagesNone } : {})}
      onChange={(stages) => {
        choose(stages.map(String));
      }}
    />
  );
}

/** Says that nobody would be called, once the customers were read and there are none. */
export function NoCustomers({ dryRun }: Pick<ProgramView, 'dryRun'>) {
  if (dryRun.state === 'reading' || dryRun.customers > 0) return null;
  return (
    <Alert title={SETTINGS.noCustomersTitle} variant="warning">
      {SETTINGS.noCustomers}
    </Alert>
  );
}

/** Step 2: which companies count, with the live count and examples of both sides. */
export function WhoIsCustomer({ program, settings, locale, onChange }: StepProps) {
  const { dryRun } = program;
  const isReading = dryRun.state === 'reading';
  return (
    <Flex direction="column" gap="sm">
      <Stages program={program} settings={settings} onChange={onChange} />
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
        {isReading ? SETTINGS.reading : SETTINGS.customers(dryRun.customers, locale)}
      </Text>
      {isCountedBy(program, settings) ? (
        <NoCustomers dryRun={dryRun} />
      ) : (
        <Text variant="microcopy">{SETTINGS.afterSaving}</Text>
      )}
      <Names title={SETTINGS.examples} names={isReading ? [] : dryRun.examples} />
      <LeftOut dryRun={dryRun} locale={locale} />
    </Flex>
  );
}
