import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../../../kernel/canonical.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { parseInput } from '../../../platform/input.ts';
import type { LiveHub } from '../../../platform/live.ts';
import type { Log } from '../../../platform/log.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Fact, Label } from '../../facts/index.ts';
import { type Actor, authorise, recordAudit } from '../../identity/index.ts';
import { type Expression, factsOf, type Lists, listsOf, type Scope } from '../language/index.ts';
import { readContent } from '../rules/reading.ts';
import {
  type Backtest,
  type BacktestProgress,
  type BacktestReport,
  BacktestRequest,
  type BacktestState,
  type BacktestSummary,
} from './contract.ts';
import { readBacktest, runBacktest } from './permissions.ts';
import { type LiveRule, reportOf, triedRule } from './report.ts';
import { runRules } from './run.ts';
import {
  changeBacktest,
  findBacktest,
  insertBacktest,
  listBacktests,
  unfinishedBacktests,
} from './store/backtests.ts';
import { relationFor } from './store/relations.ts';
import { type Analytics, takeSnapshot } from './store/snapshot.ts';

/** A rule as its keeper knows it: the condition within its scope, and the hash that names it. */
export interface KeptRule {
  readonly id: string;
  readonly version: number;
  readonly canonical: string;
  readonly hash: string;
  readonly sentence: Label;
  readonly expression: Expression;
}

/** What back-tests ask of whoever keeps rules and lists. */
export interface RulesAtHand {
  /** The words a text may use now. */
  words(): Promise<Scope>;
  /** One version of a rule, the newest if none is named; `null` when there is none or it is not sound. */
  find(id: string, version: number | null): Promise<KeptRule | null>;
  /** Rules that decide today. */
  live(): Promise<readonly (LiveRule & { readonly expression: Expression })[]>;
  /** Lists by name, as they count today. */
  lists(names: readonly string[]): Promise<Lists>;
}

export interface BacktestsDeps {
  readonly db: Db;
  readonly analytics: Analytics;
  /** Where copies of the pool's facts stand. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly hub: Pick<LiveHub, 'publish'>;
  readonly facts: readonly Fact[];
  readonly rules: RulesAtHand;
  /** Brings the pool up to the event log, so that a back-test sees what was filed before it. */
  readonly catchUp: () => Promise<void>;
  /** A processor is left to filings unless this says otherwise. */
  readonly processes?: number;
}

