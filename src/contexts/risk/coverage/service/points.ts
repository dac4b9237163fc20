import { contentHash } from '../../../../kernel/canonical.ts';
import type { Clock } from '../../../../platform/clock.ts';
import { append, readStream } from '../../../../platform/event-log/event-log.ts';
import { type Db, inTransaction } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise } from '../../../identity/index.ts';
import { loadCatalogue } from '../catalogue.ts';
import type { RiskPointChange, RiskPointView } from '../contract.ts';
import { type CoverageEvent, type NewEvent, pointStream } from '../events.ts';
import { ownCoverage, readCoverage } from '../permissions.ts';
import { fold, type PointState } from '../point.ts';
import * as store from '../store.ts';
import { type CoverageDeps, getState, nextEvent, record, requireNoAuthor } from './deps.ts';

/** The catalogue: reading it, and writing what counts from the next frozen period on. */
export function createPoints(deps: CoverageDeps) {
  const { db } = deps;

  /** One change to a point: it is locked, what it becomes is decided, and all is recorded. */
  async function change(
    actor: Actor,
    id: string,
    dryRun: boolean,
    decide: (state: PointState | null) => NewEvent | null,
  ): Promise<RiskPointView> {
    await requireNoAuthor(deps, actor, ownCoverage);
    const state = await inTransaction(db, async (tx) => {
      await store.lockCatalogue(tx);
      const stream = pointStream(id);
      const events = (await readStream(tx, stream)) as CoverageEvent[];
      const before = fold(events);
      const decided = decide(before);
      if (!decided) return getState(before, id);
      const event = nextEvent(stream, events.length, decided, { actor, clock: deps.clock });
      const after = getState(fold([...events, event]), id);
      if (dryRun) return after;
      await append(tx, [event]);
      await store.savePoint(tx, after);
      await record(tx, deps, actor, stream, { event: event.kind, version: after.version });
      return after;
    });
    const [view] = await views([state]);
    return view as RiskPointView;
  }

  async function views(states: readonly PointState[]): Promise<RiskPointView[]> {
    const [cases, tests] = [await store.countCases(db), await store.latestTests(db)];
    return states.map(({ point, ...rest }) => ({
      ...point,
      ...rest,
      cases: cases.get(point.id) ?? { hit: 0, pass: 0 },
      test: tests.get(point.id) ?? null,
    }));
  }

  return {
    async points(actor: Actor): Promise<RiskPointView[]> {
      authorise(actor, readCoverage);
      return views(await store.listPoints(db));
    },

    /** Writes a point, new or changed. Writing what it says already changes nothing. */
    write(actor: Actor, said: RiskPointChange): Promise<RiskPointView> {
      const { reason, dryRun, ...point } = said;
      return change(actor, point.id, dryRun, (state) =>
        state?.status === 'active' && contentHash(state.point) === contentHash(point)
          ? null
          : { kind: 'risk.pointWritten', payload: { point, reason } },
      );
    },

    retire(
      actor: Actor,
      id: string,
      { reason, dryRun }: { reason: string; dryRun: boolean },
    ): Promise<RiskPointView> {
      return change(actor, id, dryRun, (state) =>
        getState(state, id).status === 'retired'
          ? null
          : { kind: 'risk.pointRetired', payload: { reason } },
      );
    },
  };
}

/** Writes the points the project proposes that this port has never had; says how many. */
export async function ensureCatalogue({ db, clock }: { db: Db; clock: Clock }): Promise<number> {
  const catalogue = loadCatalogue();
  const reason = `${catalogue.version}: ${catalogue.note.zh}`;
  return inTransaction(db, async (tx) => {
    await store.lockCatalogue(tx);
    const known = new Set((await store.listPoints(tx)).map(({ point }) => point.id));
    const events = catalogue.points
      .filter(({ id }) => !known.has(id))
      .map((point) => {
        const written: NewEvent = { kind: 'risk.pointWritten', payload: { point, reason } };
        return nextEvent(pointStream(point.id), 0, written, { actor: null, clock });
      });
    await append(tx, events);
    for (const event of events) {
      const state = fold([event]);
      if (state) await store.savePoint(tx, state);
    }
    return events.length;
  });
}
