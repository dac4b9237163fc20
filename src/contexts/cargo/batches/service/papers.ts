import { toText } from '../../../../kernel/decimal.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import type { Paper } from '../../gates/contract.ts';
import * as papers from '../../gates/store/papers.ts';
import type { StockBill } from '../contract.ts';
import * as applications from '../store/applications.ts';
import * as store from '../store/stock-bills.ts';

/** Whether a passport that has not crossed yet may still carry some of a bill. */
export async function isOnPassport(tx: Tx, id: string): Promise<boolean> {
  const key = { kind: 'stockBill', no: id } as const;
  await papers.lock(tx, [key]);
  const claims = await papers.claimedOf(tx, [key]);
  return claims.some(({ claimed, crossed }) => claimed !== crossed);
}

/** Stock bills as gates ask for them: what may pass under each in all, and whether it still may. */
export async function stockBillPapers(tx: Tx, nos: readonly string[]): Promise<Paper[]> {
  const bills = [...(await store.find(tx, nos)).values()];
  const batches = [...new Set(bills.map(({ batch }) => batch))];
  const heads = await applications.find(tx, batches);
  const lines = await applications.linesOf(tx, batches);
  return bills.map((bill) => {
    const own = lines.get(bill.batch);
    const status = heads.get(bill.batch)?.status;
    return {
      kind: 'stockBill',
      no: bill.id,
      organisation: bill.organisation,
      zone: bill.zone,
      direction: bill.direction,
      declaration: null,
      inOrder: bill.status !== 'cancelled' && (status === 'open' || status === 'suspended'),
      licensed: false,
      toBeInspected: false,
      hazardous: false,
      bulk: false,
      lines: bill.lines.map((line) => ({
        lineNo: line.lineNo,
        description: own?.get(line.lineNo)?.description.slice(0, 200) ?? '',
        hsCode: own?.get(line.lineNo)?.hsCode ?? null,
        unit: own?.get(line.lineNo)?.unit ?? '',
        quantity: toText(line.quantity),
        grossMassKg: toText(line.grossMassKg),
      })),
    };
  });
}

export function shownBill(
  bill: store.StoredBill,
  lines: ReadonlyMap<number, applications.Line>,
): StockBill {
  const { batch, contentHash: _h, version: _v, ...rest } = bill;
  return {
    ...rest,
    application: batch,
    lines: bill.lines.map((line) => ({
      lineNo: line.lineNo,
      quantity: toText(line.quantity),
      netMassKg: toText(line.netMassKg),
      grossMassKg: toText(line.grossMassKg),
      packages: line.packages,
      passed: toText(line.passed.quantity),
      partNo: lines.get(line.lineNo)?.partNo ?? '',
      description: lines.get(line.lineNo)?.description ?? '',
      unit: lines.get(line.lineNo)?.unit ?? '',
    })),
  };
}