export interface Backtests {
  /** Answers once it is kept; it runs when its turn comes, and `read` tells how far it is. */
  ask(actor: Actor, request: unknown): Promise<Backtest>;
  read(actor: Actor, id: string): Promise<Backtest>;
  list(actor: Actor): Promise<BacktestSummary[]>;
  cancel(actor: Actor, id: string): Promise<Backtest>;
  /** Takes up what an earlier process left unfinished. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const BACKTESTS = 'backtests';
/** Back-tests of one person that may wait or run at the same time. */
const WAITING_MAX = 5;
const LISTED = 100;
/** Overlap is asked of few rules at a time: it compares each with every live one. */
const COMPARED_MAX = 20;

/**
 * What rules would have done. One runs at a time, in processes of their own, so that the machine
 * stays with filings; the others wait in the order they were asked for.
 */
export function createBacktests(deps: BacktestsDeps): Backtests {
  const { db, clock, log, hub, rules } = deps;
  const processes = deps.processes ?? Math.max(1, availableParallelism() - 1);
  const stopping = new AbortController();
  const running = new Map<string, AbortController>();
  const shares = new Map<string, number>();
  let turn: Promise<void> = Promise.resolve();

  const tell = (id: string, state: BacktestState, share: number): void => {
    const progress: BacktestProgress = { id, state, share };
    hub.publish(BACKTESTS, progress);
  };

  const withShare = (backtest: Backtest): Backtest =>
    backtest.state === 'running' ? { ...backtest, share: shares.get(backtest.id) ?? 0 } : backtest;

  const get = async (id: string): Promise<Backtest> => {
    const backtest = await findBacktest(db, id);
    if (!backtest) {
      throw new Refused('not_found', { code: 'risk.backtest_not_found', params: { id } });
    }
    return withShare(backtest);
  };

  const compute = async (request: BacktestRequest, abort: AbortSignal): Promise<BacktestReport> => {
    const started = performance.now();
    const tried = await resolve(rules, request);
    const live = request.rules.length > COMPARED_MAX ? [] : await others(rules, tried);
    const expressions = [...tried, ...live].map(({ expression }) => expression);
    const lists = await rules.lists([...new Set(expressions.flatMap(listsOf))].sort());
    if (request.dataset === null) await deps.catchUp();
    const relation = await relationFor(deps.analytics, deps.facts, request.dataset);
    const folder = join(deps.folder, relation.name);
    const snapshot = await takeSnapshot(deps.analytics, relation, folder);
    const { tally, examples } = await runRules({
      ...{ snapshot, lists, processes, facts: relation.facts, period: request.period },
      rules: tried.map(({ expression }) => expression),
      live: live.map(({ expression }) => expression),
      signal: abort,
      onShare: (share) => {
        shares.set(request.id, share);
        tell(request.id, 'running', share);
      },
    });
    const given = new Set(relation.facts.map(({ fact }) => fact));
    const read = new Set(tried.flatMap(({ expression }) => factsOf(expression)));
    return reportOf({
      lacking: [...read].filter((fact) => !given.has(fact)).sort(),
      ...{ request, tally, examples, poolState: snapshot.state, asOf: clock.now() },
      rules: tried.map(triedRule),
      live: live.map(({ id, version, label }) => ({ id, version, label })),
      lists: [...lists].map(([name, { version }]) => ({ name, version })),
      elapsedMs: Math.round(performance.now() - started),
    });
  };

  const runOne = async ({ id, request }: Backtest): Promise<void> => {
    if (stopping.signal.aborted) return;
    if (!(await changeBacktest(db, id, { state: 'running', startedAt: clock.now() }))) return;
    const abort = new AbortController();
    running.set(id, abort);
    tell(id, 'running', 0);
    const end = async (state: BacktestState, report: BacktestReport | null): Promise<void> => {
      await changeBacktest(db, id, { state, report, endedAt: clock.now() });
      tell(id, state, state === 'done' ? 1 : (shares.get(id) ?? 0));
    };
    try {
      await end('done', await compute(request, abort.signal));
    } catch (error) {
      // Ended with the server, it is taken up by the next one; ended by a person, it has ended.
      if (stopping.signal.aborted) return;
      if (abort.signal.aborted) return;
      log.error({ err: error, backtest: id }, 'A back-test failed.');
      await end('failed', null);
    } finally {
      running.delete(id);
      shares.delete(id);
    }
  };

  const enqueue = (backtest: Backtest): void => {
    tell(backtest.id, 'queued', 0);
    turn = turn
      .then(() => runOne(backtest))
      .catch((error: unknown) =>
        log.error({ err: error, backtest: backtest.id }, 'A back-test could not be run.'),
      );
  };

  return {
    async ask(actor, given) {
      authorise(actor, runBacktest);
      const request = parseInput(BacktestRequest, given);
      const known = await findBacktest(db, request.id);
      if (known) return sameOrRefused(withShare(known), request);
      await resolve(rules, request);
      if (request.dataset) await relationFor(deps.analytics, deps.facts, request.dataset);
      const waiting = (await unfinishedBacktests(db)).filter(
        ({ askedBy }) => askedBy.personId === actor.personId,
      );
      if (waiting.length >= WAITING_MAX) {
        const params = { waiting: waiting.length };
        throw new Refused('limited', { code: 'risk.backtest_too_many', params });
      }
      const backtest: Backtest = {
        ...{ id: request.id, state: 'queued', share: 0, request, report: null },
        askedBy: { personId: actor.personId, name: actor.name },
        ...{ askedAt: clock.now(), startedAt: null, endedAt: null },
      };
      const isNew = await inTransaction(db, async (tx) => {
        if (!(await insertBacktest(tx, backtest))) return false;
        const subjects = request.rules.flatMap((rule) => ('id' in rule ? [`rule:${rule.id}`] : []));
        await recordAudit(tx, {
          ...{ actor, operation: runBacktest.operation, subjects, outcome: 'done' },
          ...{ detail: { backtest: request.id }, at: backtest.askedAt },
        });
        return true;
      });
      if (!isNew) return sameOrRefused(await get(request.id), request);
      enqueue(backtest);
      return backtest;
    },

    async read(actor, id) {
      authorise(actor, readBacktest);
      return get(id);
    },

    async list(actor) {
      authorise(actor, readBacktest);
      return (await listBacktests(db, LISTED)).map((backtest) => summaryOf(withShare(backtest)));
    },

    async cancel(actor, id) {
      authorise(actor, runBacktest);
      await get(id);
      if (await changeBacktest(db, id, { state: 'cancelled', endedAt: clock.now() })) {
        running.get(id)?.abort();
        tell(id, 'cancelled', shares.get(id) ?? 0);
      }
      return get(id);
    },

    async start() {
      (await unfinishedBacktests(db)).forEach(enqueue);
    },

    async stop() {
      stopping.abort();
      for (const abort of running.values()) abort.abort();
      await turn;
    },
  };
}

type Resolved = Omit<KeptRule, 'id' | 'version'> & {
  readonly id: string | null;
  readonly version: number | null;
};

const EVERYWHERE = { offices: [], directions: [], modes: [] };

/** The rules that are asked about, or everything that is wrong with them, each with its place. */
async function resolve(rules: RulesAtHand, { rules: asked }: BacktestRequest): Promise<Resolved[]> {
  const words = await rules.words();
  const refusals: Refusal[] = [];
  const resolved: Resolved[] = [];
  for (const [index, rule] of asked.entries()) {
    const path = `rules[${index}]`;
    if ('id' in rule) {
      const kept = await rules.find(rule.id, rule.version ?? null);
      if (kept) resolved.push(kept);
      else refusals.push({ code: 'risk.backtest_rule_not_found', path, params: { id: rule.id } });
      continue;
    }
    const { sound, problems } = readContent(rule.text, EVERYWHERE, words);
    if (sound) resolved.push({ ...sound, id: null, version: null });
    for (const { code, from, to, params } of problems) {
      refusals.push({ code, path: `${path}.text`, params: { ...params, from, to } });
    }
  }
  if (refusals.length > 0) throw new Refused('invalid', refusals);
  return resolved;
}

/** The live rules but those that are being tried. */
async function others(rules: RulesAtHand, tried: readonly Resolved[]) {
  const own = new Set(tried.map(({ id }) => id));
  return (await rules.live()).filter(({ id }) => !own.has(id));
}

/** The same question under the same id is the same back-test; another question is refused. */
function sameOrRefused(known: Backtest, request: BacktestRequest): Backtest {
  if (canonicalJson(known.request) === canonicalJson(request)) return known;
  throw new Refused('conflict', { code: 'risk.backtest_id_taken', params: { id: request.id } });
}

const summaryOf = ({ report, ...backtest }: Backtest): BacktestSummary => ({
  ...backtest,
  rows: report?.rows ?? null,
  rules: backtest.request.rules.map((asked, index) => {
    const own = report?.rules[index];
    const text = own?.rule.text ?? ('text' in asked ? asked.text : asked.id);
    return { text, hits: own?.hits ?? null, precision: own?.precision ?? null };
  }),
});
