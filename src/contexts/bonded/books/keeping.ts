import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { LedgerInput } from '../contract.ts';
import { type Book, createBook } from '../engine/book.ts';
import { type NormOf, normsOf } from '../engine/norms.ts';
import type { FreshRows } from '../journal/fresh.ts';
import { createKeeper } from '../journal/store/keeper.ts';
import { type LedgerWriter, openLedgerWriter } from '../journal/writer.ts';
import { type LedgerBook, readLedgerBook } from '../ledgers/service/read.ts';
import type { LedgerHead } from '../ledgers/store/ledgers.ts';

export interface KeepingDeps {
  readonly db: Db;
  /** Where the session is from that holds this process's ledgers. */
  readonly pool: Parameters<typeof createKeeper>[0]['pool'];
  readonly clock: Clock;
  readonly log: Log;
  /** Where rows just written are left for whoever seals them. */
  readonly fresh?: FreshRows;
}

/** A ledger this process writes: its writer, and how much of its lists the book has learnt. */
interface Kept {
  readonly ledger: LedgerInput;
  /** The version of its registration that the book was opened by. */
  readonly version: number;
  readonly writer: LedgerWriter<Book>;
  /** Parts whose unit may still change, as far as this process knows. */
  readonly unused: Set<string>;
  parts: number;
  consumption: number;
  normOf: NormOf;
}

/** The books this process keeps. A ledger is opened when it is first asked for, and stays until the end. */
export function createKeeping(deps: KeepingDeps) {
  const keeper = createKeeper(deps);
  const kept = new Map<string, Promise<Kept>>();

  const open = async ({ id, version }: LedgerHead): Promise<Kept> => {
    const { ledger } = await readLedgerBook(deps.db, id);
    const state = { parts: 0, consumption: 0, normOf: normsOf([]), unused: new Set<string>() };
    const learn = ({ parts, consumption }: LedgerBook): void => {
      state.parts = parts.length;
      for (const part of unusedOf(parts)) state.unused.add(part);
      state.consumption = consumption.length;
      state.normOf = normsOf(consumption);
    };
    const writer = await openLedgerWriter<Book>(
      {
        ...deps,
        keeper,
        createBook: async (from) => {
          const known = await readLedgerBook(deps.db, id);
          learn(known);
          return createBook({
            ...{ ledger, parts: known.parts },
            normOf: (...asked) => state.normOf(...asked),
            ...(from !== undefined && { from }),
          });
        },
      },
      id,
    );
    return Object.assign(state, { ledger, version, writer });
  };

  /** What was registered since is brought to the book before anything is asked of it. */
  const learnNews = async (ledger: Kept, head: LedgerHead): Promise<void> => {
    if (ledger.parts === head.parts && ledger.consumption === head.consumption) return;
    const { parts, consumption } = await readLedgerBook(deps.db, head.id);
    await ledger.writer.withBook((book) => {
      for (const part of parts.slice(book.state.parts.length)) book.addPart(part);
    });
    for (const part of unusedOf(parts.slice(ledger.parts))) ledger.unused.add(part);
    ledger.parts = parts.length;
    ledger.consumption = consumption.length;
    ledger.normOf = normsOf(consumption);
  };

  return {
    /** @throws Refused `bonded.ledger_in_use` while another process keeps it. */
    async of(head: LedgerHead): Promise<Pick<Kept, 'ledger' | 'writer' | 'unused'>> {
      const before = kept.get(head.id);
      // A ledger that was changed is opened anew, by its new terms.
      if (before && (await before.catch(() => null))?.version !== head.version)
        await forget(head.id, before);
      const opening = kept.get(head.id) ?? open(head);
      kept.set(head.id, opening);
      try {
        const ledger = await opening;
        await learnNews(ledger, head);
        return ledger;
      } catch (error) {
        if (kept.get(head.id) === opening) await forget(head.id, opening);
        throw error;
      }
    },
    async stop(): Promise<void> {
      await Promise.all([...kept].map(([id, opening]) => forget(id, opening)));
      await keeper.stop();
    },
  };

  async function forget(id: string, opening: Promise<Kept>): Promise<void> {
    if (kept.get(id) === opening) kept.delete(id);
    await opening.then(({ writer }) => writer.stop()).catch(() => undefined);
  }
}

const unusedOf = (parts: LedgerBook['parts']): string[] =>
  parts.filter(({ isUsed }) => !isUsed).map(({ part }) => part);
