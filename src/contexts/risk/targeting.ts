import { join } from 'node:path';
import { localDateOf } from '../../kernel/dates.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Clock } from '../../platform/clock.ts';
import { readStreams } from '../../platform/event-log/event-log.ts';
import type { LiveHub } from '../../platform/live.ts';
import type { Log } from '../../platform/log.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import type { Fact, Label } from '../facts/index.ts';
import { createAnomalies } from './anomaly/index.ts';
import {
  type Backtests,
  type BacktestsDeps,
  createBacktests,
  findReport,
  rulesAtHand,
} from './backtest/index.ts';
import { createCoverage, ensureCatalogue } from './coverage/index.ts';
import { createHistory } from './history.ts';
import { createLiveEngine } from './live-engine.ts';
import { modelStream } from './models/events.ts';
import {
  createDriftReports,
  createModels,
  createModelsInForce,
  createTraining,
} from './models/index.ts';
import { listModels } from './models/store.ts';
import type { Policy } from './policy.ts';
import { createReplayer } from './replayer.ts';
import { ruleStream } from './rules/events.ts';
import { createRules } from './rules/index.ts';
import { listRules } from './rules/store.ts';
import {
  createCapacity,
  createSelection,
  examinationCapacity,
  openBudgets,
  rebuildCapacity,
} from './selection/index.ts';
import { createDecisions, rebuildHistory } from './service.ts';
import { createTrials } from './trial.ts';

export interface TargetingOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly hub: LiveHub;
  readonly policy: Policy;
  /** The port's secret, of which the random sample is drawn. */
  readonly seed: string;
  /** The vocabulary that rules and models speak. */
  readonly facts: ReadonlyMap<string, Fact>;
  /** A refusal in words. */
  readonly say: (refusal: Refusal) => Label;
  /** The pool, where back-tests run; and where their copies of it stand. */
  readonly analytics: BacktestsDeps['analytics'];
  readonly folder: string;
  readonly catchUp: () => Promise<void>;
  /** Days between scheduled retrainings; `null` for none. */
  readonly retrainEveryDays: number | null;
}

/** Live topics: how far a training is, and that rules, lists or models have changed. */
const TRAINING = 'training';
const MODELS = 'models';

/**
 * Targeting as one whole: what decides, what it decides by, and everything that is asked of either.
 * The history and the capacity are rebuilt from what was decided before, so that a server goes on
 * where it stopped.
 */
export async function openTargeting(options: TargetingOptions) {
  const { db, clock, log, hub, policy, seed, facts } = options;
  const history = createHistory();
  const remembered = await rebuildHistory(db, history);
  log.info({ declarations: remembered }, 'history rebuilt');

  const budgets = await openBudgets(db);
  const capacity = createCapacity({
    policy,
    budgetOn: (office, on) => budgets.on(office, on),
  });
  await rebuildCapacity(db, capacity, policy.selection.windowDays);
  const examinations = examinationCapacity(capacity);

  const engine = createLiveEngine({ policy, seed });
  const inForce = createModelsInForce({
    ...{ db, log },
    use: ({ live, shadow }) =>
      engine.use({
        ...{ model: live.harm ?? null, shadow: shadow.harm ?? null },
        named: { live, shadow },
      }),
  });
  const rules = createRules({
    ...{ db, clock, log, facts, policy, engine },
    findBacktest: (id) => findReport(db, id),
    say: options.say,
  });
  await inForce.refresh();
  await rules.books.refresh();
  const engineOf = createReplayer({
    ...{ policy, seed },
    bookOf: (version) => rules.books.find(version),
    modelOf: (version) => inForce.find(version),
  });

  const backtests: Backtests = createBacktests({
    ...{ db, clock, log, hub },
    analytics: options.analytics,
    folder: join(options.folder, 'backtests'),
    facts: [...facts.values()],
    rules: rulesAtHand({ db, clock, rules, facts }),
    catchUp: options.catchUp,
  });
  const models = createModels({
    ...{ db, clock, facts, inForce },
    changed: () => hub.publish(MODELS, {}),
  });
  const training = createTraining({
    ...{ db, clock, log, models },
    everyDays: options.retrainEveryDays,
    say: options.say,
    told: (run) => hub.publish(TRAINING, run),
  });
  await ensureCatalogue({ db, clock });
  const coverage = createCoverage({
    ...{ db, clock, policy, engine },
    selectionFacts: (stated) => examinations.factsFor(stated, localDateOf(clock.now())),
    isAuthor: (personId) => isAuthor(db, personId),
  });

  return {
    engine,
    engineOf,
    history,
    capacity: examinations,
    decisions: createDecisions({ db, engine, engineOf }),
    rules,
    backtests,
    models,
    training,
    drift: createDriftReports({ db, clock, facts }),
    selection: createSelection({ db, clock, budgets, capacity }),
    coverage,
    anomalies: createAnomalies({ db, policy }),
    trials: createTrials({ policy, seed, books: rules.books }),
    /** Follows what other servers publish, takes up unfinished back-tests, and trains on schedule. */
    async start(): Promise<void> {
      rules.books.start();
      inForce.start();
      training.start();
      await backtests.start();
    },
    async stop(): Promise<void> {
      rules.books.stop();
      inForce.stop();
      await training.stop();
      await backtests.stop();
    },
  };
}
export type Targeting = Awaited<ReturnType<typeof openTargeting>>;

const AUTHORING: ReadonlySet<string> = new Set([
  ...['risk.ruleDrafted', 'risk.ruleEdited', 'risk.ruleReverted', 'risk.modelTrained'],
]);

/** Whether a person ever wrote a rule or trained a model, in whichever post. */
async function isAuthor(db: Db, personId: string): Promise<boolean> {
  const streams = [
    ...(await listRules(db)).map(({ id }) => ruleStream(id)),
    ...(await listModels(db)).map(({ id }) => modelStream(id)),
  ];
  const stories = await readStreams(db, streams);
  return [...stories.values()]
    .flat()
    .some(({ kind, envelope }) => AUTHORING.has(kind) && envelope.actor === personId);
}
