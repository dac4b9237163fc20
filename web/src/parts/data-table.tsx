import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column.ts';
import { NONE } from './format.ts';
import { Icon } from './icon.tsx';
import { usePreference } from './preferences.ts';
import { Trouble } from './refusal-list.tsx';
import { TableTools } from './table-tools.tsx';
import { useUrlState } from './url-state.ts';

export type { Column } from './column.ts';

export interface ColumnChoice {
  readonly shown?: readonly string[];
}

/**
 * A list: filters live in the address, views and columns in the person's preferences, pages behind
 * cursors. Up and down move between rows, Enter opens one. On a phone each row becomes a card.
 */
export function DataTable<Row>({
  name,
  caption,
  columns,
  rows,
  rowKey,
  isLoading = false,
  isStale = false,
  error,
  onRetry,
  empty,
  next,
  total,
  defaultSort,
  exportHref,
  filters,
}: {
  /** Names the saved views and column choice of this list; no tools without it. */
  readonly name?: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | undefined;
  rowKey(row: Row): string;
  readonly isLoading?: boolean;
  /** The rows are the last answer's while the next one comes. */
  readonly isStale?: boolean;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  readonly empty: ReactNode;
  /** The cursor of the next page; `null` on the last. */
  readonly next?: string | number | null | undefined;
  readonly total?: ReactNode;
  readonly defaultSort?: string;
  /** Where the same rows come as a spreadsheet. */
  readonly exportHref?: string;
  /** The search form above the table. */
  readonly filters?: ReactNode;
}) {
  const { t } = useTranslation('parts');
  const [choice, setChoice] = usePreference<ColumnChoice>(
    `columns.${name ?? 'none'}`,
    {},
    Boolean(name),
  );
  const shown = columns.filter(
    (column) =>
      column.isName || (choice.shown ? choice.shown.includes(column.id) : !column.isExtra),
  );
  return (
    <div className="table-sheet">
      {filters ? <search className="filters">{filters}</search> : null}
      <div className="table-bar">
        <p className="faint" role="status">
          {total ?? null}
        </p>
        {name ? (
          <TableTools
            name={name}
            columns={columns}
            shown={shown.map((column) => column.id)}
            onShown={(ids) => setChoice({ shown: ids })}
            {...(exportHref ? { exportHref } : {})}
          />
        ) : null}
      </div>
      {error ? <Trouble error={error} {...(onRetry ? { onRetry } : {})} /> : null}
      {!error && rows?.length === 0 ? empty : null}
      {error || rows?.length === 0 ? null : (
        <Grid
          caption={caption}
          columns={shown}
          rows={rows}
          rowKey={rowKey}
          dim={isStale}
          defaultSort={defaultSort}
        />
      )}
      {isLoading && !rows ? <span className="visually-hidden">{t('loading')}</span> : null}
      <Pager next={next === undefined || next === null ? null : String(next)} />
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLTableElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const target = event.target as HTMLElement;
  const row = target.closest('tbody tr');
  if (!row) return;
  const other = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  const link = other?.querySelector<HTMLElement>('th a, th button, a, button');
  if (link) {
    event.preventDefault();
    link.focus();
  }
}

/** Roles are spelt out because a table drawn as cards on a phone would otherwise lose them. */
function Grid<Row>({
  caption,
  columns,
  rows,
  rowKey,
  dim,
  defaultSort,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | undefined;
  rowKey(row: Row): string;
  readonly dim: boolean;
  readonly defaultSort: string | undefined;
}) {
  return (
    <div className="scroll table-scroll" tabIndex={-1}>
      <table
        // biome-ignore lint/a11y/noRedundantRoles: display: block on a phone takes the native role away.
        role="table"
        className={dim ? 'table table-dim' : 'table'}
        aria-busy={rows === undefined || dim}
        onKeyDown={moveFocus}
      >
        <caption className="visually-hidden">{caption}</caption>
        {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
        <thead role="rowgroup">
          {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
          <tr role="row">
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} defaultSort={defaultSort} />
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
        <tbody role="rowgroup">
          {rows === undefined ? (
            <Placeholder columns={columns.length} />
          ) : (
            rows.map((row) => (
              // biome-ignore lint/a11y/noRedundantRoles: as above.
              <tr key={rowKey(row)} role="row">
                {columns.map((column) => {
                  const Cell = column.isName ? 'th' : 'td';
                  const content = column.render(row);
                  return (
                    <Cell
                      key={column.id}
                      role={column.isName ? 'rowheader' : 'cell'}
                      data-title={column.title}
                      className={column.align === 'end' ? 'cell-end' : undefined}
                      {...(content === NONE ? { 'data-nothing': '' } : {})}
                      {...(column.isName ? { scope: 'row' } : {})}
                    >
                      <div className="cell">{content}</div>
                    </Cell>
                  );
                })}
              </tr>
            ))
          )}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell<Row>({
  column,
  defaultSort,
}: {
  readonly column: Column<Row>;
  readonly defaultSort: string | undefined;
}) {
  const [state, change] = useUrlState();
  const sort = state.sort ?? defaultSort;
  const { ascending, descending } = column.sort ?? {};
  const order =
    sort !== undefined && sort === ascending
      ? 'ascending'
      : sort !== undefined && sort === descending
        ? 'descending'
        : 'none';
  const other = order === 'descending' ? (ascending ?? descending) : (descending ?? ascending);
  return (
    <th
      // biome-ignore lint/a11y/noRedundantRoles: display: block on a phone takes the native role away.
      role="columnheader"
      scope="col"
      className={column.align === 'end' ? 'cell-end' : undefined}
      {...(column.sort ? { 'aria-sort': order } : {})}
    >
      {column.sort && other ? (
        <button type="button" className="sort-button" onClick={() => change({ sort: other })}>
          {column.title}
          {order === 'none' ? null : (
            <Icon name={order === 'ascending' ? 'chevronUp' : 'chevronDown'} size={13} />
          )}
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}

const PLACEHOLDER_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

function Placeholder({ columns }: { readonly columns: number }) {
  return PLACEHOLDER_ROWS.map((row) => (
    <tr key={row}>
      <td colSpan={columns}>
        <span className="placeholder" />
      </td>
    </tr>
  ));
}

/** Cursors go forward only, so the way back is remembered; from a shared address it leads to the first page. */
function Pager({ next }: { readonly next: string | null }) {
  const { t } = useTranslation('parts');
  const [state, change] = useUrlState();
  const trail = useRef<(string | undefined)[]>([]);
  if (!state.cursor) trail.current = [];
  if (!state.cursor && !next) return null;
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      <button
        type="button"
        className="pager-button"
        disabled={!state.cursor}
        onClick={() => change({ cursor: trail.current.pop() })}
      >
        <Icon name="chevronLeft" size={15} />
        {trail.current.length > 0 ? t('pager.previous') : t('pager.first')}
      </button>
      <button
        type="button"
        className="pager-button"
        disabled={!next}
        onClick={() => {
          trail.current.push(state.cursor);
          change({ cursor: next ?? undefined });
        }}
      >
        {t('pager.next')}
        <Icon name="chevronRight" size={15} />
      </button>
    </nav>
  );
}
