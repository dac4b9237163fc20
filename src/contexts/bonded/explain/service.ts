import { Refused } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import { postEvents, readBooks } from '../books/permissions.ts';
import type { Books } from '../books/service.ts';
import { type ActDeps, actOn, ledgerFor, requireOpen } from '../ledgers/service/act.ts';
import type { Stocktake } from '../stocktake/contract.ts';
import { stocktakeStream } from '../stocktake/events.ts';
import { known, requireClosed, tell } from '../stocktake/service.ts';
import * as stocktakes from '../stocktake/store/stocktakes.ts';
import type {
  EvidenceHeads,
  ExplanationCheck,
  ExplanationPage,
  ExplanationProgress,
  ExplanationRow,
  ExplanationRun,
  ExplanationSearch,
  RemedyEntered,
  RemedyEntry,
} from './contract.ts';
import { headsOf } from './gathering/gather.ts';
import type { Made, Watch } from './making.ts';
import { createMaker } from './making-apart.ts';
import { explainDifferences } from './permissions.ts';
import { enterRemedy } from './remedy-entry.ts';
import { figuresOf } from './shown.ts';
import type { Pool } from './store/connection.ts';
import * as store from './store/runs.ts';

/** The explanation of closed counts: made from the records, kept with the hash of all it looked at. */
export function createExplanations(
  deps: ActDeps & { readonly pool: Pool; readonly books: Pick<Books, 'post'> },
) {
  const { db } = deps;
  const maker = createMaker(deps);
  /** What is being made now, by its count: who asks for the same meanwhile waits for it. */
  const making = new Map<string, { readonly made: Promise<Made>; progress: ExplanationProgress }>();

  const make = (stocktake: Stocktake, heads: EvidenceHeads): Promise<Made> => {
    const key = JSON.stringify([stocktake.ledger, stocktake.id, heads]);
    const before = making.get(key);
    if (before) return before.made;
    const startedAt = deps.clock.now();
    const watch: Watch = (progress) => {
      const one = making.get(key);
      if (one) one.progress = { ...progress, startedAt };
    };
    const made = maker.make(stocktake, heads, watch).finally(() => making.delete(key));
    making.set(key, { made, progress: { step: 'waiting', done: 0, of: 1, startedAt } });
    return made;
  };
  const closed = async (ledger: string, id: string): Promise<Stocktake> => {
    const { stocktake } = known(await stocktakes.find(db, ledger, id), id);
    requireClosed(stocktake);
    return stocktake;
  };

  return {
    /** Explains by all that is known now. Where the records are those of the last run, that run is the answer. */
    async explain(actor: Actor, ledger: string, id: string): Promise<ExplanationRun> {
      await ledgerFor(db, actor, ledger, explainDifferences);
      const stocktake = await closed(ledger, id);
      const heads = await headsOf(db, ledger);
      const made = await make(stocktake, heads);
      return actOn(deps, actor, ledger, explainDifferences, async (tx, envelope) => {
        const { stocktake: now, version } = known(await stocktakes.find(tx, ledger, id), id);
        const subject = stocktakeStream(ledger, id);
        const last = await store.findRun(tx, ledger, id);
        if (last?.evidenceHash === made.evidenceHash && last.resultHash === made.resultHash)
          return { answer: last, subject, detail: { run: last.run, isNew: false } };
        const { evidenceHash, resultHash, rows } = made;
        const run: ExplanationRun = {
          ...{ run: now.explanations + 1, heads, evidenceHash, resultHash },
          ...{ figures: figuresOf(rows), explainedAt: envelope.recordedAt },
          explainedBy: envelope.actor,
        };
        await store.insert(tx, ledger, id, run, rows);
        const payload = { run: run.run, evidenceHash, resultHash };
        await tell(tx, ledger, id, version, envelope, {
          ...{ kind: 'bonded.differencesExplained', payload },
        });
        await stocktakes.save(tx, {
          stocktake: { ...now, explanations: run.run },
          version: version + 1,
        });
        return { answer: run, subject, detail: { ...payload, isNew: true } };
      });
    },

    /** What a run says: spots that differ, and those that agree although a cause was found. */
    async read(
      actor: Actor,
      ledger: string,
      id: string,
      wanted: ExplanationSearch,
    ): Promise<ExplanationPage> {
      await ledgerFor(db, actor, ledger, readBooks);
      await closed(ledger, id);
      const run = explained(await store.findRun(db, ledger, id, wanted.run), id);
      const page = await store.listExplained(db, ledger, id, { ...wanted, run: run.run });
      return { ...run, ...page };
    },

    /** Enters what a run drafted for a cause of one difference; the ledger answers as it answers the actor. */
    async enterRemedy(
      actor: Actor,
      ledger: string,
      id: string,
      number: number,
      asked: RemedyEntry,
    ): Promise<RemedyEntered> {
      requireOpen(await ledgerFor(db, actor, ledger, postEvents));
      await closed(ledger, id);
      const { run } = explained(await store.findRun(db, ledger, id, asked.run), id);
      const page = await store.listExplained(db, ledger, id, { run, cursor: number - 1, limit: 1 });
      const [row] = page.rows.filter((each) => each.number === number);
      if (!row)
        throw new Refused('not_found', { code: 'bonded.remedy_unknown', seen: String(number) });
      const now = deps.clock.now();
      const countedAt = (await store.countedAt(db, { ledger, stocktake: id, number })) ?? now;
      return enterRemedy({ ...deps, now }, actor, { ledger, stocktake: id, row, countedAt }, asked);
    },

    /** How far the explanation of a count is that is being made; `null` while none is. */
    async progress(actor: Actor, ledger: string, id: string): Promise<ExplanationProgress | null> {
      await ledgerFor(db, actor, ledger, readBooks);
      await closed(ledger, id);
      const prefix = JSON.stringify([ledger, id]).slice(0, -1);
      const one = [...making].find(([key]) => key.startsWith(`${prefix},`));
      return one?.[1].progress ?? null;
    },

    /** Gathers the evidence of a run again and explains it again: both must come to the same. */
    async check(actor: Actor, ledger: string, id: string, asked: { run?: number | undefined }) {
      await ledgerFor(db, actor, ledger, readBooks);
      const stocktake = await closed(ledger, id);
      const run = explained(await store.findRun(db, ledger, id, asked.run), id);
      const { evidenceHash, resultHash } = await make(stocktake, run.heads);
      const isSame = evidenceHash === run.evidenceHash && resultHash === run.resultHash;
      return { run: run.run, isSame, evidenceHash, resultHash } satisfies ExplanationCheck;
    },

    stop: maker.stop,
  };
}
export type Explanations = ReturnType<typeof createExplanations>;

/** What the last run says of every spot of a count; `null` where it was not explained. For what is built on it. */
export async function lastExplanation(
  db: Db,
  ledger: string,
  stocktake: string,
): Promise<{ readonly run: ExplanationRun; readonly rows: readonly ExplanationRow[] } | null> {
  const run = await store.findRun(db, ledger, stocktake);
  if (!run) return null;
  const limit = Number.MAX_SAFE_INTEGER - 1;
  const { rows } = await store.listExplained(db, ledger, stocktake, { run: run.run, limit });
  return { run, rows };
}

function explained(run: ExplanationRun | null, id: string): ExplanationRun {
  if (run) return run;
  throw new Refused('not_found', { code: 'bonded.stocktake_not_explained', seen: id });
}
