import { canonicalJson } from '../../../kernel/canonical.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { createTurn } from '../../../platform/turn.ts';
import { openModel, type ScoringModel } from '../learning/index.ts';
import type { ModelAim } from './contract.ts';
import { readModelFile, type VersionInForce, versionsInForce } from './store.ts';

type ByAim = Readonly<Partial<Record<ModelAim, ScoringModel>>>;

export interface InForce {
  /** Select, within the budget. */
  readonly live: ByAim;
  /** Written down beside every decision; touch none. */
  readonly shadow: ByAim;
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
  let current: InForce = { live: {}, shadow: {} };
  let looked: readonly VersionInForce[] = [];
  let timer: NodeJS.Timeout | null = null;
  const inTurn = createTurn();

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
  async function findIfSound(version: string): Promise<ScoringModel | null> {
    return find(version).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      log.error({ err: error, version }, 'a model in force cannot be opened: deciding without it');
      return null;
    });
  }

  async function look(): Promise<void> {
    const wanted = await versionsInForce(db);
    if (canonicalJson(wanted) === canonicalJson(looked)) return;
    const found: Record<VersionInForce['status'], Partial<Record<ModelAim, ScoringModel>>> = {
      ...{ live: {}, shadow: {} },
    };
    for (const { aim, status, version } of wanted) {
      const model = await findIfSound(version);
      if (model) found[status][aim] = model;
    }
    current = found;
    looked = wanted;
    use(current);
    log.info({ models: wanted }, 'models in force');
  }

  /** One look after another: a slow one must not put back what a later one found. */
  const refresh = (): Promise<void> => inTurn(look);

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
