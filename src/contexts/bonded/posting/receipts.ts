import { contentHash } from '../../../kernel/canonical.ts';
import { type Refusal, seen } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import type { EventAnswer } from '../books/contract.ts';
import { postEvents } from '../books/permissions.ts';
import type { Books } from '../books/service.ts';
import type { EventKind, LedgerEvent } from '../contract.ts';
import { findTaken } from '../journal/store/entries.ts';
import type { NumberedPart } from '../ledgers/contract.ts';
import { ledgerStream } from '../ledgers/events.ts';
import { type ActDeps, actOn, ledgerFor, requireOpen } from '../ledgers/service/act.ts';
import { load } from '../ledgers/service/registration.ts';
import { findParts } from '../ledgers/store/parts.ts';
import type { PaperContent } from '../papers/contract.ts';
import * as papers from '../papers/store.ts';
import { quantityText } from '../quantity.ts';
import { quantityIn } from './quantity-in.ts';
import * as store from './store/receipts.ts';

/** What an ERP calls goods that a list brings or takes away. */
const DIRECTION: Partial<Readonly<Record<EventKind, 'in' | 'out'>>> = {
  ...{ imported: 'in', exported: 'out', reExported: 'out', soldAtHome: 'out' },
};
const LIST_NO = /^QD\d{6}[IE]\d{9}(?!\d)/;

/** The list an event is about, when its document begins with a list's number. */
const listOf = ({ kind, document }: LedgerEvent): string | null =>
  DIRECTION[kind] === undefined ? null : (LIST_NO.exec(document ?? '')?.[0] ?? null);

/**
 * The books as senders reach them. The list (核注清单) is the customs fact, and what moves the goods; an event by which
 * an ERP tells of the same goods, naming the list, confirms it: it is kept as a receipt beside the journal, and
 * where the two differ is told with the list and by the explanation of a count.
 */
export function withReceipts(books: Books, deps: ActDeps): Books {
  return {
    ...books,
    async post(actor, id, events) {
      const naming = events.filter((event) => listOf(event) !== null);
      if (naming.length === 0) return books.post(actor, id, events);
      requireOpen(await ledgerFor(deps.db, actor, id, postEvents));
      const numbers = naming.map((event) => listOf(event) ?? '');
      const lists = await store.directionsOf(deps.db, id, numbers);
      // What was taken as a movement before the list was known stays one, and is answered as before.
      const taken = await findTaken(
        deps.db,
        id,
        naming.map((event) => event.id),
      );
      const confirms = new Set(
        naming.filter(
          (event) =>
            !taken.has(event.id) &&
            lists.get(listOf(event) ?? '') === DIRECTION[event.kind] &&
            event.lines.some(({ bonded }) => bonded),
        ),
      );
      const others = events.filter((event) => !confirms.has(event));
      const moved = others.length === 0 ? [] : await books.post(actor, id, others);
      const kept = confirms.size === 0 ? [] : await keep(deps, actor, id, [...confirms]);
      return events.map(
        (event) => (confirms.has(event) ? kept.shift() : moved.shift()) as EventAnswer,
      );
    },
  };
}

/** Keeps receipts beside the journal, each whole or not at all. */
function keep(
  deps: ActDeps,
  actor: Actor,
  ledger: string,
  events: readonly LedgerEvent[],
): Promise<EventAnswer[]> {
  return actOn(deps, actor, ledger, postEvents, async (tx, { recordedAt: at, actor: by }) => {
    const { sites } = (await load(tx, ledger)).content;
    const parts = await findParts(tx, ledger, partsOf(events));
    const answers: EventAnswer[] = [];
    let last = await papers.count(tx, ledger);
    for (const event of events) {
      const problems = problemsOf(event, parts, sites);
      const said = problems.length > 0 ? [] : receiptsOf(event, parts, sites[0] ?? '');
      const { fresh, isOther } = await unknown(tx, ledger, said);
      if (isOther)
        problems.push({ code: 'bonded.event_id_taken', path: 'id', seen: seen(event.id) });
      const isKept = problems.length === 0;
      if (isKept && fresh.length > 0) {
        await papers.add(tx, ledger, last, fresh, { at, by });
        last += fresh.length;
      }
      answers.push({
        ...{ event: event.id, outcome: isKept ? 'confirms' : 'refused', seq: null },
        isRepeat: isKept && fresh.length === 0,
        problems: problems as EventAnswer['problems'],
      });
    }
    const refused = answers.filter(({ outcome }) => outcome === 'refused').length;
    const detail = { events: answers.length, confirm: answers.length - refused, refused };
    return { answer: answers, subject: ledgerStream(ledger), detail };
  });
}

const partsOf = (events: readonly LedgerEvent[]): string[] =>
  events.flatMap(({ lines }) => lines.map(({ part }) => part));

async function unknown(tx: Tx, ledger: string, said: readonly PaperContent[]) {
  const known = await papers.findHashes(
    tx,
    ledger,
    said.map(({ id }) => id),
  );
  const hashed = said.map((content) => ({ content, hash: contentHash(content) }));
  const fresh = hashed.filter(({ content }) => !known.has(content.id));
  const isOther =
    hashed.some(({ content, hash }) => known.has(content.id) && known.get(content.id) !== hash) ||
    (known.size > 0 && fresh.length > 0);
  return { fresh, isOther };
}

function problemsOf(
  { lines, site }: LedgerEvent,
  parts: ReadonlyMap<string, NumberedPart>,
  sites: readonly string[],
): Refusal[] {
  const problems: Refusal[] = [];
  if (site !== undefined && !sites.includes(site))
    problems.push({ code: 'bonded.site_unknown', path: 'site', seen: seen(site) });
  for (const [at, line] of lines.entries()) {
    if (!line.bonded) continue;
    const part = parts.get(line.part);
    const path = `lines[${at}]`;
    if (!part)
      problems.push({ code: 'bonded.part_unknown', path: `${path}.part`, seen: seen(line.part) });
    else if (quantityIn(part, line) === null)
      problems.push({
        ...{ code: 'bonded.unit_unknown', path: `${path}.unit`, seen: seen(line.unit) },
        params: { part: line.part, unit: part.unit },
      });
  }
  return problems;
}

function receiptsOf(
  event: LedgerEvent,
  parts: ReadonlyMap<string, NumberedPart>,
  firstSite: string,
): PaperContent[] {
  return event.lines.flatMap((line, at) => {
    const part = parts.get(line.part);
    if (!line.bonded || !part) return [];
    return [
      {
        ...{ id: store.receiptId(event.id, at), document: listOf(event), order: null },
        kind: DIRECTION[event.kind] === 'in' ? ('receipt' as const) : ('stockBill' as const),
        ...{ at: event.occurredAt, part: line.part, tells: event.kind },
        quantity: quantityText(quantityIn(part, line) ?? 0),
        ...{ from: line.from ?? null, to: null, site: event.site ?? firstSite, toSite: null },
        ...{ lot: line.lot ?? null, bonded: true },
      },
    ];
  });
}
