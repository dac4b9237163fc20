import { z } from 'zod';
import { Problem } from '../../cargo/contract.ts';
import {
  Account,
  EventKind,
  EventLine,
  LedgerEvent,
  LedgerId,
  OrderNo,
  PartKind,
  PartNo,
  SiteId,
} from '../contract.ts';

/** Decimal text, below nothing for the accounts that goods come from. */
const Quantity = z.string();

const column = <S extends z.ZodType>(of: S) => z.array(of).max(5_000);
/**
 * The lines of an event field by field: the first of every list is the first line, and so on. They are the same lines,
 * and the same event, in a third of the bytes.
 */
export const LineColumns = z.object({
  part: column(EventLine.shape.part),
  quantity: column(EventLine.shape.quantity),
  /** Where a line does not say what others do, `null`. */
  unit: column(EventLine.shape.unit.unwrap().nullable()).optional(),
  conversion: column(EventLine.shape.conversion.unwrap().nullable()).optional(),
  lot: column(EventLine.shape.lot.unwrap().nullable()).optional(),
  insteadOf: column(EventLine.shape.insteadOf.unwrap().nullable()).optional(),
  from: column(EventLine.shape.from.unwrap().nullable()).optional(),
  bonded: column(z.boolean().nullable()).optional(),
});
export type LineColumns = z.infer<typeof LineColumns>;

/** An event as it is sent: its lines one by one, or by column. */
export const SentEvent = LedgerEvent.extend({ columns: LineColumns.optional() });
export type SentEvent = z.infer<typeof SentEvent>;

export const PostInput = z.object({ events: z.array(SentEvent).min(1).max(1_000) });
export type PostInput = z.output<typeof PostInput>;

/**
 * What became of one event: done, kept until what it needs is there, or refused with every reason; or it confirms a
 * bonded inventory list (核注清单), which moves the goods itself.
 */
export const EventAnswer = z.object({
  event: z.string(),
  outcome: z.enum(['applied', 'held', 'refused', 'confirms']),
  /** Its row in the journal. */
  seq: z.number().int().nullable(),
  /** The same event was sent before, and this is what it was answered. */
  isRepeat: z.boolean(),
  problems: z.array(Problem),
});
export type EventAnswer = z.infer<typeof EventAnswer>;
export const PostAnswer = z.object({ answers: z.array(EventAnswer) });

export const PositionRow = z.object({
  part: PartNo,
  kind: PartKind,
  description: z.string(),
  unit: z.string(),
  /** 应剩余: what must be there by the book. */
  remainder: Quantity,
  accounts: z.partialRecord(Account, Quantity),
});
export type PositionRow = z.infer<typeof PositionRow>;

export const PositionSearch = z.object({
  /** The beginning of a part number. */
  q: z.string().trim().max(64).optional(),
  kind: PartKind.optional(),
  site: SiteId.optional(),
  /** Only parts of which this account holds something. */
  account: Account.optional(),
  /** The part after which to go on. */
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
export type PositionSearch = z.infer<typeof PositionSearch>;
export const PositionPage = z.object({
  /** The row of the journal up to which this holds. */
  asOf: z.number().int(),
  rows: z.array(PositionRow),
  next: z.number().int().nullable(),
});
export type PositionPage = z.infer<typeof PositionPage>;

export const LotRow = z.object({
  account: Account,
  site: SiteId,
  order: OrderNo.nullable(),
  lot: z.string(),
  document: z.string().nullable(),
  madeBy: OrderNo.nullable(),
  quantity: Quantity,
});
export const PartPosition = PositionRow.extend({ asOf: z.number().int(), lots: z.array(LotRow) });
export type PartPosition = z.infer<typeof PartPosition>;

const MovementRow = z.object({
  part: PartNo,
  lot: z.string().nullable(),
  from: Account,
  to: Account,
  fromSite: SiteId,
  toSite: SiteId,
  quantity: Quantity,
});
export const JournalRow = z.object({
  seq: z.number().int(),
  event: z.string(),
  kind: EventKind,
  outcome: z.enum(['applied', 'held']),
  order: OrderNo.nullable(),
  occurredAt: z.string(),
  recordedAt: z.string(),
  actor: z.string(),
  document: z.string().nullable(),
  movements: z.array(MovementRow),
});
export type JournalRow = z.infer<typeof JournalRow>;

export const OrderPage = z.object({
  order: OrderNo,
  product: PartNo.nullable(),
  version: z.string().nullable(),
  isClosed: z.boolean(),
  made: Quantity,
  /** Of each part, what the order took, net of what came back, and how that divides once it is closed. */
  uses: z.array(
    z.object({
      part: PartNo,
      unit: z.string(),
      used: Quantity,
      scrap: Quantity,
      inProcess: Quantity,
      embodied: Quantity,
      intangibleLoss: Quantity,
      excessUse: Quantity,
    }),
  ),
  entries: z.array(JournalRow),
});
export type OrderPage = z.infer<typeof OrderPage>;

/** An event that waits for what it needs. */
export const HeldRow = z.object({
  event: z.string(),
  kind: EventKind,
  order: OrderNo.nullable(),
  occurredAt: z.string(),
  actor: z.string(),
  /** Of each of its parts, what it needs and what there is. */
  lines: z.array(z.object({ part: PartNo, quantity: Quantity })),
});
export const HeldPage = z.object({ rows: z.array(HeldRow) });

/** So much of a lot; what it was made of follows it, one level deeper. */
export const MadeOfRow = z.object({
  level: z.number().int(),
  part: PartNo,
  lot: z.string(),
  document: z.string().nullable(),
  quantity: Quantity,
});
export type MadeOfRow = z.infer<typeof MadeOfRow>;
export const TraceBack = z.object({ order: OrderNo, madeOf: z.array(MadeOfRow) });
export type TraceBack = z.infer<typeof TraceBack>;

/** So much of a lot went into an order, and what that made; where those lots went follows, one level deeper. */
export const WentIntoRow = z.object({
  level: z.number().int(),
  part: PartNo,
  lot: z.string(),
  order: OrderNo,
  quantity: Quantity,
  made: z.array(z.object({ part: PartNo, lot: z.string() })),
});
export type WentIntoRow = z.infer<typeof WentIntoRow>;
export const TraceForward = z.object({
  part: PartNo,
  lot: z.string(),
  document: z.string().nullable(),
  wentInto: z.array(WentIntoRow),
});
export type TraceForward = z.infer<typeof TraceForward>;
export const LotAsked = z.object({ part: PartNo, lot: z.string().min(1).max(80) });
export const InLedger = z.object({ id: LedgerId });
