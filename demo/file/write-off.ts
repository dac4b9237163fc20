import { setTimeout as pause } from 'node:timers/promises';
import type {
  FilingDecision,
  FilingDetail,
  FilingRow,
  FilingStatus,
} from '../../src/contexts/bonded/writeoff/contract.ts';
import type { ManyPayments } from '../../src/contexts/duty/contract.ts';
import { QUARTER } from '../generate/calendar.ts';
import { type Client, unlessDone } from './client.ts';
import { count, tagsOfAll } from './count.ts';

/** Who has a part in a filing for write-off: the factory's system and signer, and two officers. */
export interface WriteOffPeople {
  readonly erp: Client;
  readonly signer: Client;
  readonly officer: Client;
  readonly confirmer: Client;
}

interface Period {
  /** The last day of it. */
  readonly through: string;
  /** How far it is taken: the next step is left to whoever looks at the port. */
  readonly until: 'signed' | 'decided' | 'paid';
  /** Where nothing was made yet: everything is counted again, and is there. */
  readonly isAllThere?: true;
}

const WHOLE_QUARTER: readonly Period[] = [{ through: QUARTER.to, until: 'signed' }];
/**
 * Before anything was made nothing is missing, and no officer looks. What the aircraft maker is short of two officers
 * settle, and its guarantee stands for the duty; no bank stands for the chip maker, which pays what it owes. The bicycle
 * factory waits for the officers.
 */
const PERIODS: Readonly<Record<string, readonly Period[]>> = {
  H22486000102: [{ through: QUARTER.to, until: 'decided' }],
  H22486000103: [
    { through: '2026-07-05', until: 'paid', isAllThere: true },
    { through: QUARTER.to, until: 'paid' },
  ],
};
/** The system of the factory sends no import lists, so that an officer states where its materials are from. */
const ORIGIN = 'KR';
const NOTE = '已向企业核实，原产地按进口报关单';
const PATIENCE_MS = 120_000;
const POLL_MS = 250;

/**
 * Files the quarter of a factory for write-off (报核). What is examined without a question is written off by itself,
 * at once or when it is paid; the rest is left to the officers of its office, and to whoever pays.
 */
export async function fileWriteOffs(
  ledger: string,
  stocktake: string,
  people: WriteOffPeople,
): Promise<void> {
  const { erp, signer } = people;
  const book = `/api/bonded/ledgers/${ledger}`;
  const at = `${book}/filings`;
  for (const [place, { through, until, isAllThere }] of (
    PERIODS[ledger] ?? WHOLE_QUARTER
  ).entries()) {
    const id = `BH-${ledger.slice(-3)}-${place + 1}`;
    if (isAllThere) {
      const tags = await tagsOfAll(erp, book, `${through}T15:59:59.000Z`);
      await count(erp, `${book}/stocktakes`, { id: through, name: '期初盘点', tags });
    }
    const counted = isAllThere ? through : stocktake;
    await erp.post(at, { id, kind: 'normal', through, stocktake: counted });
    await unlessDone(() => signer.post(`${at}/${id}/sign`, {}));
    if (until !== 'signed') await decide(`${at}/${id}`, people);
    if (until === 'paid') await pay(`${at}/${id}`, signer);
  }
}

/** One officer states what is not known of what is short and proposes to write it off; another confirms. */
async function decide(path: string, { officer, confirmer }: WriteOffPeople): Promise<void> {
  if ((await statusOf(officer, path)) === 'atOfficer') {
    const { rows } = await officer.get<{ rows: FilingRow[] }>(`${path}/rows?only=short&limit=500`);
    const stated = rows
      .filter(({ missing }) => missing.length > 0)
      .map(({ part }) => ({ part, origin: ORIGIN, reason: NOTE }));
    const decision: FilingDecision = { decision: 'writeOff', note: NOTE, stated };
    await officer.post(`${path}/decide`, decision);
  }
  if ((await statusOf(confirmer, path)) === 'decided')
    await confirmer.post(`${path}/confirm`, { agree: true });
}

/** Pays what is owed, and waits until that is booked and the period written off for it. */
async function pay(path: string, signer: Client): Promise<void> {
  const { filing } = await signer.get<FilingDetail>(path);
  if (filing.duty?.state === 'open') {
    const { bill: declaration, payable: amount } = filing.duty;
    const payment = { id: `PAY-${filing.id}`, declaration, amount, reference: `TX${filing.id}` };
    await signer.post('/api/duty/payments', { payments: [payment] } satisfies ManyPayments);
  }
  const started = Date.now();
  for (;;) {
    const status = await statusOf(signer, path);
    if (status === 'writtenOff') return;
    if (Date.now() - started > PATIENCE_MS)
      throw new Error(`${path} is ${status} two minutes after it was paid.`);
    await pause(POLL_MS);
  }
}

const statusOf = async (client: Client, path: string): Promise<FilingStatus> =>
  (await client.get<FilingDetail>(path)).filing.status;
