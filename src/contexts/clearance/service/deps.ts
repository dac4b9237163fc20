import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { DecisionEngine, History } from '../../risk/index.ts';
import type { InForce } from '../check.ts';
import type { NotComputed } from '../conditions.ts';
import type { GradeOn } from '../facts.ts';

/** What clearance needs of the world, given by the wiring. */
export interface ClearanceDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly engine: DecisionEngine;
  /** Aggregates of earlier days; accepted declarations are added after their transaction commits. */
  readonly history: History;
  readonly inForce: InForce;
  readonly gradeOn: GradeOn;
  readonly notComputed: NotComputed;
  /** Called after a commit with the declarations that changed, for live views and subscribers. */
  readonly committed: (ids: readonly string[]) => void;
}
