import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LocalDate } from '../../../kernel/dates.ts';
import { isEffective } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Consumption } from '../contract.ts';
import { quantity, quantityText, type Rate, rate, times } from '../quantity.ts';
import type { LedgerMapping } from './contract.ts';
import { readEntries } from './entries.ts';
import { loadLedgerMapping } from './mapping.ts';

/** What a quantity of a product takes up on a day, one level down. Empty where no bill of that day is known. */
export type Explode = (
  product: string,
  made: string,
  on: LocalDate,
) => readonly { readonly part: string; readonly quantity: string }[];

/** Explodes by bills of materials; rounded once for each part, half away from zero. */
export function explodeBy(bills: readonly Consumption[]): Explode {
  const byProduct = new Map<
    string,
    { from: string; to: string | null; part: string; net: Rate }[]
  >();
  for (const { product, from, to, part, net } of bills) {
    const line = { from, to, part, net: rate(net) };
    const lines = byProduct.get(product);
    if (lines) lines.push(line);
    else byProduct.set(product, [line]);
  }
  return (product, made, on) => {
    const units = quantity(made);
    return (byProduct.get(product) ?? [])
      .filter((line) => isEffective(line, on))
      .map(({ part, net }) => ({ part, used: times(units, net) }))
      .filter(({ used }) => used > 0)
      .map(({ part, used }) => ({ part, quantity: quantityText(used) }));
  };
}

/** The bills a mapping explodes by: the file given, else the first that stands beside the imported one. */
export async function openBills(
  mapping: LedgerMapping,
  file: string,
  given?: string,
): Promise<Explode | null> {
  if (!mapping.bom) return null;
  const names = mapping.bom.files;
  const path = given ?? (await firstThere(names.map((name) => join(dirname(file), name))));
  if (path === null) {
    const params = { mapping: mapping.name, files: names.join(', ') };
    throw new Refused('invalid', { code: 'bonded.import_no_bom_file', params });
  }
  const bills: Consumption[] = [];
  const bom = await loadLedgerMapping(mapping.bom.mapping);
  for await (const batch of readEntries(path, bom, 'consumption')) {
    const [bad] = batch.refused;
    if (bad) {
      const { line, column, seen, code } = bad;
      throw new Refused('invalid', {
        ...{ code: 'bonded.import_bom_row', path: `${path}:${line}`, seen },
        params: { line, column, problem: code },
      });
    }
    for (const { value } of batch.entries) bills.push(value);
  }
  return explodeBy(bills);
}

async function firstThere(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}
