/** Numbers in columns. A missing value is NaN; an infinite one has no place here. */
export interface Matrix {
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

export interface TreeOptions {
  /** How many trees at most; `stopAfter` may leave it at fewer. */
  readonly trees: number;
  /** How many leaves a tree has at most. */
  readonly leaves: number;
  /** What share of its own advice each tree gives; the rest is left to the trees after it. */
  readonly learningRate: number;
  readonly minLeafRows: number;
  /** Added to the hessian of every leaf: draws the values of small leaves towards zero. */
  readonly l2: number;
  /** Values of a column are told apart by at most this many bins, 255 at the most. */
  readonly maxBins: number;
  readonly seed: number;
  /** By column: the score may only rise (1) or only fall (-1) with its value. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /** The share of rows, and of columns, drawn anew for each tree; all of them when left out. */
  readonly rowShare?: number;
  readonly columnShare?: number;
  /** Ends the training after so many trees in a row without gain on `valid`, and drops those. */
  readonly stopAfter?: number;
}

/**
 * A trained ensemble as plain JSON: the nodes of all trees in one list, each split directly followed
 * by its left child. A row's score is `base` plus the value of one leaf of each tree, in log-odds.
 */
export interface Trees {
  readonly names: readonly string[];
  readonly base: number;
  /** Where each tree begins. */
  readonly roots: readonly number[];
  /** The column a split asks about; -1 is a leaf. */
  readonly column: readonly number[];
  /** Of a split its threshold, values up to which go left; of a leaf its log-odds. */
  readonly value: readonly number[];
  /** How many nodes further on the right child of a split stands; 0 of a leaf. */
  readonly right: readonly number[];
  /** 1 where a missing value goes right. */
  readonly missingRight: readonly number[];
  /** How many rows of the training reached the node. */
  readonly cover: readonly number[];
}
