/** Rows in which a moment stands in an element of its own inside (`DateTimeString`), or right in its element: both are written. */
export const withMoments = (rows: string): string =>
  rows.replace(/^(\s*)(\S+)\/DateTimeString(\s+\S+)$/gm, '$&\n$1$2$3');
