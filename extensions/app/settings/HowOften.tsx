import { Alert, Flex, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { BoundedNumber } from './BoundedNumber.tsx';
import { monthLabel } from './generated/dates.ts';
import { SETTINGS } from './generated/wording-pages.ts';
import type { StepProps } from './WhoSteps.tsx';

const WORKDAYS_A_WEEK = 5;
const MOST_A_WEEK = 200;
const WHOLE_COUNTRY = 'all';
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

/** How many calls fit into a week, and at once what that means: told as the number is typed, not only once it is left. */
function Pace({ program, settings, locale, onChange }: StepProps) {
  const { dryRun } = program;
  const [typed, setTyped] = useState<number | null>(null);
  const perWeek = typed ?? settings.checkInsPerWeek;
  const room = Math.round((perWeek / WORKDAYS_A_WEEK) * dryRun.businessDays);
  return (
    <>
      <BoundedNumber
        label={SETTINGS.perWeek}
        name="checkInsPerWeek"
        least={1}
        most={MOST_A_WEEK}
        value={settings.checkInsPerWeek}
        onTyped={setTyped}
        onChange={(checkInsPerWeek) => {
          setTyped(null);
          onChange({ checkInsPerWeek });
        }}
      />
      <Text>{SETTINGS.pace(perWeek, room, locale)}</Text>
      {dryRun.busiest === null ? null : <Text>{SETTINGS.perDay(dryRun, locale)}</Text>}
      {dryRun.busiest === null || dryRun.busiest.customers <= room ? null : (
        <Alert title={SETTINGS.tooManyTitle} variant="warning">
          {SETTINGS.tooMany(dryRun.busiest, room, locale)}
        </Alert>
      )}
    </>
  );
}

/** Step 3: the quarters, how many conversations fit into a week, and whose holidays count. */
export function HowOften(parts: StepProps) {
  const { program, settings, onChange } = parts;
  const { regions } = program.countries.find(({ value }) => value === settings.holidayCountry) ?? {
    regions: [],
  };
  return (
    <Flex direction="column" gap="sm">
      <YearStart {...parts} />
      <Pace {...parts} />
      <Select
        label={SETTINGS.country}
        name="holidayCountry"
        value={settings.holidayCountry}
        options={program.countries}
        onChange={(value) => {
          onChange({ holidayCountry: String(value), holidayRegion: null });
        }}
      />
      {regions.length === 0 ? null : (
        <Select
          label={SETTINGS.region}
          name="holidayRegion"
          value={settings.holidayRegion ?? WHOLE_COUNTRY}
          options={[{ label: SETTINGS.wholeCountry, value: WHOLE_COUNTRY }, ...regions]}
          onChange={(value) => {
            onChange({ holidayRegion: value === WHOLE_COUNTRY ? null : String(value) });
          }}
        />
      )}
    </Flex>
  );
}
