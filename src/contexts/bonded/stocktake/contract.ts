import { z } from 'zod';
import { type Account, PartNo, QUANTITY_SHAPE, SiteId } from '../contract.ts';

/**
 * What is counted: the eleven parts of actual stock (实际剩余), and the two that are kept under control
 * beside them, scrap and by-products.
 */
export const CountedStock = z.enum([
  /** 料件. */
  'materials',
  /** 在产品: on the line. */
  'onTheLine',
  /** 在制品: between two steps. */
  'betweenSteps',
  /** 半成品, in the store. */
  'semiFinished',
  /** 成品. */
  'finished',
  /** 外发加工. */
  'outsourced',
  /** 厂外存放: ours, in a store elsewhere. */
  'storedElsewhere',
  /** 内购: bought at home, not of the ledger. */
  'boughtAtHome',
  /** 在途料件. */
  'materialsInTransit',
  /** 在途成品. */
  'productsInTransit',
  /** 残次品. */
  'defective',
  /** 边角料. */
  'scrap',
  /** 副产品. */
  'byProduct',
]);
export type CountedStock = z.infer<typeof CountedStock>;

/**
 * The account of the ledger each is compared with. Goods bought at home have none: they are counted so that
 * they can be told apart from bonded ones.
 */
export const ACCOUNT_OF: Readonly<Record<CountedStock, Account | null>> = {
  materials: 'rawMaterial',
  onTheLine: 'inProcess',
  betweenSteps: 'inProcess',
  semiFinished: 'semiFinished',
  finished: 'finished',
  outsourced: 'outsourced',
  storedElsewhere: 'rawMaterial',
  boughtAtHome: null,
  materialsInTransit: 'inTransit',
  productsInTransit: 'inTransit',
  defective: 'defective',
  scrap: 'scrap',
  byProduct: 'byProduct',
};

/** Decimal text with at most five places; `0` says that somebody looked and found nothing. */
export const CountedQuantity = z.string().regex(QUANTITY_SHAPE);

/** One tag of a count (盘点票): what somebody found in one bin at one moment. */
export const CountLine = z.object({
  part: PartNo,
  stock: CountedStock.default('materials'),
  site: SiteId,
  quantity: CountedQuantity,
  countedAt: z.iso.datetime(),
  lot: z.string().trim().min(1).max(80).nullable().default(null),
  bin: z.string().trim().min(1).max(40).nullable().default(null),
  tag: z.string().trim().min(1).max(40).nullable().default(null),
});
export type CountLine = z.infer<typeof CountLine>;

/** What a count was to cover. Everything where a list is absent; what lies outside has no difference. */
export const CountScope = z.object({
  parts: z.array(PartNo).max(100_000).nullable().default(null),
  sites: z.array(SiteId).max(16).nullable().default(null),
  stocks: z.array(CountedStock).nullable().default(null),
});
export type CountScope = z.infer<typeof CountScope>;

/** What a difference is measured against (差异率的基数). Offices differ, so the figure is printed with it. */
export const RateBase = z.enum([
  /** 本期耗用: what the period used. */
  'consumption',
  /** 期初加进口: what there was and what came in. */
  'openingAndImports',
]);
export type RateBase = z.infer<typeof RateBase>;
