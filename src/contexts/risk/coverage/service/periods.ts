import { contentHash } from '../../../../kernel/canonical.ts';
import { type LocalDate, localDateOf } from '../../../../kernel/dates.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { inTransaction } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise } from '../../../identity/index.ts';
import type { Freeze, FrozenPeriod } from '../contract.ts';
import { type NewEvent, periodStream } from '../events.ts';
import { ownCoverage, readCoverage } from '../permissions.ts';
import * as store from '../store.ts';
import { type CoverageDeps, nextEvent, record, requireNoAuthor } from './deps.ts';

export function createPeriods(deps: CoverageDeps) {
  const { db, clock } = deps;
  return {
    async periods(actor: Actor): Promise<FrozenPeriod[]> {
      authorise(actor, readCoverage);
      return store.listPeriods(db);
    },

    /**
     * Freezes the catalogue for a period that has not begun: what a period is judged by is known
     * before it, and nothing that happens in it can change it.
     */
    async freeze(actor: Actor, { id, from, to, dryRun }: Freeze): Promise<FrozenPeriod> {
      await requireNoAuthor(deps, actor, ownCoverage);
      const at = clock.now();
      return inTransaction(db, async (tx) => {
        await store.lockCatalogue(tx);
        const known = await store.listPeriods(tx);
        const same = known.find((period) => period.id === id);
        if (same && same.from === from && same.to === to) return same;
        requireFreezable(actor, { id, from, to }, known, localDateOf(at));
        const points = (await store.listPoints(tx)).flatMap(({ point, version, status }) =>
          status === 'active' ? [{ ...point, version }] : [],
        );
        const period: FrozenPeriod = {
          ...{ id, from, to, frozenBy: actor.personId, frozenAt: at },
          ...{ points: points.length, hash: contentHash(points) },
        };
        if (dryRun) return period;
        const frozen: NewEvent = { kind: 'risk.periodFrozen', payload: { period } };
        await append(tx, [nextEvent(periodStream(id), 0, frozen, { actor, clock })]);
        await store.savePeriod(tx, period, points);
        const { hash } = period;
        await record(tx, deps, actor, periodStream(id), { points: period.points, hash });
        return period;
      });
    },
  };
}

function requireFreezable(
  actor: Actor,
  period: { id: string; from: LocalDate; to: LocalDate },
  known: readonly FrozenPeriod[],
  today: LocalDate,
): void {
  const { id, from, to } = period;
  const refuse = (kind: 'invalid' | 'conflict', code: string, params: Record<string, string>) => {
    throw new Refused(kind, { code, path: 'from', seen: `${from} – ${to}`, params });
  };
  if (to < from) refuse('invalid', 'risk.coverage_period_malformed', {});
  if (from <= today && !actor.mayBackdate) refuse('invalid', 'risk.coverage_begun', { today });
  const other = known.find((each) => each.id === id || (each.from <= to && from <= each.to));
  if (!other) return;
  const params = { other: other.id, from: other.from, to: other.to };
  refuse('conflict', 'risk.coverage_period_overlaps', params);
}
