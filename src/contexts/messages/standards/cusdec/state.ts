import type { Standing } from '../../reading/segments.ts';
import type { Document } from '../../reading/table.ts';

/** Where the reading of a declaration stands. */
export interface State extends Standing {
  readonly declaration: Document;
  line: Document | null;
  /** The tax that the next amount is of. */
  tax: Document | null;
  container: Document | null;
  inDetail: boolean;
  inSummary: boolean;
  /** It is not divided into head, detail and summary (UNS): a CST with a number is a line. */
  readonly isUndivided: boolean;
  /** Its lines are CST. */
  readonly hasCommodities: boolean;
}

export const holderOf = ({ line, declaration }: State): Document => line ?? declaration;
