import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { Problem, TimelineEntry } from '../../cargo/contract.ts';
import { EventKind, LedgerId, OrderNo, PartKind, PartNo } from '../contract.ts';
import { RateBase } from '../stocktake/contract.ts';

/** Why a person has to look, or what is missing: its sentence is made from the code. */
export type Reason = z.infer<typeof Problem>;

const Day = z.string().refine(isLocalDate);
/** Decimal text; below nothing where more was taken back than given. */
const Quantity = z.string();
const Yuan = z.string();
const note = z.string().trim().max(2000);

/** Chosen by whoever drafts; the same id with the same content is the same filing. */
export const FilingId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/);

/** 申报类型 1 正常, 2 补充, 3 海关处置 (chgoffTypecd). */
export const FilingKind = z.enum(['normal', 'supplementary', 'customsDisposal']);
export type FilingKind = z.infer<typeof FilingKind>;

export const FilingStatus = z.enum([
  'drafted',
  /** Examined: only the duty on its shortages is open. */
  'awaitingPayment',
  /** Examined: a person has to look. */
  'atOfficer',
  /** One officer has decided, another must confirm (四眼). */
  'decided',
  'writtenOff',
  'returned',
  'withdrawn',
]);
export type FilingStatus = z.infer<typeof FilingStatus>;

/** The columns of a row, in the order they are added up. What each adds or takes is `SIGN` in `figures.ts`. */
export const Figure = z.enum([
  /** 进口: came in under bond (impOrExpTotalQty of materials). */
  'imported',
  /** What orders made, and what was recovered from goods taken apart. */
  'made',
  /** 退换进口. */
  'exchangedIn',
  /** 消耗: embodied in what was made (csmTotalQty). */
  'consumed',
  /** 无形损耗 (intgbLossQty). */
  'intangibleLoss',
  /** Used beyond the recorded consumption: gone, and part of the difference. */
  'excessUse',
  /** 内销 (sdinQty). */
  'domesticSale',
  /** 复出 (reexpQty). */
  'reExported',
  /** 出口 (impOrExpTotalQty of products). */
  'exported',
  /** 深加工结转 (dprcsCrdwImpexpQty). */
  'carriedOver',
  /** 余料转出 (remainMtpckTrfoutQty). */
  'transferredOut',
  /** 退换出口 (endprdRetnExchExpQty). */
  'exchangedOut',
  /** 销毁 (mtpckEndprdDstryQty, lfmtDstryQty). */
  'destroyed',
]);
export type Figure = z.infer<typeof Figure>;

/** What stands in other columns already, told apart. */
export const OfWhich = z.enum([
  /** 有形损耗: became scrap (边角料) and is still on hand until it leaves (tgblLossQty, lfmtImprQty). */
  'tangibleLoss',
  'scrapSold',
  'scrapDestroyed',
]);
export type OfWhich = z.infer<typeof OfWhich>;

export const FilingDraft = z.object({
  id: FilingId,
  kind: FilingKind.default('normal'),
  /** The last day it covers. A supplementary filing covers the period that is closed already. */
  through: Day.optional(),
  /** The count its actual remainder comes from; a supplementary filing has that of what it supplements. */
  stocktake: z.string().trim().min(1).max(80).nullable().default(null),
  dryRun: z.boolean().default(false),
});
export type FilingDraft = z.infer<typeof FilingDraft>;

export const FilingSigning = z.object({ dryRun: z.boolean().default(false) });
export const FilingNote = z.object({ note: note.default('') });

/** What an officer states of a part whose duty could not be computed. */
export const Stated = z.object({
  part: PartNo,
  hsCode: z
    .string()
    .regex(/^\d{8,10}$/)
    .optional(),
  origin: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** Of all that is missing, in yuan. */
  value: z
    .string()
    .regex(/^\d{1,14}(\.\d{1,2})?$/)
    .optional(),
  reason: z.string().trim().min(1).max(500),
});
export type Stated = z.infer<typeof Stated>;
export const FilingDecision = z.object({
  decision: z.enum(['writeOff', 'return']),
  note: note.min(1),
  stated: z.array(Stated).max(500).default([]),
});
export type FilingDecision = z.infer<typeof FilingDecision>;
export const FilingConfirmation = z.object({ agree: z.boolean(), note: note.default('') });

