import { addDays, localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Fact, FactSet } from '../../facts/index.ts';
import { type Actor, authorise } from '../../identity/index.ts';
import type { Share } from '../backtest/contract.ts';
import type { ModelHead } from '../learning/contract.ts';
import { profileFact } from '../learning/profile.ts';
import { shareOf } from '../share.ts';
import { AIMS } from './aims.ts';
import type { Drift } from './contract.ts';
import {
  calibrationNow,
  DECISIONS_MIN,
  featureDrift,
  hitRateSignal,
  labelsOf,
  noveltyOf,
  type Reference,
  signalsOf,
} from './drift.ts';
import type { ModelState } from './model.ts';
import { readModels } from './permissions.ts';
import * as store from './store.ts';

export interface DriftDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly facts: ReadonlyMap<string, Fact>;
}

/** Enough to see a shift of a point, few enough to read while a page waits. */
const DECISIONS_MAX = 5_000;
const JUDGED_MAX = 20_000;
const WEEKS = 26;
/** A page that is opened again soon is shown the same report. */
const KEPT_MS = 60_000;

/** Whether the port still is what a model learned from: figures for a page, from what was decided and found. */
export function createDriftReports({ db, clock, facts }: DriftDeps) {
  const kept = new Map<string, Drift>();

  async function reportOn(state: ModelState, head: ModelHead): Promise<Drift> {
    const asOf = clock.now();
    const since = `${addDays(localDateOf(asOf), -7 * WEEKS)}T00:00:00.000Z`;
    const { isAbout } = AIMS[state.aim];
    const ofAim = (decided: readonly store.DatedFacts[]) =>
      decided.filter(({ facts }) => isAbout(facts));
    const recent = ofAim(await store.newestDecided(db, DECISIONS_MAX));
    const earlier = ofAim(await store.decidedBefore(db, localDateOf(state.madeAt), DECISIONS_MAX));
    const judged = await store.judgedSince(db, state.version, since, JUDGED_MAX);
    const now = recent.map((decided) => decided.facts);
    const before = earlier.map((decided) => decided.facts);
    const reference = referenceOf(head, before);
    const days = recent.map(({ decidedOn }) => decidedOn).sort();

    const hits = hitRates(judged);
    const figures = {
      features: reference ? featureDrift(reference, now, labelsOf(facts)) : [],
      hitRate: { ...hits, signal: hitRateSignal(hits.model, hits.sample) },
      unseen: {
        parties: noveltyOf(
          firstTimes(now, 'importer.earlier'),
          firstTimes(before, 'importer.earlier'),
        ),
        cells: noveltyOf(firstTimes(now, 'peers.count'), firstTimes(before, 'peers.count')),
      },
      calibration: calibrationNow(
        judged.flatMap(({ probability, found }) =>
          probability === null ? [] : [{ probability, found }],
        ),
      ),
    };
    return {
      ...{ model: state.id, version: state.version, asOf },
      recent: { decisions: now.length, from: days[0] ?? null, to: days.at(-1) ?? null },
      comparedWith: reference && { what: reference.what, rows: reference.rows },
      ...figures,
      weeks: byWeek(judged),
      signals: signalsOf(figures),
    };
  }

  return {
    async of(actor: Actor, id: string): Promise<Drift> {
      authorise(actor, readModels);
      const state = await store.findModel(db, id);
      const head = state && (await store.readModelHead(db, id));
      if (!state || !head)
        throw new Refused('not_found', { code: 'risk.model_not_found', seen: id });
      const known = kept.get(id);
      if (known && Date.parse(clock.now()) - Date.parse(known.asOf) < KEPT_MS) return known;
      const report = await reportOn(state, head);
      kept.set(id, report);
      return report;
    },
  };
}
export type DriftReports = ReturnType<typeof createDriftReports>;

/** What the file says of its training data; else what the port decided before the model arrived. */
function referenceOf(head: ModelHead, before: readonly FactSet[]): Reference | null {
  if (head.profile) {
    const fitted = head.card.data.find(({ role }) => role === 'fit');
    return { what: 'training', rows: fitted?.rows ?? 0, profiles: head.profile };
  }
  if (before.length < DECISIONS_MIN) return null;
  const profiles = head.schema.facts.map((fact) =>
    profileFact(
      fact,
      before.map((facts) => facts[fact.name] ?? null),
    ),
  );
  return { what: 'arrival', rows: before.length, profiles };
}

/** How many counted none of their kind before them, of those that could count. */
function firstTimes(decided: readonly FactSet[], earlier: string): Share {
  const counts = decided
    .map((facts) => facts[earlier])
    .filter((count) => typeof count === 'number');
  return shareOf(counts.filter((count) => count === 0).length, counts.length);
}

function hitRates(judged: readonly store.JudgedDecision[]): { model: Share; sample: Share } {
  const selected = judged.filter(({ isSelected }) => isSelected);
  const drawn = judged.filter(({ isSample }) => isSample);
  const rate = (all: readonly store.JudgedDecision[]): Share =>
    shareOf(all.filter(({ found }) => found).length, all.length);
  return { model: rate(selected), sample: rate(drawn) };
}

function byWeek(judged: readonly store.JudgedDecision[]): Drift['weeks'] {
  const weeks = [...new Set(judged.map(({ week }) => week))].sort();
  return weeks.map((week) => ({
    week,
    ...hitRates(judged.filter((decision) => decision.week === week)),
  }));
}
