import type { Refusal } from '../../../kernel/refusal.ts';

/** Most problems told of one message; how many more there were is told too. */
const PROBLEMS_MAX = 200;

export interface Place {
  readonly path: string;
  readonly line?: number;
}

export type Problem = Refusal & Required<Pick<Refusal, 'path' | 'severity'>> & { line?: number };
/** Where it stands; finding that out takes time, so it is asked for only when it is told. */
export type Placing = Place | (() => Place);

type Told = Pick<Refusal, 'seen' | 'params'>;

/** What was found wrong while a message was read. The reader goes on; nothing is left unsaid. */
export interface Problems {
  /** The message is not fit to be filed as it is. */
  error(code: string, place: Placing, told?: Told): void;
  /** The message says it otherwise than the standard, and was understood all the same. */
  warning(code: string, place: Placing, told?: Told): void;
  /** As `warning`, once for each `about`: a habit of the sender is told once, where it first shows. */
  once(about: string, code: string, place: Placing, told?: Told): void;
  list(): Problem[];
}

type Severity = Problem['severity'];

export function createProblems(): Problems {
  const problems: Problem[] = [];
  const told = new Set<string>();
  let untold = 0;
  const add = (code: string, place: Placing, more: Told | undefined, severity: Severity): void => {
    if (problems.length >= PROBLEMS_MAX) {
      untold += 1;
      return;
    }
    problems.push({ code, ...(typeof place === 'function' ? place() : place), ...more, severity });
  };
  return {
    error: (code, place, more) => add(code, place, more, 'error'),
    warning: (code, place, more) => add(code, place, more, 'warning'),
    once: (about, code, place, more) => {
      const key = `${code} ${about}`;
      if (told.has(key) || told.size >= PROBLEMS_MAX) return;
      told.add(key);
      add(code, place, more, 'warning');
    },
    list: () => {
      if (untold === 0) return problems;
      const code = 'messages.more_problems';
      return [...problems, { code, path: '', severity: 'warning', params: { count: untold } }];
    },
  };
}
