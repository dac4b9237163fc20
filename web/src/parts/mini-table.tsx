import type { ReactNode } from 'react';
import type { Column } from './column.ts';
import { ScrollX } from './scroll-x.tsx';

/** Said again because a table drawn as cards on a phone loses its native roles. */
const ROLE = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  name: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

/** A few rows inside a section, without filters or pages. On a phone each row becomes a card. */
export function MiniTable<Row>({
  caption,
  heading,
  columns,
  rows,
  rowKey,
  foot,
}: {
  readonly caption: string;
  /** What stands above the table for everybody, where the section does not say it. */
  readonly heading?: ReactNode;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  rowKey(row: Row): string;
  /** Cells of the last line, one for each column. */
  readonly foot?: readonly ReactNode[];
}) {
  const line = (cells: readonly ReactNode[], key: string) => (
    <tr key={key} {...ROLE.row}>
      {columns.map(({ id, title, align, isName }, place) => {
        const Cell = isName ? 'th' : 'td';
        return (
          <Cell
            key={id}
            data-title={title}
            className={align === 'end' ? 'cell-end' : undefined}
            {...(isName ? { ...ROLE.name, scope: 'row' } : ROLE.cell)}
          >
            <div className="cell">{cells[place]}</div>
          </Cell>
        );
      })}
    </tr>
  );
  return (
    <ScrollX label={caption}>
      <table className="plain-table card-table" {...ROLE.table}>
        <caption className={heading ? 'table-caption' : 'visually-hidden'}>
          {heading ?? caption}
        </caption>
        <thead {...ROLE.group}>
          <tr {...ROLE.row}>
            {columns.map(({ id, title, align }) => (
              <th
                key={id}
                scope="col"
                className={align === 'end' ? 'cell-end' : undefined}
                {...ROLE.head}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...ROLE.group}>
          {rows.map((row) =>
            line(
              columns.map((column) => column.render(row)),
              rowKey(row),
            ),
          )}
        </tbody>
        {foot ? <tfoot {...ROLE.group}>{line(foot, 'foot')}</tfoot> : null}
      </table>
    </ScrollX>
  );
}
