import type { ReactNode } from 'react';

/** A column of a list. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  render(row: Row): ReactNode;
  readonly align?: 'end';
  /** Values of the `sort` parameter for rising and falling order, where the server can sort by it. */
  readonly sort?: { readonly ascending?: string; readonly descending?: string };
  /** The column that names the row: first, never hidden, a row header for screen readers. */
  readonly isName?: boolean;
  /** Hidden until the reader asks for it. */
  readonly isExtra?: boolean;
}
