import { isEffective, type LocalDate } from '../../../kernel/dates.ts';
import type { Consumption } from '../contract.ts';
import { type Rate, rate } from '../quantity.ts';

/** What one unit of a product may use of one part. */
export interface Norm {
  /** 净耗: what one unit takes up. */
  readonly net: Rate;
  /** 无形损耗率: of the use, what may be gone without a trace. */
  readonly intangibleLossRate: Rate;
}

/** The recorded consumption of a product's version on a day; `null` where none is recorded. */
export type NormOf = (
  product: string,
  version: string | null,
  part: string,
  on: LocalDate,
) => Norm | null;

/**
 * Norms as they were recorded. Where an order names no version, the one whose validity began last on its
 * day is meant.
 */
export function normsOf(recorded: readonly Consumption[]): NormOf {
  const byProduct = new Map<string, Map<string, (Consumption & { readonly norm: Norm })[]>>();
  // Of two for one first day the later recorded holds, so it stands in front.
  for (const each of recorded.toReversed()) {
    const norm = { net: rate(each.net), intangibleLossRate: rate(each.intangibleLossRate) };
    const byPart = byProduct.get(each.product) ?? new Map<string, never>();
    byProduct.set(each.product, byPart);
    const versions = byPart.get(each.part);
    if (versions) versions.push({ ...each, norm });
    else byPart.set(each.part, [{ ...each, norm }]);
  }
  for (const byPart of byProduct.values())
    for (const versions of byPart.values()) versions.sort((a, b) => (a.from < b.from ? 1 : -1));
  return (product, version, part, on) =>
    byProduct
      .get(product)
      ?.get(part)
      ?.find((each) => (version === null || each.version === version) && isEffective(each, on))
      ?.norm ?? null;
}
