import { type Instant, type LocalDate, localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { Actor } from '../../../identity/index.ts';
import type { TariffTables } from '../../tariff/tables.ts';

export interface LedgerDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The law by day: rates, deadlines and rest days. */
  readonly tariff: TariffTables;
}

interface Given {
  readonly occurredAt?: Instant | undefined;
  readonly consignment: string | null;
}

/** The envelope of an act. Only a post that loads history may say when something happened. */
export function envelopeOf({ clock }: LedgerDeps, actor: Actor, given: Given): Envelope {
  const recordedAt = clock.now();
  if (given.occurredAt && !actor.mayBackdate) {
    throw new Refused('forbidden', { code: 'duty.may_not_backdate', path: 'occurredAt' });
  }
  if (given.occurredAt && given.occurredAt > recordedAt) {
    throw new Refused('invalid', {
      code: 'duty.not_yet_happened',
      path: 'occurredAt',
      seen: given.occurredAt,
    });
  }
  return {
    actor: actor.personId,
    post: actor.postId,
    organisation: actor.organisationId,
    onBehalfOf: null,
    occurredAt: given.occurredAt ? new Date(given.occurredAt).toISOString() : recordedAt,
    recordedAt,
    consignment: given.consignment,
    cause: null,
    correlation: null,
    legalBasis: null,
    clock: null,
    pauseCode: null,
  };
}

export const dayOf = ({ occurredAt }: Envelope): LocalDate => localDateOf(occurredAt);

export const noBill = (declaration: string): Refused =>
  new Refused('not_found', { code: 'duty.bill_not_found', seen: declaration });

export const refusalsOf = (error: unknown): readonly Refusal[] => {
  if (error instanceof Refused) return error.refusals;
  throw error;
};
