/** A part of a text, in characters from its beginning; `to` is the first behind it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where something stands. */
export interface Spot extends Span {
  /** What it holds, without the marks around it. */
  readonly inner: Span;
  /** False where the thing itself is not there: then it is what should hold it. */
  readonly isExact: boolean;
}

/** A value as it stands in the text. */
export interface Leaf extends Span {
  readonly text: string;
}

/** Where the parts of a message stand in its text. */
export interface Outline {
  /** By a path as problems name them: `/DecMessage/DecHead/BillNo`, `7 NAD/3/2`. */
  spotAt(path: string): Spot | null;
  readonly leaves: readonly Leaf[];
  /** What a value stands in: the element around it, its segment. */
  holderOf(leaf: Leaf): Spot | null;
}
