import { setTimeout as sleep } from 'node:timers/promises';
import type { PassportRow } from '../../src/contexts/cargo/gates/contract.ts';
import type { Bill, BillRow } from '../../src/contexts/cargo/manifests/contract.ts';
import type { ReleasePage } from '../../src/contexts/cargo/releases/contract.ts';
import type { DeclarationRow } from '../../src/contexts/clearance/contract.ts';
import type { BillPage } from '../../src/contexts/duty/contract.ts';
import type { LedgerCheck } from '../../src/contexts/duty/ledger/contract.ts';
import { call } from '../port.ts';
import type { Outcome } from './order.ts';
import { bearing } from './world.ts';

const PAGE = 200;
const SETTLED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 1_000;

export interface Recount {
  /** Acknowledged and not there. */
  readonly lost: readonly string[];
  /** There more than once, or there though nobody was told so. */
  readonly doubled: readonly string[];
}

/**
 * Counts everything in the port, through its lists as anybody reads them, against what it
 * acknowledged: declarations, what they take of their bills, crossings, payments and notices.
 */
export async function recount(
  url: string,
  supervisor: string,
  { filed, crossed, paid, acknowledged }: Outcome,
  log: (line: string) => void,
): Promise<Recount> {
  const lost: string[] = [];
  const doubled: string[] = [];
  const read = <T>(path: string): Promise<T> => call<T>(url, bearing(supervisor), path);
  async function* pages<T>(path: string): AsyncGenerator<T> {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const more: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const page: { rows: T[]; next: string | null } = await read(`${path}?limit=${PAGE}${more}`);
      yield* page.rows;
      cursor = page.next;
    }
  }

  const declarations = new Map<string, DeclarationRow>();
  const numbers = new Set<string>();
  for await (const row of pages<DeclarationRow>('/api/declarations')) {
    if (declarations.has(row.id)) doubled.push(`declaration ${row.id}`);
    if (!(row.id in filed)) doubled.push(`declaration ${row.id} that nobody was told of`);
    if (row.number !== null && numbers.has(row.number)) doubled.push(`number ${row.number}`);
    if (row.number !== null) numbers.add(row.number);
    declarations.set(row.id, row);
  }
  for (const [id, outcome] of Object.entries(filed)) {
    const row = declarations.get(id);
    if (!row || (outcome !== 'returned' && row.number === null)) lost.push(`declaration ${id}`);
  }

  const claimed = new Map<string, number>();
  for await (const bill of pages<BillRow>('/api/bills')) {
    claimed.set(bill.number, bill.claims);
    if (bill.claims > 1 || bill.claimedPackages > (bill.packages ?? 0)) {
      doubled.push(`claims on bill ${bill.number}: ${bill.claims}`);
    }
  }
  await lookIntoBills(read, claimed, declarations, lost);

  log(`counted ${declarations.size} declarations and ${claimed.size} bills`);
  const passports = new Map<string, PassportRow>();
  for await (const row of pages<PassportRow>('/api/passports')) {
    if (passports.has(row.number)) doubled.push(`passport ${row.number}`);
    passports.set(row.number, row);
  }
  const through = new Set(crossed);
  for (const number of through) {
    if (passports.get(number)?.state !== 'crossed') lost.push(`crossing of ${number}`);
  }
  for (const { number, state } of passports.values()) {
    if (state === 'crossed' && !through.has(number)) doubled.push(`crossing of ${number}`);
  }

  await compareMoney(read, paid, lost, doubled);
  log(`counted ${passports.size} passports and the money`);
  await compareNotices(read, declarations, acknowledged, lost, doubled);
  return { lost, doubled };
}

type Read = <T>(path: string) => Promise<T>;

/** Every accepted declaration with a bill holds its part of it: counted where lists show it, else opened. */
async function lookIntoBills(
  read: Read,
  claimed: ReadonlyMap<string, number>,
  declarations: ReadonlyMap<string, DeclarationRow>,
  lost: string[],
): Promise<void> {
  const free = [...claimed].filter(([, claims]) => claims === 0).map(([number]) => number);
  for (const number of free) {
    const { bill } = await read<{ bill: Bill }>(`/api/bills/${encodeURIComponent(number)}`);
    const id = number.replace('SHA', '').replace(/^(\D)0+(?=\d)/, '$1');
    const row = declarations.get(id);
    const ended = row?.status === 'returned' || row?.status === 'cancelled';
    if (row && !ended && bill.claims.length === 0) lost.push(`claim of ${id} on ${number}`);
  }
}

/** What was paid is what payers were told was applied, to the cent, and the books agree with themselves. */
async function compareMoney(
  read: Read,
  paid: Outcome['paid'],
  lost: string[],
  doubled: string[],
): Promise<void> {
  const { totals } = await read<BillPage>('/api/duty/bills?limit=1');
  const told = Object.values(paid).reduce((all, applied) => all + cents(applied), 0n);
  const kept = cents(totals.paid);
  if (kept < told) lost.push(`money: ${told - kept} cents`);
  if (kept > told) doubled.push(`money: ${kept - told} cents`);
  const check = await read<LedgerCheck>('/api/duty/ledger/check');
  if (!check.balanced) doubled.push('the books do not balance');
  const broken = [...check.postings, ...check.bills, ...check.guarantees];
  doubled.push(...broken.map((each) => `books: ${each}`));
}

const cents = (yuan: string): bigint => BigInt(yuan.replace('.', ''));

/** One notice for each release; the notices follow the releases within moments. */
async function compareNotices(
  read: Read,
  declarations: ReadonlyMap<string, DeclarationRow>,
  acknowledged: Outcome['acknowledged'],
  lost: string[],
  doubled: string[],
): Promise<void> {
  const released = [...declarations.values()].filter(({ status }) => status === 'released');
  const started = Date.now();
  for (;;) {
    const notices = await noticesOf(read);
    const missing = released.filter(({ id }) => !notices.byDeclaration.has(id));
    const isLate = Date.now() - started > SETTLED_WITHIN_MS;
    if (missing.length > 0 && !isLate) {
      await sleep(LOOK_EVERY_MS);
      continue;
    }
    lost.push(...missing.map(({ id }) => `notice of ${id}`));
    for (const id of acknowledged) {
      const status = notices.status.get(id);
      if (status === undefined || status === 'notified') lost.push(`acknowledgement of ${id}`);
    }
    for (const [declaration, count] of notices.byDeclaration) {
      if (count > 1) doubled.push(`${count} notices of ${declaration}`);
    }
    return;
  }
}

async function noticesOf(read: Read) {
  const status = new Map<string, string>();
  const byDeclaration = new Map<string, number>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page: ReleasePage = await read(`/api/releases?limit=${PAGE}${more}`);
    for (const release of page.releases) {
      const { declaration } = release.notice;
      status.set(release.id, release.status);
      // Goods in two stages leave by the notice of their removal, and have no other.
      byDeclaration.set(declaration, (byDeclaration.get(declaration) ?? 0) + 1);
    }
    cursor = page.next;
  }
  return { status, byDeclaration };
}
