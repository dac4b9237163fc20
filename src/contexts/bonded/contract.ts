import { z } from 'zod';
import { isLocalDate } from '../../kernel/dates.ts';

const Day = z.string().refine(isLocalDate);
const Instant = z.iso.datetime();
const name = (max: number) => z.string().trim().min(1).max(max);

/** Plain decimal text: at most five places for a quantity, nine for a rate (the width of 单耗 and 损耗率). */
export const QUANTITY_SHAPE = /^\d{1,11}(?:\.(\d{1,5})0*)?$/;
export const RATE_SHAPE = /^\d{1,9}(?:\.(\d{1,9})0*)?$/;

/** A quantity above nothing: `12.5`. */
export const QuantityText = z.string().regex(QUANTITY_SHAPE).regex(/[1-9]/);
/** `0.015` is one and a half per cent. */
export const RateText = z.string().regex(RATE_SHAPE);

export const LedgerId = z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,29}$/);
export const PartNo = name(64);
export const OrderNo = name(64);
export const SiteId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/);
/** Where a ledger names no sites, everything is at this one. */
export const ONLY_SITE = 'main';

/**
 * Where goods of a bonded ledger can be. Every movement takes a quantity of one part from one account and
 * gives it to another, so what all accounts hold of a part always adds up to nothing (double entry).
 * The order is the journal's code of each: new ones go at the end.
 */
export const Account = z.enum([
  /** Came in under bond: imports, transfers in, opening balances. Holds less than nothing. */
  'customsIn',
  /** 料件 in the store. */
  'rawMaterial',
  /** 在产品: issued to an order that is still open. */
  'inProcess',
  /** 半成品 in the store. */
  'semiFinished',
  /** 成品 in the store. */
  'finished',
  /** 边角料: tangible loss, kept under control until it is sold, sent away or destroyed. */
  'scrap',
  /** 残次品. */
  'defective',
  /** 副产品. */
  'byProduct',
  /** 在途: between two sites of one ledger. */
  'inTransit',
  /** 外发加工: at a subcontractor's. */
  'outsourced',
  /** Became part of what was made. */
  'embodied',
  /** 无形损耗: gone by a recorded rate. */
  'intangibleLoss',
  /** Used beyond what the recorded consumption and its losses allow: a difference, to be explained. */
  'excessUse',
  /** What was made came from here. Holds less than nothing. */
  'made',
  /** 内销. */
  'domesticSale',
  /** 复出: materials sent abroad as they came. */
  'reExport',
  /** 成品出口, and carried forward for deep processing. */
  'export',
  /** 销毁. */
  'destroyed',
  /** 盘盈 and 盘亏: what a count found beside the book, once it is written off. */
  'countGain',
  'countLoss',
]);
export type Account = z.infer<typeof Account>;

/** How a ledger is written off (核销方式): by declared unit consumption, the enterprise as a unit, or work orders. */
export const WriteOffMode = z.enum(['unitConsumption', 'enterpriseUnit', 'workOrder']);
export type WriteOffMode = z.infer<typeof WriteOffMode>;

/** Which import line a use is charged to. */
export const LotPolicy = z.enum(['specific', 'fifo', 'proportional']);
export type LotPolicy = z.infer<typeof LotPolicy>;

/** What is done with a use of more than there is: refused, or kept until the stock arrives. Never clamped. */
export const BeyondStock = z.enum(['refuse', 'hold']);
export type BeyondStock = z.infer<typeof BeyondStock>;

/** 料件, 半成品, 成品, 副产品. */
export const PartKind = z.enum(['material', 'semiFinished', 'finished', 'byProduct']);
export type PartKind = z.infer<typeof PartKind>;

export const Part = z.object({
  part: PartNo,
  kind: PartKind,
  description: z.string().trim().max(200).default(''),
  hsCode: z
    .string()
    .regex(/^\d{8,10}$/)
    .nullable()
    .default(null),
  /** The unit the ledger counts in; the ERP's own is converted by `Line.conversion`. */
  unit: name(16),
  /** Value of one unit, for what a difference is worth. */
  unitValue: z.string().nullable().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .default(null),
});
export type Part = z.infer<typeof Part>;

