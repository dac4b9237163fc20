import { addDays, type Instant, localDateOf } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Label } from '../../facts/index.ts';
import { type Actor, authorise, PLATFORM, recordAudit } from '../../identity/index.ts';
import { createRows, type TrainingProgress } from '../learning/index.ts';
import { trainInWorker } from '../learning/train-in-worker.ts';
import { audited } from '../rules/service/deps.ts';
import { AIMS, isFoundBy } from './aims.ts';
import { ModelAim, type Training, type TrainingInput, type TrainingRun } from './contract.ts';
import { modelStream } from './events.ts';
import { refuse } from './model.ts';
import { readModels, trainModels } from './permissions.ts';
import type { Models } from './service.ts';
import * as store from './store.ts';

export interface TrainingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly models: Pick<Models, 'keepTrained'>;
  /** A refusal in words: why a run made no draft. */
  readonly say: (refusal: Refusal) => Label;
  /** Told how far a run is, for live views. */
  readonly told: (run: TrainingRun) => void;
  /** Days between scheduled runs; `null` for none. */
  readonly everyDays: number | null;
}

/** Fewer examinations, or findings among them, teach a model only what happened to turn up. */
export const EXAMINED_MIN = 200;
export const FOUND_MIN = 20;

/**
 * Facts no model learns from: what the selection itself put there, which would teach it its own
 * earlier choices; how long the port has been keeping records; and the name of the declaration.
 */
const NOT_LEARNED = /^selection\.|^history\.days$|^declaration\.id$/;

/**
 * What the random sample drew at a rate stands for that many that were not looked at (Horvitz and
 * Thompson 1952), so that the model learns of what is released and not only of what was suspected.
 * Beyond twenty, a few lucky draws would outweigh everything else.
 */
const WEIGHT_MAX = 20;
const weightOf = (drawnAt: number | null): number =>
  drawnAt === null ? 1 : Math.min(WEIGHT_MAX, 1 / drawnAt);

const SEED = 1;
const LOOK_EVERY_MS = 600_000;
/** A run that found too little is tried again on the next day. */
const RETRY_DAYS = 1;

interface Running {
  readonly run: TrainingRun;
  readonly weighSample: boolean;
  readonly abort: AbortController;
}

/**
 * Learning from what examinations found: asked for by a person, or by the schedule. One run at a time
 * at all servers, in a thread of its own; it ends in a draft, which people put in force or do not.
 */
