/** The values of one fact over many rows. */
export type Column =
  /** Numbers and integers; NaN where missing. */
  | { readonly kind: 'number'; readonly values: Float64Array }
  /** Texts and days by their place in a dictionary, which may grow at its end; −1 where missing. */
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly dictionary: readonly string[] }
  /** 1, 0, and −1 where missing. */
  | { readonly kind: 'flag'; readonly values: Int8Array };

/** Columns by the name of the fact. One that is not there is missing in every row. */
export type Columns = ReadonlyMap<string, Column>;
