import { Refused } from '../../../kernel/refusal.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { openModel, type ScoringModel } from '../learning/index.ts';
import { readModelFile, versionsInForce } from './store.ts';

export interface InForce {
  /** Selects, within the budget. */
  readonly live: ScoringModel | null;
  /** Written down beside every decision; touches none. */
  readonly shadow: ScoringModel | null;
}

export interface ModelsInForceOptions {
  readonly db: Db;
  readonly log: Log;
  /** Takes over what has come into force; decisions from then on are made with it. */
  readonly use: (models: InForce) => void;
  /** How often to ask whether another server has changed it. */
  readonly pollMs?: number;
}

/** The models this server decides with, and those that old decisions replay with. */
export interface ModelsInForce {
  readonly current: InForce;
  /** Brings what is in force in the store into force here; does nothing when it already is. */
  refresh(): Promise<void>;
  /** Any model there ever was; `null` for a version nobody knows. */
  find(version: string): Promise<ScoringModel | null>;
  /** Follows what other servers do, until stopped. */
  start(): void;
  stop(): void;
}

const POLL_MS = 5_000;
/** An open model is some tens of megabytes; replays ask for few at a time. */
const MODELS_KEPT = 6;

export function createModelsInForce(options: ModelsInForceOptions): ModelsInForce {
  const { db, log, use, pollMs = POLL_MS } = options;
  /** In order of use, the last used last. */
  const kept = new Map<string, ScoringModel>();
  let current: InForce = { live: null, shadow: null };
  let looked: { live: string | null; shadow: string | null } = { live: null, shadow: null };
  let timer: NodeJS.Timeout | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function find(version: string): Promise<ScoringModel | null> {
    const known = kept.get(version) ?? (await open(version));
    if (!known) return null;
    kept.delete(version);
    kept.set(version, known);
    for (const old of [...kept.keys()].slice(0, -MODELS_KEPT)) kept.delete(old);
    return known;
  }

  async function open(version: string): Promise<ScoringModel | null> {
    const content = await readModelFile(db, version);
    if (content === null) return null;
    const model = openModel(JSON.parse(content));
    if (model.version !== version) {
      throw new Error(`The model file kept as ${version} is another: ${model.version}.`);
    }
    return model;
  }

  /** A file that this build cannot open must not keep the port shut: it decides without, and says so. */
  async function findIfSound(version: string | null): Promise<ScoringModel | null> {
    if (version === null) return null;
    return find(version).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      log.error({ err: error, version }, 'a model in force cannot be opened: deciding without it');
      return null;
    });
  }

  async function look(): Promise<void> {
    const wanted = await versionsInForce(db);
    if (wanted.live === looked.live && wanted.shadow === looked.shadow) return;
    current = {
      live: await findIfSound(wanted.live),
      shadow: await findIfSound(wanted.shadow),
    };
    looked = wanted;
    use(current);
    log.info(wanted, 'models in force');
  }

  /** One look after another: a slow one must not put back what a later one found. */
  function refresh(): Promise<void> {
    const next = turn.then(look);
    turn = next.catch(() => undefined);
    return next;
  }

  return {
    get current() {
      return current;
    },
    refresh,
    find,
    start() {
      const poll = (): void => {
        refresh()
          .catch((error: unknown) => log.error({ err: error }, 'models could not be read'))
          .finally(() => {
            if (timer) timer = setTimeout(poll, pollMs).unref();
          });
      };
      timer ??= setTimeout(poll, pollMs).unref();
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
