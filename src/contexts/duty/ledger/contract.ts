import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { TaxKind } from '../calculation/contract.ts';

/** Yuan to the cent (分), as text: `12.50`. Nothing that is owed is ever a float. */
export const Yuan = z.string().regex(/^-?\d{1,16}\.\d{2}$/, 'duty.not_an_amount');
export const Day = z.string().refine(isLocalDate, 'input.not_a_day');
export const cursor = z.string().max(200).optional();
export const limit = z.coerce.number().int().min(1).max(200).default(50);

/**
 * What a bill is made of, in the order money is applied to it: taxes, interest on tax that was deferred under
 * bond (缓税利息), the fee for declaring late (滞报金), and last the surcharge for paying late (滞纳金), which
 * grows only by unpaid tax.
 */
export const BillItem = z.enum([
  ...TaxKind.options,
  'deferredInterest',
  'lateDeclarationFee',
  'latePaymentSurcharge',
]);
export type BillItem = z.infer<typeof BillItem>;

/** The chart of accounts. Debit balances are positive, so that all balances of the ledger sum to nothing. */
export const Account = z.enum([
  /** Assessed and not paid, by item. */
  'receivable',
  /** Assessed, by item: the year's revenue (a credit balance). */
  'revenue',
  /** Paid into the treasury and applied to an item. */
  'treasury',
  /** Paid into the treasury and applied to nothing: it will pay a later item or go back. */
  'treasuryUnapplied',
  /** What we owe a payer who has paid too much (a credit balance). */
  'credit',
  /** Refunds approved and not yet paid out (a credit balance). */
  'refundPayable',
  /** Interest that refunds cost. */
  'refundInterest',
  /** Guarantees: given by the guarantor (a credit balance) = free to use + committed to bills. */
  'guaranteeGiven',
  'guaranteeAvailable',
  'guaranteeCommitted',
  /** Cash deposited as a guarantee, and that we hold it for its owner (a credit balance). */
  'depositCash',
  'depositHeld',
]);
export type Account = z.infer<typeof Account>;

/** One side of a posting; the posting is the event it stands in. */
export const Entry = z.object({
  account: Account,
  /** The item, for accounts kept by item. */
  item: BillItem.nullable(),
  /** The guarantee, for accounts kept by guarantee. */
  guarantee: z.string().nullable(),
  debit: Yuan,
  credit: Yuan,
});
export type Entry = z.infer<typeof Entry>;

/** An entry in the journal, with the posting it belongs to. */
export const JournalEntry = Entry.extend({
  /** The event: `duty:B1-0001@3`. */
  posting: z.string(),
  kind: z.string(),
  subject: z.string(),
  payer: z.string(),
  office: z.string(),
  on: z.string(),
  at: z.string(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

export const JournalSearch = z.object({
  subject: z.string().max(120).optional(),
  payer: z.string().max(40).optional(),
  account: Account.optional(),
  from: Day.optional(),
  to: Day.optional(),
  cursor,
  limit,
});
export type JournalSearch = z.infer<typeof JournalSearch>;
export const JournalPage = z.object({
  entries: z.array(JournalEntry),
  next: z.string().nullable(),
});
export type JournalPage = z.infer<typeof JournalPage>;

export const TrialBalance = z.object({
  /** Postings up to and including this day. */
  on: z.string(),
  rows: z.array(
    z.object({
      account: Account,
      item: BillItem.nullable(),
      debit: Yuan,
      credit: Yuan,
      balance: Yuan,
    }),
  ),
  debit: Yuan,
  credit: Yuan,
  /** Debits equal credits; anything else is a fault to be looked for at once. */
  balanced: z.boolean(),
});
export type TrialBalance = z.infer<typeof TrialBalance>;

/**
 * Whether rows still say what their entries say. Each list holds what does not, and is empty as long as
 * nobody has changed the books by hand.
 */
export const LedgerCheck = z.object({
  on: z.string(),
  balanced: z.boolean(),
  /** Postings whose sides differ, bills and guarantees that are not the sums of their entries. */
  postings: z.array(z.string()),
  bills: z.array(z.string()),
  guarantees: z.array(z.string()),
});
export type LedgerCheck = z.infer<typeof LedgerCheck>;

/** Duty by month, item and office, summed from the ledger. */
export const DutyStatistics = z.object({
  rows: z.array(
    z.object({
      month: z.string(),
      item: BillItem,
      office: z.string(),
      assessed: Yuan,
      collected: Yuan,
      /** Assessed and not collected of this month's postings; negative when older bills were paid. */
      outstanding: Yuan,
    }),
  ),
  assessed: Yuan,
  collected: Yuan,
});
export type DutyStatistics = z.infer<typeof DutyStatistics>;
