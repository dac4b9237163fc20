import { add, type Decimal, parseDecimal, toText, ZERO } from '../../../../kernel/decimal.ts';
import { put } from '../../reading/composites.ts';
import type { Document } from '../../reading/table.ts';

/** A bill has the totals of its goods where it states none, and the containers its goods are in. */
export function settleBill(bill: Document): void {
  // Who supplies ships as well, where nobody else is said to.
  if (bill.shipper === undefined && bill.supplier !== undefined) {
    bill.shipper = bill.supplier;
    delete bill.supplier;
  }
  // North American profiles call a bill by a shipment's number (AAM), which comes first.
  const [reference] = (bill.references ?? []) as Document[];
  put(bill, 'number', reference?.number);
  const items = (bill.items ?? []) as Document[];
  bill.items = items;
  if (bill.grossMassKg === undefined) put(bill, 'grossMassKg', massOf(items));
  if (bill.packages === undefined) put(bill, 'packages', packagesIn(items));
  put(bill, 'packages', bill.pieces);
  const [first] = items;
  put(bill, 'packageKind', first?.packageKind);
  put(bill, 'hsCode', items.length === 1 ? first?.hsCode : undefined);
  if (bill.description === undefined) {
    const texts = items.map(({ description }) => description).filter((text) => text !== undefined);
    put(bill, 'description', texts.join('; '));
  }
  put(bill, 'marks', first?.marks);
  put(bill, 'dangerous', items.find(({ dangerous }) => dangerous)?.dangerous);
}

/** The mass of all goods, where each has its own. */
function massOf(items: readonly Document[]): string | undefined {
  const [only] = items;
  if (items.length === 1) return only?.grossMassKg as string | undefined;
  const masses = items.map(({ grossMassKg }) => parseDecimal(String(grossMassKg ?? '')));
  if (masses.length === 0 || masses.includes(null)) return undefined;
  return toText(masses.reduce<Decimal>((sum, mass) => add(sum, mass ?? ZERO), ZERO));
}

function packagesIn(items: readonly Document[]): number | undefined {
  const counts = items.map(({ packages }) => packages);
  if (counts.length === 0 || counts.some((count) => typeof count !== 'number')) return undefined;
  return counts.reduce<number>((sum, count) => sum + Number(count), 0);
}

/** The containers a bill has goods in, as they were listed ahead of all bills. */
export function gatherContainers(bill: Document, equipment: ReadonlyMap<string, Document>): void {
  const containers = (bill.containers ?? []) as Document[];
  const listed = new Set(containers.map(({ number }) => number));
  for (const item of (bill.items ?? []) as Document[]) {
    for (const { number } of (item.containers ?? []) as Document[]) {
      if (listed.has(number)) continue;
      listed.add(number);
      containers.push(equipment.get(String(number)) ?? { number, seals: [] });
    }
  }
  bill.containers = containers;
}
