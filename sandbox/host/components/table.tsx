import type { TableCellProps, TableElementProps, TableHeaderProps, TableProps } from '@hubspot/ui-extensions';
import { callRemote } from './remote-call.ts';
import { classes } from './sizes.ts';

export function Table(props: TableProps) {
  const { bordered = true, flush, density = 'default', children } = props;
  return (
    <div className={classes('ui-table-box', flush === true && 'ui-flush')}>
      {/* A wide table scrolls inside its card; it takes the focus so that arrow keys can scroll it. */}
      <div className="ui-table-scroll" role="region" aria-label="Table" tabIndex={0}>
        <table className={classes(`ui-table ui-density-${density}`, bordered && 'ui-bordered')}>
          {children}
        </table>
      </div>
      {props.paginated === true && (
        <Pagination page={props.page ?? 1} pageCount={props.pageCount} onPageChange={props.onPageChange} />
      )}
    </div>
  );
}

interface PaginationProps {
  page: number;
  pageCount: number;
  onPageChange: (page: number) => void;
}

function Pagination({ page, pageCount, onPageChange }: PaginationProps) {
  const go = (to: number) => callRemote(onPageChange, to);
  return (
    <nav className="ui-pagination" aria-label="Pages">
      <button type="button" className="ui-plain ui-link" disabled={page <= 1} onClick={() => go(page - 1)}>
        ‹ Prev
      </button>
      <span>
        {page} of {pageCount}
      </span>
      <button
        type="button"
        className="ui-plain ui-link"
        disabled={page >= pageCount}
        onClick={() => go(page + 1)}
      >
        Next ›
      </button>
    </nav>
  );
}

export function TableHead({ children }: TableElementProps) {
  return <thead>{children}</thead>;
}

export function TableBody({ children }: TableElementProps) {
  return <tbody>{children}</tbody>;
}

export function TableFooter({ children }: TableElementProps) {
  return <tfoot>{children}</tfoot>;
}

export function TableRow({ children }: TableElementProps) {
  return <tr>{children}</tr>;
}

/** HubSpot's widths: as narrow as possible, as wide as possible, or pixels. */
function widthStyle(width: TableCellProps['width']): {
  style?: { width: string | number; whiteSpace?: 'nowrap' };
} {
  if (width === undefined || width === 'auto') return {};
  if (width === 'min') return { style: { width: '1%', whiteSpace: 'nowrap' } };
  return { style: { width: width === 'max' ? '100%' : width } };
}

export function TableCell({ align = 'left', width, colSpan, children }: TableCellProps) {
  return (
    <td className={`ui-cell-${align}`} colSpan={colSpan} {...widthStyle(width)}>
      {children}
    </td>
  );
}

type Direction = 'none' | 'ascending' | 'descending';
const NEXT_DIRECTION = { none: 'ascending', ascending: 'descending', descending: 'none' } as const;
const ARROWS = { none: '↕', ascending: '↑', descending: '↓' } as const;

export function TableHeader(props: TableHeaderProps) {
  const { align = 'left', width, children } = props;
  if (props.sortDirection === undefined || props.sortDirection === 'never') {
    return (
      <th scope="col" className={`ui-cell-${align}`} {...widthStyle(width)}>
        {children}
      </th>
    );
  }
  const { sortDirection, onSortChange, disabled } = props as Sorted;
  return (
    <th scope="col" className={`ui-cell-${align}`} {...widthStyle(width)} aria-sort={sortDirection}>
      <button
        type="button"
        className="ui-plain ui-sort"
        disabled={disabled}
        onClick={() => callRemote(onSortChange, NEXT_DIRECTION[sortDirection])}
      >
        {children} <span aria-hidden="true">{ARROWS[sortDirection]}</span>
      </button>
    </th>
  );
}

/** A header with any direction but `never` sorts. */
interface Sorted {
  sortDirection: Direction;
  onSortChange: (direction: Direction) => void;
  disabled?: boolean;
}