export function createTraining(deps: TrainingDeps) {
  const { db, clock, log } = deps;
  let running: Running | null = null;
  let work: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  function tell(run: TrainingRun): void {
    if (running) running = { ...running, run };
    deps.told(run);
  }

  async function end(run: TrainingRun, state: TrainingRun['state'], why: Refusal | null) {
    const ended: TrainingRun = {
      ...run,
      ...{ state, endedAt: clock.now(), share: null, sentence: why && deps.say(why) },
    };
    await store.updateRun(db, ended);
    tell(ended);
  }

  /** Answers once the run has begun, and goes on; refused while another is under way anywhere. */
  function begin(actor: Actor, { id, aim, weighSample }: TrainingInput): Promise<TrainingRun> {
    return new Promise((answer, reject) => {
      const run: TrainingRun = {
        ...{ id, aim, askedBy: actor.personId, startedAt: clock.now(), endedAt: null },
        ...{ state: 'running', share: 0, examined: 0, found: 0, sentence: null },
      };
      const alone = store.whileTrainingAlone(db, async () => {
        await store.closeRunsLeftBehind(db, clock.now());
        if (!(await store.insertRun(db, run))) {
          throw refuse('conflict', 'model_training_id_taken', { id });
        }
        running = { run, weighSample, abort: new AbortController() };
        answer(run);
        try {
          await train(actor, running);
        } finally {
          running = null;
        }
        return true;
      });
      const ended = alone.then(
        (done) => done ?? reject(refuse('conflict', 'model_training_running')),
        (error: unknown) => {
          if (!(error instanceof Refused))
            log.error({ err: error, run: id }, 'a training broke off');
          reject(error);
        },
      );
      // A request that is refused must not hide the run that goes on.
      work = Promise.all([work, ended]);
    });
  }

  async function train(actor: Actor, { run: asked, weighSample, abort }: Running): Promise<void> {
    let run = asked;
    try {
      const { rows, ...counts } = await collect(asked.aim, weighSample, abort.signal);
      run = { ...asked, ...counts };
      tell(run);
      if (counts.examined < EXAMINED_MIN || counts.found < FOUND_MIN) {
        const params = { ...counts, examinedMin: EXAMINED_MIN, foundMin: FOUND_MIN };
        return await end(run, 'waiting', { code: 'risk.model_too_few_findings', params });
      }
      const fit = rows.build();
      const file = await trainInWorker(
        {
          ...{ fit, choose: null, seed: SEED, label: AIMS[asked.aim].label, mapping: null },
          sources: { fit: 'findings', choose: null },
          without: fit.columns.map(({ name }) => name).filter((name) => NOT_LEARNED.test(name)),
        },
        {
          signal: abort.signal,
          onProgress: (progress) => {
            const share = shareOf(progress);
            if (share - (run.share ?? 0) < 0.01) return;
            run = { ...run, share };
            tell(run);
          },
        },
      );
      await deps.models.keepTrained(actor, run.id, file, run.aim);
      await end(run, 'done', null);
    } catch (error) {
      await endBadly(run, abort.signal, error);
    }
  }

  /** Too little to learn from is no failure: the next run will have more. */
  function endBadly(run: TrainingRun, signal: AbortSignal, error: unknown): Promise<void> {
    if (signal.aborted) return end(run, 'cancelled', { code: 'risk.model_training_cancelled' });
    const refusal = error instanceof Refused ? error.refusals[0] : undefined;
    if (refusal) return end(run, 'waiting', refusal);
    log.error({ err: error, run: run.id }, 'a training failed');
    return end(run, 'failed', { code: 'risk.model_training_failed' });
  }

  /** What was examined among the goods of an aim, and how often what it is to find was found. */
  async function collect(
    name: ModelAim,
    weighSample: boolean,
    signal: AbortSignal,
  ): Promise<{ rows: ReturnType<typeof createRows>; examined: number; found: number }> {
    const aim = AIMS[name];
    const rows = createRows();
    let [examined, positives] = [0, 0];
    for await (const { facts, decidedOn, found, kinds, drawnAt } of store.readExamined(db)) {
      signal.throwIfAborted();
      if (!aim.isAbout(facts)) continue;
      const isPositive = isFoundBy(aim, found, kinds);
      examined += 1;
      positives += Number(isPositive);
      rows.add(facts, decidedOn, isPositive, weighSample ? weightOf(drawnAt) : 1);
    }
    return { rows, examined, found: positives };
  }

  /** What the schedule trains next, and when: an aim that was never trained for comes at once. */
  async function nextDue(): Promise<{ aim: ModelAim; at: Instant } | null> {
    const { everyDays } = deps;
    if (everyDays === null) return null;
    const runs = await store.lastRunsBy(db, PLATFORM.personId);
    const due = ModelAim.options.map((aim) => {
      const last = runs.find((run) => run.aim === aim);
      if (!last) return { aim, at: clock.now() };
      const days = last.state === 'done' ? everyDays : RETRY_DAYS;
      return {
        aim,
        at: `${addDays(last.startedAt.slice(0, 10), days)}${last.startedAt.slice(10)}`,
      };
    });
    return due.reduce((first, other) => (other.at < first.at ? other : first));
  }

  async function trainIfDue(): Promise<void> {
    const due = await nextDue();
    if (running || due === null || clock.now() < due.at) return;
    const name = due.aim === 'harm' ? '' : `${due.aim}-`;
    const wanted = { id: `M-${name}${localDateOf(clock.now())}`, aim: due.aim, weighSample: true };
    // The port itself trains: nobody's account, so anybody permitted may approve.
    await begin(PLATFORM, wanted).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  }

  return {
    async status(actor: Actor): Promise<Training> {
      authorise(actor, readModels);
      const runs = (await store.listRuns(db)).map((run) => ({ ...run, share: null }));
      return {
        running: running?.run ?? runs.find(({ state }) => state === 'running') ?? null,
        runs,
        everyDays: deps.everyDays,
        nextAt: (await nextDue())?.at ?? null,
        ...{ examinedMin: EXAMINED_MIN, foundMin: FOUND_MIN },
      };
    },

    /** Trains now. The id is that of the draft to be made: asking again is the same run. */
    async begin(actor: Actor, wanted: TrainingInput): Promise<TrainingRun> {
      const { id } = wanted;
      authorise(actor, trainModels);
      if (running?.run.id === id) return running.run;
      const earlier = await store.findRun(db, id);
      if (earlier) return { ...earlier, share: null };
      const run = await audited(deps, actor, trainModels, modelStream(id), () =>
        begin(actor, wanted),
      );
      await record(actor, id, 'begun');
      return run;
    },

    async cancel(actor: Actor, id: string): Promise<void> {
      authorise(actor, trainModels);
      await audited(deps, actor, trainModels, modelStream(id), async () => {
        if (running?.run.id !== id) throw refuse('conflict', 'model_training_not_here', { id });
        running.abort.abort(new Error('The training was cancelled.'));
      });
      await record(actor, id, 'cancelled');
    },

    /** What the schedule asks for, if it is time; the timer of `start` calls it. */
    trainIfDue,

    start(): void {
      const look = (): void => {
        trainIfDue().catch((error: unknown) => log.error({ err: error }, 'no training was begun'));
      };
      timer ??= setInterval(look, LOOK_EVERY_MS).unref();
      // If nobody trains, whatever still says it is running died with its server.
      const closed = store
        .whileTrainingAlone(db, () => store.closeRunsLeftBehind(db, clock.now()))
        .catch((error: unknown) => log.error({ err: error }, 'old trainings were not closed'));
      work = Promise.all([work, closed]);
    },

    /** Cancels what is running, and resolves when it has ended. */
    async stop(): Promise<void> {
      if (timer) clearInterval(timer);
      timer = null;
      running?.abort.abort(new Error('The server is stopping.'));
      await work;
    },

    /** Resolves when no run is under way here. */
    idle: (): Promise<unknown> => work,
  };

  function record(actor: Actor, id: string, what: 'begun' | 'cancelled'): Promise<void> {
    return recordAudit(db, {
      ...{ actor, operation: trainModels.operation, outcome: 'done', at: clock.now() },
      ...{ subjects: [modelStream(id)], detail: { training: what } },
    });
  }
}
export type Retraining = ReturnType<typeof createTraining>;

/** About how much of the time each step takes. */
const STEPS: Readonly<Record<TrainingProgress['step'], { from: number; to: number }>> = {
  search: { from: 0, to: 0.1 },
  encode: { from: 0.1, to: 0.2 },
  grow: { from: 0.2, to: 0.95 },
  judge: { from: 0.95, to: 1 },
};

function shareOf({ step, done, of }: TrainingProgress): number {
  const { from, to } = STEPS[step];
  return from + (to - from) * Math.min(1, done / Math.max(1, of));
}
