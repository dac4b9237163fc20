import type { LocalDate } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { TakenBack } from '../../cargo/index.ts';
import type { FactSet } from '../../facts/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { Decision, DecisionEngine, History } from '../../risk/index.ts';
import type { InForce } from '../check.ts';
import type { NotComputed } from '../conditions.ts';
import type { DeclarationContent, FilingResult } from '../contract.ts';
import type { GradeOn } from '../facts.ts';
import type { IsRestDay } from '../modes/running.ts';
import type { FilingProvider } from '../provider.ts';

/** What an office can still examine: facts of the day that the model selects by. */
export interface ExaminationCapacity {
  factsFor(stated: FactSet, on: LocalDate): FactSet;
  /** Counts a decision once it is committed. */
  observe(decision: Decision): void;
}

/** What the wiring gives. */
export interface ClearanceOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly engine: DecisionEngine;
  /** Aggregates of earlier days; accepted declarations are added after their transaction commits. */
  readonly history: History;
  /** Left out, no model selects: nobody could say what its examinations would cost. */
  readonly capacity?: ExaminationCapacity;
  readonly inForce: InForce;
  readonly gradeOn: GradeOn;
  /** What the goods really are, as facts for the decision; left out, the decision knows none of them. */
  readonly substances?: (content: DeclarationContent, on: LocalDate) => FactSet;
  /** Who answers for the conditions that do not lie in the declaration; asked in this order. */
  readonly providers?: readonly FilingProvider[];
  /** Days on which no deadline ends; Saturdays and Sundays when left out. */
  readonly isRestDay?: IsRestDay;
  /** What a declaration would cost in duty and tax; left out, a preview says nothing of it. */
  readonly quote?: (content: DeclarationContent, on: LocalDate) => Promise<unknown>;
  /** Takes back, with a release, the notice the terminal has of it; refuses when the goods have left. */
  readonly takeBack?: (tx: Tx, taken: TakenBack) => Promise<void>;
  readonly notComputed: NotComputed;
  /** Called after a commit with the declarations that changed, for live views and subscribers. */
  readonly committed: (ids: readonly string[]) => void;
}

/** A filing that was understood and may be made by this actor; nothing has been looked up yet. */
export interface Prepared {
  readonly id: string;
  readonly content: DeclarationContent;
  readonly hash: string;
  readonly envelope: Envelope;
}

export type Answers = Map<string, FilingResult>;

/** What one caller files at once: it is audited as one act. */
export interface FilingRequest {
  readonly actor: Actor;
  readonly filings: readonly Prepared[];
}

/** What the use cases stand on. */
export interface ClearanceDeps extends ClearanceOptions {
  readonly providers: readonly FilingProvider[];
  readonly isRestDay: IsRestDay;
  takeSerials(count: number): Promise<number[]>;
  commitGrouped(request: FilingRequest): Promise<Answers>;
}
