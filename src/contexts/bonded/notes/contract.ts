import { z } from 'zod';
import { LedgerId, OrderNo, PartNo } from '../contract.ts';
import { FilingId } from '../writeoff/contract.ts';

const NoteId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/);
const Quantity = z.string();

/** Most orders that one note names. */
const ORDERS_MAX = 500;

/** Of a period that is written off, or of orders that are closed; the caller chooses the id. */
export const NoteInput = z.object({
  id: NoteId,
  filing: FilingId.nullable().default(null),
  orders: z.array(OrderNo).max(ORDERS_MAX).default([]),
});
export type NoteInput = z.infer<typeof NoteInput>;

/** A consumption note (耗料单, SasCmb): what orders used, by the journal. Issued once, it does not change. */
export const ConsumptionNote = z.object({
  id: NoteId,
  ledger: LedgerId,
  /** Counted from 1 in the ledger. */
  number: z.number().int(),
  filing: FilingId.nullable(),
  orders: z.array(OrderNo),
  /** The first and the last day of what it is of (cmBeginTime, cmEndTime); `null` where nothing was used. */
  from: z.string().nullable(),
  through: z.string().nullable(),
  /** The last row of the journal it knows of. */
  lastSeq: z.number().int(),
  /** SasCmbImg: one row for a part that was used. */
  lines: z.array(
    z.object({
      /** 料件序号: the number of the part in the ledger, from 1. */
      seqNo: z.number().int(),
      part: PartNo,
      unit: z.string(),
      /** 耗用数量 (ucnsNetUseupQty): embodied, and lost within the recorded rate. */
      used: Quantity,
      embodied: Quantity,
      intangibleLoss: Quantity,
      /** Beyond the recorded consumption: a difference and no use. */
      excessUse: Quantity,
    }),
  ),
  /** SasCmbInvt: the lists by which what was used came in. */
  lists: z.array(z.string()),
  /** SasCmbRbg: what became scrap (边角料). */
  scrap: z.array(
    z.object({
      seqNo: z.number().int(),
      part: PartNo,
      hsCode: z.string().nullable(),
      description: z.string(),
      unit: z.string(),
      quantity: Quantity,
    }),
  ),
  issuedAt: z.string(),
  issuedBy: z.string(),
});
export type ConsumptionNote = z.infer<typeof ConsumptionNote>;

export const NoteSearch = z.object({
  /** The number after which to go on. */
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type NoteSearch = z.infer<typeof NoteSearch>;
export const NotePage = z.object({
  rows: z.array(ConsumptionNote),
  next: z.number().int().nullable(),
});
export type NotePage = z.infer<typeof NotePage>;
export const InNote = z.object({ id: LedgerId, note: NoteId });
