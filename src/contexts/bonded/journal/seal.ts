import { hash } from 'node:crypto';
import { canonicalJson, sha256 } from '../../../kernel/canonical.ts';
import type { Instant } from '../../../kernel/dates.ts';
import type { Recorded, StoredEntry } from './store/entries.ts';

/** One link of a journal's chain, over a run of its rows. Hashes are SHA-256 in hexadecimal. */
export interface Seal {
  readonly ledger: string;
  readonly batch: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly rowHashes: readonly string[];
  readonly previousHash: string;
  readonly hash: string;
  readonly sealedAt: Instant;
}

/** What the first link stands on. */
const CHAIN_START = '0'.repeat(64);

/** Where a journal is not as it was sealed. `seq` is `null` when it is the link itself. */
export interface Broken {
  readonly ledger: string;
  readonly batch: number;
  readonly seq: number | null;
  readonly reason:
    | 'bonded.seal_missing'
    | 'bonded.chain_cut'
    | 'bonded.seal_altered'
    | 'bonded.row_missing'
    | 'bonded.row_altered'
    | 'bonded.row_added'
    /** `seq` is the first row of the page. */
    | 'bonded.page_altered';
}

/** What a row says, moments and numbers as text. */
interface RowSaid
  extends Pick<
    StoredEntry,
    'ledger' | 'seq' | 'event' | 'content' | 'kind' | 'outcome' | 'order_no' | 'document' | 'actor'
  > {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly movements: Buffer;
  readonly lots: readonly object[] | null;
  readonly detail: object | null;
}

/** The hash of everything a row says: of its canonical JSON, bytes in hexadecimal, whose fields stand here by name. */
function hashSaid(row: RowSaid): string {
  const { content, document, order_no } = row;
  const text =
    `{"actor":${JSON.stringify(row.actor)},` +
    `"content":${content === null ? 'null' : `"${content.toString('hex')}"`},` +
    `"detail":${canonicalJson(row.detail)},"document":${JSON.stringify(document)},` +
    `"event":${JSON.stringify(row.event)},"kind":"${row.kind}",` +
    `"ledger":${JSON.stringify(row.ledger)},"lots":${canonicalJson(row.lots)},` +
    `"movements":"${row.movements.toString('hex')}","occurred_at":"${row.occurredAt}",` +
    `"order_no":${JSON.stringify(order_no)},"outcome":"${row.outcome}",` +
    `"recorded_at":"${row.recordedAt}","seq":"${row.seq}"}`;
  return hash('sha256', text);
}

/** The hash of a row as it was read from the journal. */
const hashRow = (row: StoredEntry): string =>
  hashSaid({
    ...row,
    occurredAt: row.occurred_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
  });

/** The same of a row as it is written. */
export const hashRecorded = (ledger: string, { entry, content, movements }: Recorded): string =>
  hashSaid({
    ledger,
    seq: String(entry.seq),
    event: entry.event,
    content,
    kind: entry.kind,
    outcome: entry.outcome,
    order_no: entry.order,
    document: entry.document,
    occurredAt: entry.occurredAt,
    recordedAt: entry.recordedAt,
    actor: entry.actor,
    movements,
    lots: entry.lots.length === 0 ? null : entry.lots,
    detail: entry.detail,
  });

const hashSeal = (seal: Omit<Seal, 'hash'>): string =>
  sha256(
    [
      ...[seal.ledger, seal.batch, seal.firstSeq, seal.lastSeq, seal.sealedAt, seal.previousHash],
      ...seal.rowHashes,
    ].join('\n'),
  );

export const hashesOf = (rows: readonly StoredEntry[]): string[] => rows.map(hashRow);

/** Seals the rows that follow the last link, by their hashes. They are without a gap, since the journal is. */
export function sealRows(
  ledger: string,
  rowHashes: readonly string[],
  last: Seal | null,
  sealedAt: Instant,
): Seal {
  const firstSeq = (last?.lastSeq ?? 0) + 1;
  const seal = {
    ledger,
    batch: (last?.batch ?? 0) + 1,
    firstSeq,
    lastSeq: firstSeq + rowHashes.length - 1,
    rowHashes,
    previousHash: last?.hash ?? CHAIN_START,
    sealedAt,
  };
  return { ...seal, hash: hashSeal(seal) };
}

/** What is wrong with a link as it stands, its rows apart; `null` when it holds. */
export function findBrokenSeal(seal: Seal, previous: Seal | null): Broken | null {
  const broken = (reason: Broken['reason'], batch = seal.batch): Broken => ({
    ...{ ledger: seal.ledger, batch, seq: null, reason },
  });
  const expected = (previous?.batch ?? 0) + 1;
  if (seal.batch !== expected) return broken('bonded.seal_missing', expected);
  if (seal.previousHash !== (previous?.hash ?? CHAIN_START)) return broken('bonded.chain_cut');
  const follows = seal.firstSeq === (previous?.lastSeq ?? 0) + 1;
  return follows && seal.hash === hashSeal(seal) ? null : broken('bonded.seal_altered');
}

/**
 * The first of a link's rows that is not as it was sealed. The link itself must hold already: then what
 * it says of its rows is what was true when it was made.
 */
export function findBrokenRow(seal: Seal, rows: readonly StoredEntry[]): Broken | null {
  const broken = (seq: number, reason: Broken['reason']): Broken => ({
    ...{ ledger: seal.ledger, batch: seal.batch, seq, reason },
  });
  for (const [place, hash] of seal.rowHashes.entries()) {
    const expected = seal.firstSeq + place;
    const row = rows[place];
    if (!row || Number(row.seq) > expected) return broken(expected, 'bonded.row_missing');
    if (Number(row.seq) < expected) return broken(Number(row.seq), 'bonded.row_added');
    if (hashRow(row) !== hash) return broken(expected, 'bonded.row_altered');
  }
  const added = rows[seal.rowHashes.length];
  return added ? broken(Number(added.seq), 'bonded.row_added') : null;
}

/** The first number that is left out, or comes twice, of rows that no link speaks of yet. */
export function findGap(
  ledger: string,
  batch: number,
  last: number,
  seqs: readonly number[],
): Broken | null {
  for (const [place, seq] of seqs.entries()) {
    const expected = last + 1 + place;
    if (seq > expected) return { ledger, batch, seq: expected, reason: 'bonded.row_missing' };
    if (seq < expected) return { ledger, batch, seq, reason: 'bonded.row_added' };
  }
  return null;
}
