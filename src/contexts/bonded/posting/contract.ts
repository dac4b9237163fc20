import { z } from 'zod';
import { Problem, TimelineEntry } from '../../cargo/contract.ts';
import { EventLine, LedgerId, PartNo, QuantityText, RateText, SiteId } from '../contract.ts';

/** QD, customs office, year, I or E, serial: eighteen characters. */
const ListNo = z.string().regex(/^QD\d{6}[IE]\d{9}$/);

/** Types of list (清单类型), as far as they differ in what posts them. */
export const ListType = z.enum([
  /** 普通清单. */
  'ordinary',
  /** 集报清单: its goods have passed by stock bills already. */
  'consolidated',
  /** 先入区后报关. */
  'enterFirst',
  /** 区内流转: between two ledgers of a zone, one list on each side. */
  'intraZone',
  /** 深加工结转: to another manufacturer, one list on each side. */
  'carriedOver',
  /** 余料结转: to another ledger, one list on each side. */
  'transferredOut',
  /** 内销. */
  'domesticSale',
]);
export type ListType = z.infer<typeof ListType>;

/** 核扣方式: D adds what the list says, F takes another list back, N nothing, NF nothing but the balance is checked. */
const PostingMode = z.enum(['add', 'reverse', 'none', 'checkOnly']);

/** 核扣标记 0 未核扣, 1 预核扣, 2 已核扣, 3 已核销. */
const PostingState = z.enum(['notPosted', 'prePosted', 'posted', 'writtenOff']);

export const ConditionKind = z.enum([
  /** The declaration is released. */
  'released',
  /** All goods have passed the gates. */
  'crossed',
  /** An officer has accepted a list that no declaration covers. */
  'accepted',
  /** The list of the other side is there, and the two agree. */
  'otherSide',
]);
export type ConditionKind = z.infer<typeof ConditionKind>;

const ListLine = z.object({
  lineNo: z.number().int().min(1).max(10_000),
  part: PartNo,
  quantity: QuantityText,
  unit: EventLine.shape.unit,
  conversion: RateText.optional(),
  /** Of a line that goes out: the lot it is of, and where it is taken from. */
  lot: EventLine.shape.lot,
  from: EventLine.shape.from,
  /** Value of the whole line at the frontier. */
  value: z
    .string()
    .regex(/^\d{1,14}(\.\d{1,2})?$/)
    .nullable()
    .default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .default(null),
  origin: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
});

/** A bonded inventory list (核注清单) as it is filed. */
export const ListInput = z.object({
  no: ListNo,
  type: ListType.default('ordinary'),
  mode: PostingMode.default('add'),
  direction: z.enum(['in', 'out']),
  /** The first site of the ledger where it is not said. */
  site: SiteId.optional(),
  /** The declaration that covers it; `null` for a list without one (非报关). */
  declaration: z.string().trim().min(1).max(64).nullable().default(null),
  /** Of a transfer: the list of the other side. */
  otherSide: ListNo.nullable().default(null),
  /** Of mode `reverse`: the list it takes back. */
  reverses: ListNo.nullable().default(null),
  /** 退换: goods that came back, or go in their place. */
  isExchange: z.boolean().default(false),
  lines: z.array(ListLine).max(1_000),
});
export type ListInput = z.infer<typeof ListInput>;
export const ListFiling = z.object({ list: ListInput, dryRun: z.boolean().default(false) });
export type ListFiling = z.infer<typeof ListFiling>;

const note = z.string().trim().max(2000).default('');
export const ListAnswer = z.object({ accept: z.boolean(), note });
export const ListNote = z.object({ note });

export const ListStanding = z.object({
  kind: ConditionKind,
  metAt: z.string().nullable(),
  /** The event that met it. */
  evidence: z.string().nullable(),
});
export type ListStanding = z.infer<typeof ListStanding>;

export const BondedList = z.object({
  no: ListNo,
  ledger: LedgerId,
  status: z.enum(['filed', 'rejected', 'withdrawn']),
  posting: PostingState,
  version: z.number().int(),
  content: ListInput,
  /** Passports under it that have passed, and whether that is all of it. */
  passports: z.number().int(),
  conditions: z.array(ListStanding),
  postedAt: z.string().nullable(),
  /** What the ledger answered to its event. */
  entry: z
    .object({
      event: z.string(),
      outcome: z.enum(['applied', 'held', 'refused', 'confirms']),
      seq: z.number().int().nullable(),
      problems: z.array(Problem),
    })
    .nullable(),
  filing: z.string().nullable(),
  filedBy: z.string(),
  filedAt: z.string(),
});
export type BondedList = z.infer<typeof BondedList>;

export const ListAct = z.enum(['answer', 'withdraw']);
export type ListAct = z.infer<typeof ListAct>;
/** What was received for a list, as the ERP tells it, beside what the list says: what differs has to be looked into. */
export const ListReceipt = z.object({
  part: PartNo,
  listed: z.string(),
  received: z.string(),
  /** Received less listed. */
  difference: z.string(),
});
export type ListReceipt = z.infer<typeof ListReceipt>;
export const ListDetail = z.object({
  list: BondedList,
  /** Empty while nobody told of any receipt. */
  receipts: z.array(ListReceipt),
  timeline: z.array(TimelineEntry.extend({ seq: z.number().int() })),
  allowed: z.array(ListAct),
});
export type ListDetail = z.infer<typeof ListDetail>;

export const ListSearch = z.object({
  posting: PostingState.optional(),
  q: z.string().trim().max(30).optional(),
  waiting: z.enum(['true', 'false']).default('false'),
  cursor: z.string().max(30).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ListSearch = z.infer<typeof ListSearch>;
export const ListPage = z.object({ rows: z.array(BondedList), next: z.string().nullable() });
export type ListPage = z.infer<typeof ListPage>;
export const InList = z.object({ id: LedgerId, list: ListNo });
