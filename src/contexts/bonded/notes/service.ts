import { contentHash } from '../../../kernel/canonical.ts';
import { place } from '../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import { readBooks } from '../books/permissions.ts';
import type { Entry } from '../engine/entry.ts';
import { findHead, readEntries } from '../journal/store/entries.ts';
import { type ActDeps, actOn, ledgerFor } from '../ledgers/service/act.ts';
import { allParts } from '../ledgers/store/parts.ts';
import { endOf, isCovered, NOTHING_FILED, type Reach } from '../writeoff/period.ts';
import * as filings from '../writeoff/store/filings.ts';
import type { ConsumptionNote, NoteInput, NotePage, NoteSearch } from './contract.ts';
import { drawNote } from './draw.ts';
import { issueNote } from './permissions.ts';
import * as store from './store.ts';

const noteStream = (id: string): string => `bonded-note:${id}`;

/** Consumption notes: made from the journal, kept as they were made. */
export function createNotes(deps: ActDeps) {
  const { db } = deps;
  return {
    /** The same id with the same content is the same note; other content is refused. */
    async issue(actor: Actor, ledger: string, said: NoteInput): Promise<ConsumptionNote> {
      await ledgerFor(db, actor, ledger, issueNote);
      const hash = contentHash({ ledger, said });
      const known = await store.find(db, said.id);
      if (known) return again(known, hash);
      const drawn = await draw(db, ledger, said);
      return actOn(deps, actor, ledger, issueNote, async (tx, envelope) => {
        const taken = await store.find(tx, said.id);
        const subject = noteStream(said.id);
        if (taken) return { answer: again(taken, hash), subject, detail: {} };
        const number = await store.nextNumber(tx, ledger);
        const issued = { issuedAt: envelope.recordedAt, issuedBy: envelope.actor };
        const note: ConsumptionNote = { ...said, ledger, number, ...drawn, ...issued };
        const kind = 'bonded.noteIssued' as const;
        const payload = { ledger, number, filing: said.filing, contentHash: contentHash(note) };
        await append(tx, place(subject, 0, [{ kind, payload }], envelope));
        await store.insert(tx, note, hash);
        return { answer: note, subject, detail: { number } };
      });
    },
    async list(actor: Actor, ledger: string, wanted: NoteSearch): Promise<NotePage> {
      await ledgerFor(db, actor, ledger, readBooks);
      return store.list(db, ledger, wanted);
    },
    async find(actor: Actor, ledger: string, id: string): Promise<ConsumptionNote> {
      await ledgerFor(db, actor, ledger, readBooks);
      const found = await store.find(db, id);
      if (found?.note.ledger === ledger) return found.note;
      throw new Refused('not_found', { code: 'bonded.note_not_found', seen: id });
    },
  };
}
export type Notes = ReturnType<typeof createNotes>;

function again({ note, contentHash: before }: store.KeptNote, hash: string): ConsumptionNote {
  if (before === hash) return note;
  throw new Refused('conflict', {
    ...{ code: 'bonded.note_has_other_content', path: 'id', seen: note.id },
  });
}

/** Reads the journal once: what is of the note, whether its orders are closed, and where every lot came from. */
async function draw(db: Db, ledger: string, said: NoteInput) {
  const { isOf, lastSeq } = await scopeOf(db, ledger, said);
  const asked = new Set(said.orders);
  const open = new Set(said.orders);
  const documents = new Map<number, string>();
  const entries: Entry[] = [];
  for await (const page of readEntries(db, ledger, 0)) {
    for (const entry of page) {
      if (entry.seq > lastSeq) break;
      for (const { number, document } of entry.lots)
        if (document !== null) documents.set(number, document);
      if (entry.order !== null && asked.has(entry.order) && entry.outcome === 'applied') {
        if (entry.kind === 'orderClosed') open.delete(entry.order);
        if (entry.detail?.reopens === true) open.add(entry.order);
      }
      if (isOf(entry)) entries.push(entry);
    }
  }
  const problems: Refusal[] = [...open].map((order) => ({
    ...{ code: 'bonded.note_order_open', path: 'orders', seen: order },
  }));
  if (problems.length > 0) throw new Refused('conflict', problems);
  const { lots, ...drawn } = drawNote(entries, await allParts(db, ledger));
  const named = [...new Set(lots.flatMap((lot) => documents.get(lot) ?? []))];
  return { ...drawn, lastSeq, lists: await store.listsAmong(db, ledger, named) };
}

async function scopeOf(db: Db, ledger: string, { filing, orders }: NoteInput) {
  if ((filing === null) === (orders.length === 0))
    throw new Refused('invalid', { code: 'bonded.note_of_what', path: 'filing' });
  if (filing === null) {
    const asked = new Set(orders);
    const isOf = ({ order }: Entry): boolean => order !== null && asked.has(order);
    return { isOf, lastSeq: await findHead(db, ledger) };
  }
  const state = await filings.find(db, filing);
  if (state?.ledger !== ledger || state.status !== 'writtenOff')
    throw new Refused('conflict', {
      ...{ code: 'bonded.note_filing_open', path: 'filing', seen: filing },
    });
  const last = await filings.findBefore(db, state);
  const reachOf = (of: { through: string; lastSeq: number } | null): Reach =>
    of ? { before: endOf(of.through), lastSeq: of.lastSeq } : NOTHING_FILED;
  const [now, filed] = [reachOf(state), reachOf(last)];
  return { isOf: (entry: Entry) => isCovered(entry, now, filed), lastSeq: state.lastSeq };
}
