import { setImmediate as breathe } from 'node:timers/promises';
import type { Instant } from '../../../../kernel/dates.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append, readStreams } from '../../../../platform/event-log/event-log.ts';
import { inTransaction } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise } from '../../../identity/index.ts';
import { valueCny } from '../../selection/harm.ts';
import { shareOf } from '../../share.ts';
import type { CoverageReport, FrozenPeriod, PointTest } from '../contract.ts';
import { periodStream, pointStream } from '../events.ts';
import { judgeCase, testOf, type Verdict } from '../judge.ts';
import { ownCoverage, readCoverage } from '../permissions.ts';
import { createTraffic, type FrozenPoint, reportOf } from '../report.ts';
import * as store from '../store.ts';
import { type CoverageDeps, nextEvent, record, requireNoAuthor } from './deps.ts';

/** Cases decided between two breaths: a test never holds up a filing. */
const CASES_A_TURN = 100;

export function createTests(deps: CoverageDeps) {
  const { db, clock } = deps;

  async function getPeriod(id: string): Promise<FrozenPeriod> {
    const period = (await store.listPeriods(db)).find((known) => known.id === id);
    if (!period) throw new Refused('not_found', { code: 'risk.coverage_no_period', seen: id });
    return period;
  }

  /** Runs every point's withheld cases through what is live now. */
  async function testPoints(points: readonly FrozenPoint[], at: Instant) {
    const tests = new Map<string, PointTest>();
    let decided = 0;
    for (const { id, bars } of points) {
      const verdicts: Verdict[] = [];
      for (const withheld of await store.listCases(db, id)) {
        verdicts.push(judgeCase(deps, id, withheld));
        decided += 1;
        if (decided % CASES_A_TURN === 0) await breathe();
      }
      if (verdicts.length > 0) tests.set(id, testOf(bars, verdicts, deps.engine.versions, at));
    }
    return tests;
  }

  async function compute(period: FrozenPeriod, at: Instant): Promise<CoverageReport> {
    const points = await store.readFrozenPoints(db, period.id);
    const tests = await testPoints(points, at);
    const covered = new Set([...tests].flatMap(([id, test]) => (test.covered ? [id] : [])));
    const traffic = createTraffic(points, covered);
    for await (const page of store.readTraffic(db, period)) {
      for (const facts of page) traffic.add(facts, valueCny(facts, deps.policy) ?? 0);
    }
    const { released, decided, scored } = await store.countReleased(db, period);
    const decidedBeforeRelease = shareOf(decided, released);
    const scoredByModel = shareOf(scored, released);
    return reportOf({ period, points, tests, traffic, decidedBeforeRelease, scoredByModel, at });
  }

  return {
    /** Tests every point of a period on its withheld cases, and computes its coverage anew. */
    async test(actor: Actor, id: string): Promise<CoverageReport> {
      await requireNoAuthor(deps, actor, ownCoverage);
      const report = await compute(await getPeriod(id), clock.now());
      const tested = report.points.flatMap(({ point, test }) => (test ? [{ point, test }] : []));
      await inTransaction(db, async (tx) => {
        await store.lockCatalogue(tx);
        const streams = tested.map(({ point }) => pointStream(point));
        const events = await readStreams(tx, streams);
        await append(
          tx,
          tested.map(({ point, test }) => {
            const stream = pointStream(point);
            const payload = { period: id, test };
            const after = events.get(stream)?.length ?? 0;
            return nextEvent(
              stream,
              after,
              { kind: 'risk.pointTested', payload },
              { actor, clock },
            );
          }),
        );
        await store.saveTests(tx, tested);
        await store.saveReport(tx, report);
        const { hash } = report;
        await record(tx, deps, actor, periodStream(id), { tested: tested.length, hash });
      });
      return report;
    },

    /** The latest report of a period, or of the latest that has one; `null` before there is any. */
    async report(actor: Actor, period: string | null): Promise<CoverageReport | null> {
      authorise(actor, readCoverage);
      return store.findReport(db, period);
    },
  };
}
