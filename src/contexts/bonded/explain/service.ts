import { Refused } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import { readBooks } from '../books/permissions.ts';
import { type ActDeps, actOn, ledgerFor } from '../ledgers/service/act.ts';
import type { Stocktake } from '../stocktake/contract.ts';
import { stocktakeStream } from '../stocktake/events.ts';
import { known, requireClosed, tell } from '../stocktake/service.ts';
import { spotsOf } from '../stocktake/store/differences.ts';
import * as stocktakes from '../stocktake/store/stocktakes.ts';
import type {
  EvidenceHeads,
  ExplanationCheck,
  ExplanationPage,
  ExplanationRow,
  ExplanationRun,
  ExplanationSearch,
} from './contract.ts';
import { explain } from './explain.ts';
import { gatherEvidence, hashOf, headsOf } from './gathering/gather.ts';
import { explainDifferences } from './permissions.ts';
import {
  type ExplanationKept,
  explanationKept,
  figuresOf,
  numbered,
  resultHashOf,
} from './shown.ts';
import * as store from './store.ts';

/** The explanation of closed counts: made from the records, kept with the hash of all it looked at. */
export function createExplanations(deps: ActDeps) {
  const { db } = deps;
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
      const made = await makeExplanation(db, stocktake, heads);
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

    /** Gathers the evidence of a run again and explains it again: both must come to the same. */
    async check(actor: Actor, ledger: string, id: string, asked: { run?: number | undefined }) {
      await ledgerFor(db, actor, ledger, readBooks);
      const stocktake = await closed(ledger, id);
      const run = explained(await store.findRun(db, ledger, id, asked.run), id);
      const { evidenceHash, resultHash } = await makeExplanation(db, stocktake, run.heads);
      const isSame = evidenceHash === run.evidenceHash && resultHash === run.resultHash;
      return { run: run.run, isSame, evidenceHash, resultHash } satisfies ExplanationCheck;
    },
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

async function makeExplanation(db: Db, stocktake: Stocktake, heads: EvidenceHeads) {
  const evidence = await gatherEvidence(db, stocktake, heads);
  const numberOf = numbered(await spotsOf(db, stocktake.ledger, stocktake.id));
  const rows: ExplanationKept[] = explain(evidence)
    .filter(({ difference, explained: causes }) => difference.difference !== 0 || causes.length > 0)
    .map((each) => explanationKept(each, numberOf(each.difference)));
  return { evidenceHash: hashOf(evidence), resultHash: resultHashOf(rows), rows };
}

function explained(run: ExplanationRun | null, id: string): ExplanationRun {
  if (run) return run;
  throw new Refused('not_found', { code: 'bonded.stocktake_not_explained', seen: id });
}
