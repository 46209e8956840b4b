import { Button, Checkbox, Flex, Input, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ProgramSettings } from './generated/contract-types.ts';
import { SETTINGS } from './generated/wording-pages.ts';
import { LogUsage } from './LogUsage.tsx';
import type { StepProps } from './WhoSteps.tsx';

type Source = ProgramSettings['trustedSources'][number];
type Meaning = ProgramSettings['dispositionMeanings'][string];

const MEANINGS: { label: string; value: Meaning }[] = [
  { label: SETTINGS.meanings.open, value: 'open' },
  { label: SETTINGS.meanings.live, value: 'live' },
  { label: SETTINGS.meanings.attempt, value: 'attempt' },
];
const WHOLE_CYCLE = 'cycle';
const USUAL_HORIZONS = [5, 10, 20, 60];

const isSame = (one: Source, other: Source): boolean =>
  one.label === other.label && one.detail === other.detail;

function Outcomes({ program, settings, onChange }: StepProps) {
  return (
    <Flex direction="column" gap="sm">
      <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.outcomes}</Text>
      <Text variant="microcopy">{SETTINGS.outcomesHint}</Text>
      {program.dispositions.length === 0 ? <Text>{SETTINGS.noOutcomes}</Text> : null}
      {program.dispositions.map(({ id, label }) => (
        <Select
          key={id}
          name={`disposition-${id}`}
          label={label}
          value={settings.dispositionMeanings[id] ?? 'open'}
          options={MEANINGS}
          onChange={(value) => {
            const meaning = MEANINGS.find((option) => option.value === value)?.value ?? 'open';
            onChange({ dispositionMeanings: { ...settings.dispositionMeanings, [id]: meaning } });
          }}
        />
      ))}
    </Flex>
  );
}

function NewSource({ onAdd }: { onAdd: (source: Source) => void }) {
  const [label, setLabel] = useState('');
  const [detail, setDetail] = useState('');
  return (
    <Flex direction="row" gap="sm" align="end" wrap="wrap">
      <Input
        label={SETTINGS.sourceLabel}
        description={SETTINGS.sourceLabelHint}
        name="sourceLabel"
        value={label}
        onInput={setLabel}
      />
      <Input
        label={SETTINGS.sourceDetail}
        description={SETTINGS.sourceDetailHint}
        name="sourceDetail"
        value={detail}
        onInput={setDetail}
      />
      <Button
        variant="secondary"
        disabled={label.trim() === ''}
        onClick={() => {
          onAdd({ label: label.trim(), detail: detail.trim() });
          setLabel('');
          setDetail('');
        }}
      >
        {SETTINGS.addSource}
      </Button>
    </Flex>
  );
}

function Sources({ program, settings, onChange }: StepProps) {
  const { trustedSources } = settings;
  const offered = [...program.knownSources, ...program.settings.trustedSources, ...trustedSources];
  const listed = offered.filter((source, index) => offered.findIndex((one) => isSame(one, source)) === index);
  const without = (source: Source): Source[] => trustedSources.filter((one) => !isSame(one, source));
  return (
    <Flex direction="column" gap="sm">
      <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.sources}</Text>
      <Text variant="microcopy">{SETTINGS.sourcesHint}</Text>
      {listed.map((source) => (
        <Checkbox
          key={SETTINGS.sourceName(source)}
          name={`source-${SETTINGS.sourceName(source)}`}
          checked={trustedSources.some((one) => isSame(one, source))}
          onChange={(checked) => {
            onChange({ trustedSources: checked ? [...without(source), source] : without(source) });
          }}
        >
          {SETTINGS.sourceName(source)}
        </Checkbox>
      ))}
      <NewSource
        onAdd={(source) => {
          onChange({ trustedSources: [...without(source), source] });
        }}
      />
    </Flex>
  );
}

function Horizon({ settings, onChange }: StepProps) {
  const { releaseHorizon } = settings;
  const days = releaseHorizon === WHOLE_CYCLE ? [] : [releaseHorizon];
  const choices = [...new Set([...USUAL_HORIZONS, ...days])].sort((a, b) => a - b);
  return (
    <Select
      name="releaseHorizon"
      label={SETTINGS.horizon}
      value={String(releaseHorizon)}
      options={[
        ...choices.map((choice) => ({ label: SETTINGS.daysAhead(choice), value: String(choice) })),
        { label: SETTINGS.wholeCycle, value: WHOLE_CYCLE },
      ]}
      onChange={(value) => {
        onChange({ releaseHorizon: value === WHOLE_CYCLE ? WHOLE_CYCLE : Number(value) });
      }}
    />
  );
}

/** What works without a choice: the meaning of call outcomes, whose records outrank memory, and how early tasks are made. */
export function Advanced(parts: StepProps) {
  return (
    <Flex direction="column" gap="md">
      <Outcomes {...parts} />
      <Sources {...parts} />
      <LogUsage usage={parts.program.usage} />
      <Horizon {...parts} />
    </Flex>
  );
}
