import { z } from 'zod';
import { LedgerId, OrderNo, PartNo } from '../contract.ts';
import { LedgerStatus } from '../ledgers/contract.ts';

/** A work order as a list shows it. */
export const OrderRow = z.object({
  order: OrderNo,
  product: PartNo.nullable(),
  description: z.string(),
  made: z.string(),
  isClosed: z.boolean(),
  /** How many parts it holds on the line. */
  partsInProcess: z.number().int(),
  /** When the first and the last of its events happened. */
  openedAt: z.string(),
  lastAt: z.string(),
});
export type OrderRow = z.infer<typeof OrderRow>;

export const OrderSearch = z.object({
  state: z.enum(['open', 'closed']).default('open'),
  /** The beginning of an order number. */
  q: z.string().trim().max(64).optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type OrderSearch = z.infer<typeof OrderSearch>;
/** The newest first. */
export const OrderRows = z.object({
  rows: z.array(OrderRow),
  open: z.number().int(),
  closed: z.number().int(),
  next: z.number().int().nullable(),
});
export type OrderRows = z.infer<typeof OrderRows>;

/** Somebody who sends to a ledger, as far as the last rows of its journal tell. */
export const FeedRow = z.object({
  actor: z.string(),
  events: z.number().int(),
  /** Of its events, those that wait for stock now. */
  held: z.number().int(),
  lastOccurredAt: z.string(),
  lastReceivedAt: z.string(),
  /** It used to send regularly, and has not for more than a day. */
  isSilent: z.boolean(),
});
export type FeedRow = z.infer<typeof FeedRow>;
export const FeedRows = z.object({
  /** How many rows of the journal were looked at, from its end. */
  of: z.number().int(),
  rows: z.array(FeedRow),
});
export type FeedRows = z.infer<typeof FeedRows>;

/** How a ledger fares, for whoever answers for many. */
export const HealthRow = z.object({
  ledger: LedgerId,
  name: z.string(),
  enterprise: z.string(),
  office: z.string(),
  status: LedgerStatus,
  /** Filings that wait for an officer. */
  filingsWaiting: z.number().int(),
  /** Its registration, or a change to it, waits for an answer. */
  isRegistrationWaiting: z.boolean(),
  lastReceivedAt: z.string().nullable(),
  isSilent: z.boolean(),
  lastCount: z
    .object({ id: z.string(), closedAt: z.string(), differing: z.number().int() })
    .nullable(),
});
export type HealthRow = z.infer<typeof HealthRow>;
export const HealthSearch = z.object({
  /** Only ledgers that need somebody: something to answer, to decide, or a silence to ask about. */
  needs: z.enum(['person', 'nobody']).default('person'),
  cursor: z.string().max(30).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type HealthSearch = z.infer<typeof HealthSearch>;
export const HealthPage = z.object({ rows: z.array(HealthRow), next: z.string().nullable() });
export type HealthPage = z.infer<typeof HealthPage>;
