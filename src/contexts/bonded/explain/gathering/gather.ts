import { createHash } from 'node:crypto';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { type Bills, readBills } from '../../boms/service.ts';
import { count as countBills } from '../../boms/store.ts';
import { findHead, readEntries } from '../../journal/store/entries.ts';
import { countRefused, readRefused } from '../../journal/store/refused.ts';
import { type LedgerBook, readLedgerBook } from '../../ledgers/service/read.ts';
import type { PaperRow } from '../../papers/contract.ts';
import * as papers from '../../papers/store.ts';
import { quantity, rate, signedQuantity } from '../../quantity.ts';
import {
  ACCOUNT_OF,
  type DifferenceRow,
  type Stocktake,
  type TagRow,
} from '../../stocktake/contract.ts';
import * as differences from '../../stocktake/store/differences.ts';
import { allTags } from '../../stocktake/store/tags.ts';
import type { EvidenceHeads } from '../contract.ts';
import type { Differing, Evidence, Paper, Posting, Substitute, Tag, Use } from '../evidence.ts';
import { createOrders } from './orders.ts';
import { type Known, postingOf, refusedPostings } from './postings.ts';
import { billUses, recordedUses } from './uses.ts';
import { wouldMove } from './would-move.ts';

type Watch = (progress: {
  readonly step: 'reading';
  readonly done: number;
  readonly of: number;
}) => void;

/** How far each source is written by now. */
export async function headsOf(db: Db, ledger: string): Promise<EvidenceHeads> {
  const book = await readLedgerBook(db, ledger);
  return {
    ...{ journal: await findHead(db, ledger), papers: await papers.count(db, ledger) },
    ...{ refusedEvents: await countRefused(db, ledger), bills: await countBills(db, ledger) },
    ...{ parts: book.parts.length, consumption: book.consumption.length },
  };
}

/**
 * Everything the explanation of a closed count may look at, read up to the given heads. All sources are only ever
 * added to, so the same heads give the same evidence, whenever they are read.
 */
export async function gatherEvidence(
  db: Db,
  stocktake: Stocktake,
  heads: EvidenceHeads,
  watch: Watch = () => {},
): Promise<Evidence> {
  const { ledger: id } = stocktake;
  const whole = await readLedgerBook(db, id);
  const book: LedgerBook = {
    ...whole,
    parts: whole.parts.slice(0, heads.parts),
    consumption: whole.consumption.slice(0, heads.consumption),
  };
  const partOf = new Map(book.parts.map((part) => [part.part, part]));
  const orders = createOrders(book.parts);
  const known: Known = {
    ...{ sites: book.ledger.sites, parts: book.parts, partOf, productOf: orders.productOf },
  };
  const byId = new Map<string, Posting>();
  for await (const entries of readEntries(db, id, 0)) {
    const read = entries.at(-1)?.seq ?? 0;
    watch({ step: 'reading', done: Math.min(read, heads.journal), of: heads.journal });
    for (const entry of entries) {
      if (entry.seq > heads.journal) break;
      orders.take(entry);
      const posting = postingOf(known, entry, entry.seq > (stocktake.asOf ?? 0));
      // What was held and could go on stands once, as it was entered.
      if (posting) byId.set(posting.id, posting);
    }
  }
  const refused = refusedPostings(known, await readRefused(db, id, heads.refusedEvents), (event) =>
    byId.has(event),
  );
  const bills = await readBills(db, id, heads.bills);
  const usesOf = usesBy(book, bills);
  const facts = orders.facts((product) => new Set(usesOf(product).map(({ version }) => version)));
  const postings = [...byId.values(), ...refused];
  return {
    bookOf: stocktake.bookOf,
    differences: (await allDifferences(db, stocktake)).map(differing),
    postings,
    papers: (await papers.readAll(db, id, heads.papers)).map((paper) => paperOf(paper, known)),
    orders: facts,
    consumptions: [...new Set(facts.map(({ product }) => product))].flatMap(usesOf),
    substitutes: substitutesOf(bills, postings),
    tags: (await allTags(db, id, stocktake.id)).flatMap(tagOf),
  };
}

/** Recorded consumption where a product has it, else its bill in all its editions. */
function usesBy({ consumption }: LedgerBook, { boms }: Bills): (product: string) => Use[] {
  const recorded = new Map<string, Use[]>();
  const products = new Set(consumption.map(({ product }) => product));
  for (const use of recordedUses(consumption, products))
    recorded.set(use.product, [...(recorded.get(use.product) ?? []), use]);
  const compiled = new Map<string, Use[]>();
  return (product) => {
    const known = recorded.get(product) ?? compiled.get(product) ?? billUses(boms.now, product);
    compiled.set(product, known);
    return known;
  };
}

async function allDifferences(db: Db, stocktake: Stocktake): Promise<DifferenceRow[]> {
  const { rows } = await differences.list(db, stocktake, {
    ...{ show: 'all', limit: Number.MAX_SAFE_INTEGER - 1 },
  });
  return rows;
}

const differing = (row: DifferenceRow): Differing => ({
  ...{ part: row.part, account: row.account, site: row.site, countedAt: row.countedAt },
  ...{ book: signedQuantity(row.book), counted: signedQuantity(row.counted) },
  difference: signedQuantity(row.difference),
});

/** Goods that a paper saw come from and go to places of the ledger. */
function paperOf(paper: PaperRow, { partOf }: Known): Paper {
  const { id, kind, document, order, at, lot, bonded, tells, site, toSite } = paper;
  const part = partOf.get(paper.part);
  const told =
    part && tells !== null
      ? wouldMove(
          { kind: tells, ...(order !== null && { order }), ...(toSite !== null && { toSite }) },
          { part: paper.part, quantity: paper.quantity, bonded: true },
          part,
          { site, product: null },
        )
      : null;
  return {
    ...{ id, kind, tells, document, order, at, lot, bonded, part: paper.part },
    quantity: quantity(paper.quantity),
    from: paper.from === null ? (told?.from ?? null) : { account: paper.from, site },
    to: paper.to === null ? (told?.to ?? null) : { account: paper.to, site: toSite ?? site },
  };
}

/** Alternatives that were recorded, and those the ERP itself used. */
function substitutesOf({ alternatives }: Bills, postings: readonly Posting[]): Substitute[] {
  const byPair = new Map<string, Substitute>();
  for (const { part, instead, ratio, id } of alternatives)
    byPair.set(`${part}\t${instead}`, {
      ...{ part, instead, ratio: rate(ratio), record: `alternative:${id}` },
    });
  for (const { id, lines, state } of postings)
    for (const [at, { part: instead, insteadOf: part }] of lines.entries())
      if (state === 'applied' && part !== null && !byPair.has(`${part}\t${instead}`))
        byPair.set(`${part}\t${instead}`, {
          ...{ part, instead, ratio: rate('1'), record: `posting:${id}#${at}` },
        });
  return [...byPair.values()];
}

function tagOf(tag: TagRow): Tag[] {
  const account = ACCOUNT_OF[tag.stock];
  if (account === null || tag.end !== 'compared') return [];
  const { part, site, bin } = tag;
  return [{ id: tag.tag, part, account, site, bin, quantity: quantity(tag.quantity) }];
}

/** SHA-256 over the evidence, list by list: equal evidence, equal hash. */
export function hashOf(evidence: Evidence): string {
  const hash = createHash('sha256');
  for (const [name, list] of Object.entries(evidence)) {
    hash.update(`${name}\n`);
    for (const item of typeof list === 'string' ? [list] : list) hash.update(`${textOf(item)}\n`);
  }
  return hash.digest('hex');
}
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each));
