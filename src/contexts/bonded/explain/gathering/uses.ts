import { isEffective, type LocalDate } from '../../../../kernel/dates.ts';
import type { BomLine } from '../../boms/line.ts';
import type { View } from '../../boms/view.ts';
import type { Consumption } from '../../contract.ts';
import { rate } from '../../quantity.ts';
import type { Use } from '../evidence.ts';

/** Recorded consumption (单耗) of some products; of two for one version, part and first day the later holds. */
export function recordedUses(
  consumption: readonly Consumption[],
  products: ReadonlySet<string>,
): Use[] {
  const last = new Map<string, Use>();
  for (const { product, version, part, net, from, to, ...losses } of consumption) {
    if (!products.has(product)) continue;
    const lossRate = rate(losses.tangibleLossRate) + rate(losses.intangibleLossRate);
    last.set(JSON.stringify([product, version, part, from]), {
      ...{ product, version, part, net: rate(net), lossRate, from, to },
    });
  }
  return [...last.values()];
}

/**
 * What the bill of a product says, edition by edition: a bill has another edition from each day on which a line of it
 * begins or ends, and the edition is called by that day.
 */
export function billUses(view: View, product: string): Use[] {
  const lines = view.linesOf(product);
  const days = [...new Set(lines.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))];
  return days.sort().flatMap((from, at) => editionOf(product, lines, from, days[at + 1] ?? null));
}

function editionOf(
  product: string,
  lines: readonly BomLine[],
  from: LocalDate,
  to: LocalDate | null,
): Use[] {
  const byPart = new Map<string, Use>();
  for (const line of lines) {
    if (!isEffective(line, from)) continue;
    const { component: part, quantity, tangibleLossRate, intangibleLossRate } = line;
    const net = quantity + (byPart.get(part)?.net ?? 0n);
    const lossRate = tangibleLossRate + intangibleLossRate;
    byPart.set(part, { product, version: from, part, net, lossRate, from, to });
  }
  return [...byPart.values()];
}