export const FilingDuty = z.object({
  /** The bill in duty's ledger: it is paid or guaranteed there. */
  bill: z.string(),
  payable: Yuan,
  taxes: z.array(z.object({ kind: z.string(), payable: Yuan })),
  /** 缓税利息. */
  interest: Yuan,
  interestFrom: Day,
  interestDays: z.number().int(),
  state: z.enum(['nothingOwed', 'open', 'guaranteed', 'paid']),
});
export type FilingDuty = z.infer<typeof FilingDuty>;

export const FilingTotals = z.object({
  materials: z.number().int(),
  products: z.number().int(),
  short: z.number().int(),
  over: z.number().int(),
  beyondTolerance: z.number().int(),
  notCounted: z.number().int(),
  /** Short, and their duty cannot be computed. */
  unassessed: z.number().int(),
});
export type FilingTotals = z.infer<typeof FilingTotals>;

/** What an office lets pass without a look. It waives an investigation and never a duty. */
export const Tolerance = z.object({ rate: z.string(), base: RateBase, source: z.string() });
export type Tolerance = z.infer<typeof Tolerance>;

/** A write-off filing (报核) of one ledger and period. */
export const Filing = z.object({
  id: FilingId,
  ledger: LedgerId,
  /** 报核次数: its place among the filings of the ledger that are written off. */
  number: z.number().int(),
  kind: FilingKind,
  status: FilingStatus,
  version: z.number().int(),
  from: Day,
  through: Day,
  /** The last row of the journal it knows of: what is recorded later is a supplementary filing's. */
  lastSeq: z.number().int(),
  stocktake: z.string().nullable(),
  /** SHA-256 of what the explanation rested on; `null` without a count. */
  evidence: z.string().nullable(),
  /** SHA-256 of its rows: the same journal and count give the same. */
  figuresHash: z.string(),
  tolerance: Tolerance,
  totals: FilingTotals,
  duty: FilingDuty.nullable(),
  /** Why a person has to look; empty for none. */
  reasons: z.array(Problem),
  decision: FilingDecision.extend({ by: z.string(), at: z.string() }).nullable(),
  caseId: z.string().nullable(),
  draftedBy: z.string(),
  draftedAt: z.string(),
  signedBy: z.string().nullable(),
  signedAt: z.string().nullable(),
  writtenOffAt: z.string().nullable(),
  /** Written off with no officer. */
  isAutomatic: z.boolean().nullable(),
});
export type Filing = z.infer<typeof Filing>;

export const FilingAct = z.enum(['sign', 'withdraw', 'decide', 'confirm']);
export type FilingAct = z.infer<typeof FilingAct>;

export const FilingDetail = z.object({
  filing: Filing,
  timeline: z.array(TimelineEntry.extend({ seq: z.number().int() })),
  allowed: z.array(FilingAct),
});
export type FilingDetail = z.infer<typeof FilingDetail>;

const limit = z.coerce.number().int().min(1).max(500).default(100);
export const FilingSearch = z.object({
  status: FilingStatus.optional(),
  q: z.string().trim().max(60).optional(),
  /** Only what waits for an officer. */
  waiting: z.enum(['true', 'false']).default('false'),
  cursor: z.string().max(60).optional(),
  limit,
});
export type FilingSearch = z.infer<typeof FilingSearch>;
export const FilingPage = z.object({ rows: z.array(Filing), next: z.string().nullable() });
export type FilingPage = z.infer<typeof FilingPage>;

export const Cause = z.object({
  cause: z.string(),
  quantity: Quantity,
  records: z.array(z.string()),
});

