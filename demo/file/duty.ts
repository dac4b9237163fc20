import type { BillPage, Statement } from '../../src/contexts/duty/contract.ts';
import type { Row } from '../table.ts';
import { type Client, unlessDone } from './client.ts';
import { inParallel } from './parallel.ts';

/** The day of the month on which consolidated tax is paid; the law asks for the fifth working day. */
const PAYING_DAY = '03';
const PAGE = 200;
const AT_ONCE = 4;
/** Payments are ordered in working hours, some time after the bill is there. */
const PAID_AFTER_MS = { least: 20 * 60_000, most: 20 * 3_600_000 };
const HOUSE_BANKS = ['演示银行上海分行', '演示财产保险公司', '演示建设银行'] as const;
const LIMIT_YUAN = '200000000';
const GRADES_WITH_GUARANTEE = new Set(['advancedCertified', 'certified']);

export interface Treasurers {
  /** Applies for payers, and has the officer approve. */
  secure(payers: readonly string[]): Promise<void>;
  /** Pays what was assessed up to a day and is not carried by a guarantee; each month, what is. */
  pay(day: string): Promise<void>;
}

/** Who pays for the demo port's importers: certified ones once a month, the others bill by bill. */
export function createTreasurers(singleWindow: Client, officer: Client): Treasurers {
  return {
    async secure(payers) {
      await inParallel(payers, AT_ONCE, async (payer) => {
        const id = `TG-${payer}`;
        const guarantor = HOUSE_BANKS[payer.charCodeAt(9) % HOUSE_BANKS.length];
        await unlessDone(() =>
          singleWindow.post('/api/duty/guarantees', {
            ...{ id, payer, office: '2225', kind: 'total', form: 'bank', limit: LIMIT_YUAN },
            ...{ validFrom: '2026-01-01', validTo: '2027-06-30', guarantor, consolidated: true },
            ...{ reference: `BH-${payer.slice(-8)}`, occurredAt: '2026-06-20T01:00:00.000Z' },
          }),
        );
        await unlessDone(() =>
          officer.post(`/api/duty/guarantees/${id}/answer`, {
            ...{ approve: true, note: '资信良好' },
            occurredAt: '2026-06-22T01:00:00.000Z',
          }),
        );
      });
    },

    async pay(day) {
      await payBills(singleWindow);
      if (day.endsWith(`-${PAYING_DAY}`)) await payMonth(singleWindow, day);
    },
  };
}

async function payBills(client: Client): Promise<void> {
  let cursor: string | null = null;
  const payments: object[] = [];
  do {
    const page: BillPage = await client.get(
      `/api/duty/bills?status=payable&limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    for (const { declaration, assessedAt, outstanding } of page.rows) {
      payments.push({
        ...{ id: `PAY-${declaration}`, declaration, amount: outstanding },
        ...{ reference: `TX${declaration}`, occurredAt: paidAt(declaration, assessedAt) },
      });
    }
    cursor = page.next;
  } while (cursor);
  if (payments.length > 0) await client.post('/api/duty/payments', { payments });
}

/** Later for some than for others, and always the same for one. */
function paidAt(declaration: string, assessedAt: string): string {
  let chance = 0;
  for (const letter of declaration) chance = (chance * 31 + letter.charCodeAt(0)) % 9973;
  const { least, most } = PAID_AFTER_MS;
  return new Date(Date.parse(assessedAt) + least + (chance / 9973) * (most - least)).toISOString();
}

async function payMonth(client: Client, day: string): Promise<void> {
  const { statements } = await client.get<{ statements: Statement[] }>(
    `/api/duty/statements?limit=${PAGE}`,
  );
  const due = statements.filter(
    ({ period, outstanding }) => period < day.slice(0, 7) && outstanding !== '0.00',
  );
  await inParallel(due, AT_ONCE, async ({ payer, period, outstanding }) => {
    await unlessDone(() =>
      client.post(`/api/duty/statements/${payer}/${period}/payments`, {
        ...{ id: `PAY-${payer}-${period}`, amount: outstanding },
        ...{ reference: `HZ${payer.slice(-8)}${period}`, occurredAt: `${day}T02:30:00.000Z` },
      }),
    );
  });
}

/** Firms certified in the quarter: those a bank stands for. */
export function payersWithGuarantee(grades: readonly Row[]): string[] {
  const payers = grades
    .filter(({ grade, to }) => GRADES_WITH_GUARANTEE.has(grade ?? '') && !to)
    .map(({ uscc }) => uscc ?? '');
  return [...new Set(payers)];
}
