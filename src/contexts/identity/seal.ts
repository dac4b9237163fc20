import { canonicalJson, sha256 } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/dates.ts';
import type { AuditRow, AuditVerification } from './contract.ts';

/** One link of the audit chain. Hashes are SHA-256 in hexadecimal. */
export interface Seal {
  readonly batch: number;
  readonly rowIds: readonly string[];
  readonly rowHashes: readonly string[];
  readonly previousHash: string;
  readonly hash: string;
  readonly sealedAt: Instant;
}

/** What the first link stands on. */
const CHAIN_START = '0'.repeat(64);

/** The hash of a row without its seal, which it gets afterwards. */
function hashRow(row: AuditRow): string {
  const { sealedIn: _, ...content } = row;
  return sha256(canonicalJson(content));
}

const hashSeal = (seal: Omit<Seal, 'hash'>): string =>
  sha256(
    [seal.batch, seal.sealedAt, seal.previousHash, ...seal.rowIds, ...seal.rowHashes].join('\n'),
  );

/** Seals rows onto the chain. Which rows is a matter of when they were seen, so a gap is no break. */
export function sealRows(rows: readonly AuditRow[], last: Seal | null, sealedAt: Instant): Seal {
  const seal = {
    batch: (last?.batch ?? 0) + 1,
    rowIds: rows.map((row) => row.id),
    rowHashes: rows.map(hashRow),
    previousHash: last?.hash ?? CHAIN_START,
    sealedAt,
  };
  return { ...seal, hash: hashSeal(seal) };
}

export type Broken = NonNullable<AuditVerification['firstBroken']>;

/** What is wrong with a link as it stands, its rows apart; `null` when it holds. */
export function findBrokenSeal(seal: Seal, previous: Seal | null): Broken | null {
  const broken = (reason: string): Broken => ({ batch: seal.batch, row: null, reason });
  const expected = (previous?.batch ?? 0) + 1;
  if (seal.batch !== expected)
    return { batch: expected, row: null, reason: 'identity.seal_missing' };
  if (seal.previousHash !== (previous?.hash ?? CHAIN_START)) return broken('identity.chain_cut');
  return seal.hash === hashSeal(seal) ? null : broken('identity.seal_altered');
}

/**
 * The first row that is not as it was sealed. The link itself must hold already: then what it says
 * of its rows is what was true when it was made.
 */
export function findBrokenRow(seal: Seal, rows: readonly AuditRow[]): Broken | null {
  const broken = (row: string, reason: string): Broken => ({ batch: seal.batch, row, reason });
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const [place, id] of seal.rowIds.entries()) {
    const row = found.get(id);
    if (!row) return broken(id, 'identity.row_missing');
    const isSame = row.sealedIn === seal.batch && hashRow(row) === seal.rowHashes[place];
    if (!isSame) return broken(id, 'identity.row_altered');
    found.delete(id);
  }
  const added = found.keys().next();
  return added.done ? null : broken(added.value, 'identity.row_added');
}
