/** A text or a number, as the sheet shows it. */
export type Cell = string | number;

export interface SheetHead {
  readonly name: string;
  readonly columns: readonly {
    readonly key: string;
    readonly header: string;
    readonly width: number;
  }[];
}

export type ToWorkbookWorker =
  | { readonly kind: 'open'; readonly head: SheetHead }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'write' };

export type FromWorkbookWorker =
  | { readonly kind: 'written'; readonly file: Uint8Array }
  | { readonly kind: 'failed'; readonly problem: string };
