/**
 * The port behind which the analytical engine stands: DuckDB in the data folder today, a ClickHouse
 * cluster when one machine is not enough. Callers write the SQL both engines share and never see a
 * driver's value: what comes out is text, numbers, booleans and null.
 */
export type ColumnType =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'real'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'json'
  | 'other';

/**
 * One cell. Decimals are exact text (a float would lose the last digit), integers are numbers while
 * exact and text beyond 2^53, dates are `YYYY-MM-DD`, instants ISO 8601 in UTC with milliseconds.
 */
export type Cell = string | number | boolean | null;
export type Parameters = readonly Cell[] | Readonly<Record<string, Cell>>;

export interface AnswerColumn {
  readonly name: string;
  readonly type: ColumnType;
}

export interface Answer {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface TableColumn {
  readonly name: string;
  readonly type: Exclude<ColumnType, 'other'>;
}

export interface AnalyticsReader {
  query(sql: string, parameters?: Parameters): Promise<Answer>;
  /** Rows in chunks, in the order of the query, without holding the whole answer in memory. */
  stream(sql: string, parameters?: Parameters): AsyncIterable<readonly (readonly Cell[])[]>;
}

export interface AnalyticsWriter extends AnalyticsReader {
  /** Runs one statement and says how many rows it changed. */
  run(sql: string, parameters?: Parameters): Promise<number>;
  /** Appends rows by the engine's bulk path. Cells stand in the order of `columns`. */
  append(
    table: string,
    columns: readonly TableColumn[],
    rows: readonly (readonly Cell[])[],
  ): Promise<void>;
}

export interface Analytics extends AnalyticsWriter {
  /** `duckdb 1.5.5`: named in figures and on the status page. */
  readonly engine: string;
  /**
   * Runs `work` with everything it writes committed together, or not at all. One writer at a time:
   * a second transaction waits. Readers are not held up and see nothing of it until it commits.
   */
  transaction<T>(work: (writer: AnalyticsWriter) => Promise<T>): Promise<T>;
  /** Folds the write-ahead log into the main file, so that the next start has nothing to replay. */
  checkpoint(): Promise<void>;
  /**
   * Holds writers back, with everything written so far in one file, while `work` copies that file.
   * The copy must be made by another process: opening and closing the file in this one would drop
   * the engine's own lock on it (POSIX record locks belong to the process, not to the descriptor).
   */
  whileStill<T>(work: (file: string) => Promise<T>): Promise<T>;
  bytes(): Promise<number | null>;
  /** Gives back what its buffers hold, unless somebody is being answered: for a moment of rest. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** Quotes a name for SQL; a name is never pasted into a statement without it. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** Quotes text for the few places that take no parameter, such as a file name in a table function. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
