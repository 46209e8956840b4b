import type {
  DescriptionListItemProps,
  DescriptionListProps,
  StatisticsItemProps,
  StatisticsProps,
  StatisticsTrendProps,
} from '@hubspot/ui-extensions';

export function Statistics({ children }: StatisticsProps) {
  return <dl className="ui-statistics">{children}</dl>;
}

export function StatisticsItem({ id, label, number, children }: StatisticsItemProps) {
  return (
    <div className="ui-statistic" id={id}>
      <dt className="ui-statistic-label">{label}</dt>
      <dd className="ui-statistic-number">{number}</dd>
      {children !== undefined && <dd className="ui-statistic-more">{children}</dd>}
    </div>
  );
}

export function StatisticsTrend({ value, direction, color }: StatisticsTrendProps) {
  const tone = color ?? (direction === 'increase' ? 'green' : 'red');
  return (
    <span className={`ui-trend ui-trend-${tone}`}>
      <span aria-hidden="true">{direction === 'increase' ? '▲' : '▼'}</span>
      <span className="ui-visually-hidden">{direction === 'increase' ? 'up' : 'down'}</span> {value}
    </span>
  );
}

export function DescriptionList({ direction = 'column', children }: DescriptionListProps) {
  return <dl className={`ui-descriptions ui-descriptions-${direction}`}>{children}</dl>;
}

export function DescriptionListItem({ label, children }: DescriptionListItemProps) {
  return (
    <div className="ui-description">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
