import type { Fact } from '../../facts/index.ts';

/** The words a rule may use: the registered facts, and the lists by name. */
export interface Scope {
  readonly facts: ReadonlyMap<string, Fact>;
  /** What each list holds. */
  readonly lists: ReadonlyMap<string, 'text' | 'number'>;
}

/** The lists a rule asks, each in the version that is in force: a compiled rule keeps them. */
export type Lists = ReadonlyMap<string, List>;

export interface List {
  readonly version: string;
  readonly values: ReadonlySet<string> | ReadonlySet<number>;
}

/** What is wrong in a text, and where: `from` and `to` count UTF-16 units, as an editor does. */
export interface Problem {
  /** `risk.rule_…`; its sentence stands in `messages.*.json`. */
  readonly code: string;
  readonly from: number;
  readonly to: number;
  readonly params: Readonly<Record<string, string | number>>;
}
