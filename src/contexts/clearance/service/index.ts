import type { LocalDate } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import { toRefusal } from '../check.ts';
import type { FilingResult } from '../contract.ts';
import { isWeekend } from '../modes/running.ts';
import { createActs } from './act.ts';
import { type Answer, takeAnswers } from './answers.ts';
import { lookAtClocks } from './clocks.ts';
import type { ClearanceDeps, ClearanceOptions } from './deps.ts';
import { createFilingGroup, fileDeclarations } from './file.ts';
import { createModes } from './modes.ts';
import { createReads } from './read.ts';
import { createSerials } from './serials.ts';
import { type TrialOf, tryDeclaration } from './trial.ts';

export type { Answer } from './answers.ts';
export type { ClearanceOptions } from './deps.ts';

interface FilingOptions {
  readonly dryRun?: boolean;
  readonly correlation?: string | null;
}

function createFilings(deps: ClearanceDeps) {
  const file = (actor: Actor, filings: readonly unknown[], options: FilingOptions = {}) =>
    fileDeclarations(deps, actor, filings, options);
  return {
    file,
    /** A single filing that is refused is an error to its sender; in bulk it is one answer of many. */
    async fileOne(
      actor: Actor,
      filing: unknown,
      options: FilingOptions = {},
    ): Promise<FilingResult> {
      const [result] = await file(actor, [filing], options);
      if (!result) throw new Error('A filing was left without an answer.');
      if (result.outcome === 'refused') {
        const taken = result.problems.some((p) => p.code === 'clearance.id_has_other_content');
        const forbidden = result.problems.some((p) => p.code === 'identity.not_permitted');
        const kind = taken ? 'conflict' : forbidden ? 'forbidden' : 'invalid';
        throw new Refused(kind, result.problems.map(toRefusal));
      }
      return result;
    },
  };
}
export type Filings = ReturnType<typeof createFilings>;

/** The use cases of clearance: filing, acting and reading. */
export function createClearance(options: ClearanceOptions) {
  const deps: ClearanceDeps = {
    ...options,
    providers: options.providers ?? [],
    isRestDay: options.isRestDay ?? isWeekend,
    takeSerials: createSerials(options.db),
    commitGrouped: (request) => commitGrouped(request),
  };
  const commitGrouped = createFilingGroup(deps);
  return {
    filings: createFilings(deps),
    /** What would happen on some day, under some rules; nothing of it is kept. */
    tryOut: (actor: Actor, filing: unknown, trial: TrialOf) =>
      tryDeclaration(deps, actor, filing, trial),
    acts: createActs(deps),
    reads: createReads(deps),
    modes: createModes(deps),
    /** The daily look at deadlines; looking twice, or late, does nothing twice. */
    lookAtClocks: (on: LocalDate) => lookAtClocks(deps, on),
    /** For followers of the event log: what happened elsewhere answers conditions here. */
    takeAnswers: (tx: Tx, answers: readonly Answer[]) => takeAnswers(deps, tx, answers),
  };
}
export type Clearance = ReturnType<typeof createClearance>;
