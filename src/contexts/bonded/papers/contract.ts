import { z } from 'zod';
import {
  Account,
  EventKind,
  LedgerId,
  OrderNo,
  PartNo,
  QuantityText,
  SiteId,
} from '../contract.ts';

/**
 * `gate`, `receipt`, `slip` (a store's issue or weighing slip) and `stockBill` saw the goods. `importLine` is what was
 * declared: it does not prove that anything came. `cancellation` says that its sender took an event back.
 */
export const PaperKind = z.enum([
  'gate',
  'receipt',
  'slip',
  'stockBill',
  'importLine',
  'cancellation',
]);
export type PaperKind = z.infer<typeof PaperKind>;

const name = z.string().trim().min(1).max(80);

/** A record beside the journal, made by somebody else, of one part. It moves nothing: it is there to compare. */
export const PaperInput = z.object({
  /** The sender's own name of it, taken once. */
  id: name,
  kind: PaperKind,
  /** The number both sides know the goods by; of a cancellation, the id of the event that was taken back. */
  document: name.nullable().default(null),
  order: OrderNo.nullable().default(null),
  at: z.iso.datetime(),
  part: PartNo,
  /** In the part's own unit. */
  quantity: QuantityText,
  /** What it saw happen: by this it is known where the goods came from and went, unless `from` and `to` say. */
  tells: EventKind.nullable().default(null),
  from: Account.nullable().default(null),
  to: Account.nullable().default(null),
  /** Where it saw them. May be left out where the ledger has one site only. */
  site: SiteId.optional(),
  /** Where goods arrived, if that is another site. */
  toSite: SiteId.nullable().default(null),
  lot: name.nullable().default(null),
  /** Whether it calls the goods bonded; `null` where it does not say. */
  bonded: z.boolean().nullable().default(null),
});
export type PaperInput = z.infer<typeof PaperInput>;

/** As it is kept: its site is known. */
const PaperContent = PaperInput.extend({ site: SiteId });
export type PaperContent = z.infer<typeof PaperContent>;

export const PAPERS_AT_ONCE = 1_000;
export const PapersInput = z.object({ papers: z.array(PaperInput).min(1).max(PAPERS_AT_ONCE) });
export const PapersOutcome = z.object({
  taken: z.number().int(),
  same: z.number().int(),
  papers: z.number().int(),
});
export type PapersOutcome = z.infer<typeof PapersOutcome>;

export const PaperRow = PaperContent.extend({
  /** Longer where the platform made it of an event: see posting/receipts.ts. */
  id: z.string(),
  number: z.number().int(),
  receivedAt: z.string(),
  receivedBy: z.string(),
});
export type PaperRow = z.infer<typeof PaperRow>;
export const PaperSearch = z.object({
  document: z.string().trim().max(80).optional(),
  part: PartNo.optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type PaperSearch = z.infer<typeof PaperSearch>;
export const PaperPage = z.object({ rows: z.array(PaperRow), next: z.number().int().nullable() });
export const InLedger = z.object({ id: LedgerId });
