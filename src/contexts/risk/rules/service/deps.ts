import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { Fact, Label } from '../../../facts/index.ts';
import { type Actor, type Permission, recordAudit } from '../../../identity/index.ts';
import type { BacktestReport } from '../../backtest/contract.ts';
import type { Policy } from '../../policy.ts';
import type { Books } from './books.ts';

/** What the wiring gives, and the books that rules and lists are published in. */
export interface RuleDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The vocabulary officers write in. */
  readonly facts: ReadonlyMap<string, Fact>;
  readonly policy: Policy;
  readonly books: Books;
  /** A finished back-test by id; `null` for none. */
  readonly findBacktest: (id: string) => Promise<BacktestReport | null>;
  /** A refusal in words, for problems of a text. */
  readonly say: (refusal: Refusal) => Label;
}

/**
 * Does an act, and writes down that it was refused if it is. What somebody is not permitted to do is
 * written down at the door, where every such answer is.
 */
export async function audited<T>(
  { db, clock }: Pick<RuleDeps, 'db' | 'clock'>,
  actor: Actor,
  { operation }: Permission,
  subject: string,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refused && error.kind !== 'forbidden') {
      await recordAudit(db, {
        ...{ actor, operation, subjects: [subject], outcome: 'refused', at: clock.now() },
        detail: { refusals: error.refusals },
      });
    }
    throw error;
  }
}
