import { Accordion, AutoGrid, BarChart, Flex, LineChart, Text } from '@hubspot/ui-extensions';
import type { ManagerHome, QuarterChartsView } from './generated/contract-types.ts';
import { formatShortDay } from './generated/dates.ts';
import { HOME } from './generated/wording-pages.ts';

interface Props {
  charts: QuarterChartsView;
  quarter: ManagerHome['quarter'];
  locale: string;
}

const PERCENT = 100;

/** The share reached stands beside that of a written survey. */
function bars({ rates, surveyShare }: QuarterChartsView): { label: string; percent: number }[] {
  const bar = (label: string, share: number) => ({ label, percent: Math.round(share * PERCENT) });
  return rates.flatMap(({ kind, share }) =>
    kind === 'reached'
      ? [bar(HOME.bars.reached, share), bar(HOME.bars.survey, surveyShare)]
      : [bar(HOME.bars.onTime, share)],
  );
}

/** Narrower than this a chart stands below the other instead of beside it. */
const NARROWEST_CHART_PX = 400;

/** A line needs two points. */
const FEWEST_WEEKS = 2;

/** From the first week in which anything was planned or heard: the quarter may be older than the program. */
function sinceTheStart({ coverage }: QuarterChartsView): QuarterChartsView['coverage'] {
  const first = coverage.findIndex(({ due, heardFrom }) => due > 0 || heardFrom > 0);
  const weeks = first === -1 ? [] : coverage.slice(first);
  return weeks.length < FEWEST_WEEKS ? [] : weeks;
}

function Coverage({ charts, quarter, locale }: Props) {
  const weeks = sinceTheStart(charts);
  if (weeks.length === 0) return null;
  const rows = weeks.flatMap(({ weekOf, due, heardFrom }) => {
    const week = formatShortDay(weekOf, locale);
    return [
      { week, customers: heardFrom, kind: HOME.heard },
      { week, customers: due, kind: HOME.planned },
    ];
  });
  return (
    <Flex direction="column" gap="xs">
      <LineChart
        data={rows}
        axes={{
          x: { field: 'week', fieldType: 'category', label: HOME.week },
          y: { field: 'customers', fieldType: 'linear', label: HOME.coverage },
          options: { groupFieldByColor: 'kind' },
        }}
        options={{ title: HOME.coverage, showLegend: true }}
      />
      <Text>{HOME.coverageText(quarter.heardFrom, quarter.accounts, locale)}</Text>
    </Flex>
  );
}

function Rates({ charts, locale }: Omit<Props, 'quarter'>) {
  if (charts.rates.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <BarChart
        data={bars(charts)}
        axes={{
          x: { field: 'label', fieldType: 'category' },
          y: { field: 'percent', fieldType: 'linear', label: HOME.percent },
        }}
        options={{ title: HOME.rates, showDataLabels: true }}
      />
      {charts.rates.map((rate) => (
        <Text key={rate.kind}>{HOME.rate(rate, charts.surveyShare, locale)}</Text>
      ))}
    </Flex>
  );
}

/** The quarter for those who look rather than read, each picture with its numbers as text; nothing while numbers are small. */
export function Charts({ charts, quarter, locale }: Props) {
  if (sinceTheStart(charts).length === 0 && charts.rates.length === 0) return null;
  return (
    <Accordion title={HOME.charts} size="sm" defaultOpen>
      <AutoGrid columnWidth={NARROWEST_CHART_PX} flexible gap="lg">
        <Coverage charts={charts} quarter={quarter} locale={locale} />
        <Rates charts={charts} locale={locale} />
      </AutoGrid>
    </Accordion>
  );
}
