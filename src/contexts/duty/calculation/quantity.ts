import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { DutyRequestLine } from './contract.ts';

/** Units that differ by a power of ten only, so that one is exactly the other. */
const FAMILIES: readonly Readonly<Record<string, number>>[] = [
  // gram, kilogram, tonne
  { '036': -3, '035': 0, '070': 3 },
  // millilitre, litre, kilolitre
  { '096': -3, '095': 0, '063': 3 },
  // piece, hundred, thousand, ten thousand, hundred million
  { '007': 0, '043': 2, '054': 3, '038': 4, '056': 8 },
  // stick
  { '012': 0, '041': 2, '143': 3 },
  // metre, kilometre
  { '030': 0, '147': 3 },
];
const KILOGRAM = '035';

/** The quantity of a line in the unit the tariff speaks of; null where the line does not say it. */
export function quantityIn(unit: string, line: DutyRequestLine): Decimal | null {
  const stated: [string | null | undefined, string | null | undefined][] = [
    [line.quantity, line.unit],
    [line.secondQuantity, line.secondUnit],
    [line.netMassKg, KILOGRAM],
  ];
  for (const isSame of [true, false]) {
    for (const [text, own] of stated) {
      if (!text || !own || (own === unit) !== isSame) continue;
      const power = isSame ? 0 : powerBetween(own, unit);
      const quantity = power === null ? null : parseDecimal(text);
      if (quantity && power !== null && quantity.coefficient > 0n) return shift(quantity, power);
    }
  }
  return null;
}

function powerBetween(from: string, to: string): number | null {
  for (const family of FAMILIES) {
    const [a, b] = [family[from], family[to]];
    if (a !== undefined && b !== undefined) return a - b;
  }
  return null;
}

function shift({ coefficient, scale }: Decimal, power: number): Decimal {
  return power > 0
    ? { coefficient: coefficient * 10n ** BigInt(power), scale }
    : { coefficient, scale: scale - power };
}
