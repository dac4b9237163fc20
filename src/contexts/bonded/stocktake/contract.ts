import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import {
  Account,
  LedgerId,
  ONLY_SITE,
  PartKind,
  PartNo,
  QUANTITY_SHAPE,
  SiteId,
} from '../contract.ts';

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
  /** The number on the tag: a count takes it once. */
  tag: z.string().trim().min(1).max(80),
  part: PartNo,
  stock: CountedStock.default('materials'),
  site: SiteId.default(ONLY_SITE),
  quantity: CountedQuantity,
  countedAt: z.iso.datetime(),
  lot: z.string().trim().min(1).max(80).nullable().default(null),
  bin: z.string().trim().min(1).max(40).nullable().default(null),
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

/**
 * Which book a count is compared with. `occurred`: what had happened by the moment of the count, as far as it was
 * entered when the count was closed. `recorded`: what had been entered by the moment of the count.
 */
export const BookOf = z.enum(['occurred', 'recorded']);
export type BookOf = z.infer<typeof BookOf>;

export const StocktakeId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
const Day = z.string().refine(isLocalDate);

/** A count as it is begun; the caller chooses the id. */
export const StocktakeInput = z.object({
  id: StocktakeId,
  name: z.string().trim().max(120).default(''),
  scope: CountScope.prefault({}),
  rateBase: RateBase.default('consumption'),
  /** The first day of the period whose use, or whose imports, are the base; the day the ledger opened when not said. */
  periodFrom: Day.nullable().default(null),
  bookOf: BookOf.default('occurred'),
});
export type StocktakeInput = z.infer<typeof StocktakeInput>;

/** Most tags that one request carries, and one count has. */
export const TAGS_AT_ONCE = 1_000;
export const TAGS_MAX = 1_000_000;
export const TagsInput = z.object({ tags: z.array(CountLine).min(1).max(TAGS_AT_ONCE) });
export const TagsOutcome = z.object({
  taken: z.number().int(),
  /** Known already, as they are. */
  same: z.number().int(),
  /** How many the count has now. */
  tags: z.number().int(),
});
export type TagsOutcome = z.infer<typeof TagsOutcome>;

export const StocktakeStatus = z.enum(['open', 'closed']);
export type StocktakeStatus = z.infer<typeof StocktakeStatus>;

/** Decimal text, signed. */
const Signed = z.string();
/** What differs, in one currency; only parts whose value is recorded. */
export const Worth = z.object({ currency: z.string(), short: Signed, over: Signed, duty: Signed });
export type Worth = z.infer<typeof Worth>;

/** Every tag ends in exactly one of the last four. */
export const StocktakeFigures = z.object({
  /** Spots (part, account, site) that were counted, and of them those that differ. */
  spots: z.number().int(),
  differing: z.number().int(),
  short: z.number().int(),
  over: z.number().int(),
  /** In the scope and in the book, and nobody counted them: no difference is told of them. */
  notCounted: z.number().int(),
  /** Of the spots that differ, how many have no value, and how many no duty rate. */
  withoutValue: z.number().int(),
  withoutDutyRate: z.number().int(),
  worth: z.array(Worth),
  compared: z.number().int(),
  outOfScope: z.number().int(),
  unknownPart: z.number().int(),
  notOfTheLedger: z.number().int(),
});
export type StocktakeFigures = z.infer<typeof StocktakeFigures>;

export const Stocktake = StocktakeInput.extend({
  ledger: LedgerId,
  status: StocktakeStatus,
  tags: z.number().int(),
  openedAt: z.string(),
  openedBy: z.string(),
  closedAt: z.string().nullable(),
  closedBy: z.string().nullable(),
  /** The last row of the journal that the book figures know of. */
  asOf: z.number().int().nullable(),
  /** Set once it is closed: its figures never change again. */
  figures: StocktakeFigures.nullable(),
  /** How often it was explained; 0 for not yet. */
  explanations: z.number().int(),
});
export type Stocktake = z.infer<typeof Stocktake>;

export const StocktakeSearch = z.object({
  status: StocktakeStatus.optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type StocktakeSearch = z.infer<typeof StocktakeSearch>;
/** The newest first. */
export const StocktakePage = z.object({
  rows: z.array(Stocktake),
  next: z.number().int().nullable(),
});

/** One spot of a count: what the book says, what was found, and what lies between. */
export const DifferenceRow = z.object({
  number: z.number().int(),
  part: PartNo,
  kind: PartKind,
  description: z.string(),
  unit: z.string(),
  account: Account,
  site: SiteId,
  book: Signed,
  counted: Signed,
  /** Counted less book: above nothing 盘盈, below nothing 盘亏. */
  difference: Signed,
  countedAt: z.string(),
  /** |difference| over the base; the base is printed beside it. `null` where there is no base. */
  rate: z.string().nullable(),
  rateBase: RateBase,
  base: Signed.nullable(),
  /** Difference × value of one unit; `null` where nobody recorded the value. */
  value: Signed.nullable(),
  currency: z.string().nullable(),
  /** The most-favoured-nation rate of the day, a share; `null` where none is recorded, or it is no share of the value. */
  dutyRate: z.string().nullable(),
  /** Duty at stake on a shortage: value × rate, to the cent; `null` where either is not known, and for no shortage. */
  duty: Signed.nullable(),
  /** The tags behind it. */
  tags: z.array(z.string()),
});
export type DifferenceRow = z.infer<typeof DifferenceRow>;

export const DifferenceSearch = z.object({
  /** `differing` leaves out spots that agree. */
  show: z.enum(['differing', 'all']).default('differing'),
  /** The beginning of a part number. */
  q: z.string().trim().max(64).optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
export type DifferenceSearch = z.infer<typeof DifferenceSearch>;
export const DifferencePage = z.object({
  stocktake: Stocktake,
  rows: z.array(DifferenceRow),
  next: z.number().int().nullable(),
});
export type DifferencePage = z.infer<typeof DifferencePage>;

export const NotCountedRow = z.object({
  number: z.number().int(),
  part: PartNo,
  account: Account,
  site: SiteId,
  book: Signed,
});
export const NotCountedPage = z.object({
  rows: z.array(NotCountedRow),
  next: z.number().int().nullable(),
});

/** Where a tag ended; `null` while the count is open. */
export const TagEnd = z.enum(['compared', 'outOfScope', 'unknownPart', 'notOfTheLedger']);
export type TagEnd = z.infer<typeof TagEnd>;
export const TagRow = CountLine.extend({ number: z.number().int(), end: TagEnd.nullable() });
export type TagRow = z.infer<typeof TagRow>;
export const TagSearch = z.object({
  end: TagEnd.optional(),
  part: PartNo.optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
export type TagSearch = z.infer<typeof TagSearch>;
export const TagPage = z.object({ rows: z.array(TagRow), next: z.number().int().nullable() });

/** The position of parts at a moment, by what had happened then. */
export const PositionAtAsked = z.object({
  at: z.iso.datetime({ offset: true }),
  site: SiteId.optional(),
  /** The beginning of a part number. */
  q: z.string().trim().max(64).optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
export type PositionAtAsked = z.infer<typeof PositionAtAsked>;

export const ListSearch = TagSearch.pick({ cursor: true, limit: true });
export const InStocktake = z.object({ id: LedgerId, stocktake: StocktakeId });