/** One part of a filing: what must remain, what does, and what is owed for the difference. */
export const FilingRow = z.object({
  part: PartNo,
  partKind: PartKind,
  kind: z.enum(['material', 'product']),
  description: z.string(),
  unit: z.string(),
  hsCode: z.string().nullable(),
  /** 期初 (vclrPridInitQty): the closing balance of the filing before. */
  opening: Quantity,
  figures: z.record(Figure, Quantity),
  ofWhich: z.record(OfWhich, Quantity),
  /** What the book holds at the end of the period: opening and all figures added up. */
  remainder: Quantity,
  /** 应剩余 (shdRemainQty): the book, and what was used beyond the recorded consumption. */
  shouldRemain: Quantity,
  /** What was counted, at the moment of the count; `null` for not counted, or not everywhere. */
  counted: Quantity.nullable(),
  /** Of the difference from the book, what records identify and is still to be entered; signed. */
  explained: Quantity,
  /** Of the difference from the book, what no record identifies; signed. */
  unexplained: Quantity,
  /** 实际剩余 (actlRemainQty), at the end of the period. */
  actualRemain: Quantity.nullable(),
  /** 差异 (dsmlQty): actual less should remain. */
  difference: Quantity.nullable(),
  base: Quantity,
  /** 差异率 (dsmlRate) of what is not explained; `null` where there is nothing to divide by. */
  rate: z.string().nullable(),
  isWithinTolerance: z.boolean().nullable(),
  /** 核增 and 核减 (vrfaddQty, vrfredQty): what write-off brings the book to, place by place. */
  adjustedUp: Quantity,
  adjustedDown: Quantity,
  /** 本期结余 (tcycleBalQty): the opening balance of the next filing. */
  closing: Quantity,
  /** Missing and not explained, with excess use: what duty is owed for. */
  shortage: Quantity,
  causes: z.array(Cause),
  duty: z
    .object({
      value: Yuan,
      origin: z.string(),
      customsValue: Yuan,
      payable: Yuan,
    })
    .nullable(),
  /** 折料: the materials that a missing product is owed for as; `null` where the part is owed for itself, or not at all. */
  madeOf: z
    .object({
      /** By what orders of the period really took, or by the consumption on record. */
      basis: z.enum(['actual', 'filed']),
      materials: z.array(
        z.object({
          part: PartNo,
          quantity: Quantity,
          value: Yuan,
          origin: z.string(),
          customsValue: Yuan,
          payable: Yuan,
        }),
      ),
    })
    .nullable()
    .default(null),
  /** Why no duty can be computed for the shortage. */
  missing: z.array(Problem),
});
export type FilingRow = z.infer<typeof FilingRow>;

export const RowSearch = z.object({
  q: z.string().trim().max(64).optional(),
  only: z.enum(['all', 'different', 'short']).default('all'),
  kind: z.enum(['material', 'product']).optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit,
});
export type RowSearch = z.infer<typeof RowSearch>;
export const FilingRowPage = z.object({
  rows: z.array(FilingRow),
  next: z.number().int().nullable(),
});

export const EntrySearch = z.object({
  part: PartNo,
  figure: Figure.or(OfWhich),
  cursor: z.coerce.number().int().min(0).optional(),
  limit,
});
export type EntrySearch = z.infer<typeof EntrySearch>;
/** The rows of the journal that a figure rests on: their quantities add up to it. */
export const FigureEntries = z.object({
  total: Quantity,
  rows: z.array(
    z.object({
      seq: z.number().int(),
      event: z.string(),
      kind: EventKind,
      order: OrderNo.nullable(),
      document: z.string().nullable(),
      occurredAt: z.string(),
      recordedAt: z.string(),
      actor: z.string(),
      quantity: Quantity,
    }),
  ),
  next: z.number().int().nullable(),
});
export type FigureEntries = z.infer<typeof FigureEntries>;

export const InFiling = z.object({ id: LedgerId, filing: FilingId });