/**
 * One product's consumption of one part (单耗): what one unit takes up (净耗), and what of the use may be
 * lost without a trace (无形损耗率) or as scrap (有形损耗率). Effective by date; recorded when it was known.
 */
export const Consumption = z.object({
  product: PartNo,
  version: name(32),
  part: PartNo,
  net: RateText,
  tangibleLossRate: RateText.default('0'),
  intangibleLossRate: RateText.default('0'),
  /** What the rate rests on: a filed 单耗, a test report. */
  evidence: z.string().trim().max(200).default(''),
  from: Day,
  to: Day.nullable().default(null),
});
export type Consumption = z.infer<typeof Consumption>;

/** A bonded ledger (账册) as it is registered. */
export const LedgerInput = z.object({
  id: LedgerId,
  enterprise: name(18),
  name: name(120),
  office: z.string().regex(/^\d{4}$/),
  mode: WriteOffMode,
  lots: LotPolicy.default('fifo'),
  beyondStock: BeyondStock.default('hold'),
  sites: z.array(SiteId).min(1).max(16).default([ONLY_SITE]),
  opensOn: Day,
  closesOn: Day.nullable().default(null),
});
export type LedgerInput = z.infer<typeof LedgerInput>;

/** What can happen to goods of a ledger. Every correction is a reversal and a new event. */
export const EventKind = z.enum([
  /** Goods in under bond: an import line, a transfer in, an opening balance. Opens a lot. */
  'imported',
  'orderOpened',
  'issued',
  'overIssued',
  /** Issued in place of another part, named by `insteadOf`. */
  'substituted',
  'returned',
  /** Tangible loss (边角料) of a part on an order. */
  'scrapped',
  /** A product or a part found defective (残次品). */
  'rejected',
  'byProduced',
  /** Finished or semi-finished goods of an order, into the store. */
  'received',
  /** Goods taken apart: the product goes into the order, its parts are received from it. */
  'disassembled',
  'recovered',
  'sentOut',
  'cameBack',
  /** Between two sites of the ledger (一司两地): no declaration. */
  'moved',
  'arrived',
  'orderClosed',
  'exported',
  'soldAtHome',
  'reExported',
  'destroyed',
  'reversed',
  /** 盘亏 and 盘盈: what a write-off filing brings the book to. Only customs enters these. */
  'countedShort',
  'countedOver',
]);
export type EventKind = z.infer<typeof EventKind>;

/** Entered by a write-off alone, and never reversed. */
export const OF_CUSTOMS: readonly EventKind[] = ['countedShort', 'countedOver'];

export const EventLine = z.object({
  part: PartNo,
  quantity: QuantityText,
  /** The unit of `quantity`; the part's own where it is not said. */
  unit: z.string().max(16).optional(),
  /** Units of the part in one of `unit`. */
  conversion: RateText.optional(),
  /** A lot by name: an import line, or the lot of a product. */
  lot: name(80).optional(),
  insteadOf: PartNo.optional(),
  /** The account it is taken from, where the kind leaves a choice: scrap sold at home. */
  from: z
    .enum(['rawMaterial', 'semiFinished', 'finished', 'scrap', 'defective', 'byProduct'])
    .optional(),
  /** Domestic goods go through an order without being of the ledger. */
  bonded: z.boolean().default(true),
});
export type EventLine = z.infer<typeof EventLine>;

/** What an ERP, a gate or a list says happened. Its id is the sender's own and is taken once. */
export const LedgerEvent = z.object({
  id: name(80),
  kind: EventKind,
  occurredAt: Instant,
  order: OrderNo.optional(),
  /** Of an order: what it makes, by which version, how much is planned. */
  product: PartNo.optional(),
  version: name(32).optional(),
  planned: QuantityText.optional(),
  site: SiteId.optional(),
  /** Of a move: where to. */
  toSite: SiteId.optional(),
  /** Of a reversal: the id of the event it undoes. */
  reverses: name(80).optional(),
  /** The paper behind it: a list and its line, a declaration, a stock bill. */
  document: name(80).optional(),
  lines: z.array(EventLine).max(5_000).default([]),
});
export type LedgerEvent = z.infer<typeof LedgerEvent>;
