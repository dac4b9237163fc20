import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import { workbookHeaders } from '../../platform/workbook.ts';
import type { Actor } from '../identity/index.ts';
import * as contract from './contract.ts';
import { toWorkbook } from './export.ts';
import * as books from './ledger/contract.ts';
import type { Ledger } from './ledger/service/index.ts';
import * as permission from './permissions.ts';

/** A thousand payments. */
const PAYMENTS_BYTES = 1_000_000;
/** Most rows one workbook holds; narrower filters export the rest. */
const EXPORT_ROWS_MAX = 10_000;
const tag = 'duty';
const Declaration = z.object({ declaration: contract.DutyId });

export function dutyRoutes(app: HttpApp<Actor>, ledger: Ledger): void {
  billRoutes(app, ledger);
  paymentRoutes(app, ledger);
  reviewRoutes(app, ledger);
  guaranteeRoutes(app, ledger);
  bookRoutes(app, ledger);
}

function billRoutes(app: HttpApp<Actor>, { reads, secure }: Ledger): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/bills',
      tag,
      summary: 'Duty bills within the reader’s reach, the newest first, with sums of them all.',
      permission: permission.readBills,
      givesWay: 'search',
      query: contract.BillSearch,
      response: contract.BillPage,
    },
    ({ principal, query }) => reads.bills(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/bills.xlsx',
      tag,
      summary: 'The same search as a workbook.',
      permission: permission.readBills,
      query: contract.BillSearch.extend({ language: z.enum(['zh', 'en']).default('zh') }),
      givesWay: 'report',
      response: 'bytes',
    },
    async ({ principal, query: { language, ...wanted } }) => {
      const rows = await reads.allBills(principal, wanted, EXPORT_ROWS_MAX);
      return new Response(Buffer.from(await toWorkbook(rows, language)), {
        headers: workbookHeaders('duty-bills'),
      });
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/bills/{declaration}',
      tag,
      summary: 'The duty bill of a declaration: every line explained, payments, refunds, postings.',
      permission: permission.readBills,
      params: Declaration,
      response: contract.DutyBill,
    },
    ({ principal, params }) => reads.bill(principal, params.declaration),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/bills/{declaration}/guarantee',
      tag,
      summary: 'Has a guarantee of the payer carry an open bill; answers why none does, or null.',
      permission: permission.pay,
      params: Declaration,
      response: z.object({ unsecured: contract.Reason.nullable() }),
    },
    async ({ principal, params }) => ({
      unsecured: await secure(principal, params.declaration),
    }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/quote',
      tag,
      summary:
        'What a declaration would owe, explained, and who would stand for it; keeps nothing.',
      permission: permission.quoteDuty,
      body: contract.QuoteInput,
      response: contract.Quote,
    },
    ({ principal, body }) => reads.quote(principal, body),
  );
}

function paymentRoutes(app: HttpApp<Actor>, { payments, reads }: Ledger): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/bills/{declaration}/payments',
      tag,
      summary: 'Pays a bill; the same payment again is answered as before.',
      permission: permission.pay,
      params: Declaration,
      body: contract.PaymentInput,
      response: contract.PaymentResult,
    },
    ({ principal, params, body }) => payments.pay(principal, { ...body, ...params }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/payments',
      tag,
      summary: 'Many payments; each has its own answer, in the order they came.',
      permission: permission.pay,
      body: contract.ManyPayments,
      response: z.object({ results: z.array(contract.PaymentResult) }),
      maxBodyBytes: PAYMENTS_BYTES,
    },
    async ({ principal, body }) => ({
      results: await payments.payMany(principal, body.payments),
    }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/statements',
      tag,
      summary: 'Months of consolidated payment, the newest first.',
      permission: permission.readBills,
      query: contract.StatementSearch,
      response: z.object({ statements: z.array(contract.Statement) }),
    },
    async ({ principal, query }) => ({ statements: await reads.statements(principal, query) }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/statements/{payer}/{period}/payments',
      tag,
      summary: 'Pays a month, the oldest bill first.',
      permission: permission.pay,
      params: z.object({ payer: z.string().min(1).max(40), period: contract.Period }),
      body: contract.PaymentInput,
      response: contract.PaymentResult,
    },
    ({ principal, params: { payer, period }, body }) =>
      payments.payStatement(principal, payer, period, body),
  );
}

function reviewRoutes(app: HttpApp<Actor>, { reviews, reads }: Ledger): void {
  const Refund = Declaration.extend({ refund: contract.DutyId });
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/bills/{declaration}/reassessments',
      tag,
      summary: 'Reviews a self-assessment after release: the difference is due, or due back.',
      permission: permission.reassess,
      params: Declaration,
      body: contract.Reassessment,
      response: contract.DutyBill,
    },
    async ({ principal, params: { declaration }, body }) => {
      await reviews.reassess(principal, declaration, body);
      return reads.bill(principal, declaration);
    },
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/bills/{declaration}/refunds',
      tag,
      summary: 'Asks for a refund out of what was paid too much.',
      permission: permission.proposeRefund,
      params: Declaration,
      body: contract.RefundProposal,
      response: contract.DutyBill,
    },
    async ({ principal, params: { declaration }, body }) => {
      await reviews.proposeRefund(principal, declaration, body);
      return reads.bill(principal, declaration);
    },
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/bills/{declaration}/refunds/{refund}/answer',
      tag,
      summary: 'Grants or refuses a refund, by another account than asked for it.',
      permission: permission.answerRefund,
      params: Refund,
      body: contract.Answer,
      response: contract.DutyBill,
    },
    async ({ principal, params: { declaration, refund }, body }) => {
      await reviews.answerRefund(principal, declaration, refund, body);
      return reads.bill(principal, declaration);
    },
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/bills/{declaration}/refunds/{refund}/pay-out',
      tag,
      summary: 'Records that the treasury has paid a granted refund.',
      permission: permission.payOutRefund,
      params: Refund,
      body: contract.PayOut,
      response: contract.DutyBill,
    },
    async ({ principal, params: { declaration, refund }, body }) => {
      await reviews.payOutRefund(principal, declaration, refund, body);
      return reads.bill(principal, declaration);
    },
  );
}

function guaranteeRoutes(app: HttpApp<Actor>, { guarantees }: Ledger): void {
  const Id = z.object({ id: contract.DutyId });
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/guarantees',
      tag,
      summary: 'Guarantees within the reader’s reach, applications first.',
      permission: permission.readBills,
      query: contract.GuaranteeSearch,
      response: contract.GuaranteeList,
    },
    ({ principal, query }) => guarantees.list(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/guarantees/{id}',
      tag,
      summary: 'One guarantee.',
      permission: permission.readBills,
      params: Id,
      response: contract.Guarantee,
    },
    ({ principal, params }) => guarantees.get(principal, params.id),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/guarantees',
      tag,
      summary: 'Applies for a guarantee to be accepted.',
      permission: permission.applyGuarantee,
      body: contract.GuaranteeInput,
      response: contract.Guarantee,
    },
    ({ principal, body }) => guarantees.apply(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/guarantees/{id}/answer',
      tag,
      summary: 'Approves or rejects a guarantee, by another account than applied for it.',
      permission: permission.answerGuarantee,
      params: Id,
      body: contract.Answer,
      response: contract.Guarantee,
    },
    ({ principal, params, body }) => guarantees.answer(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/duty/guarantees/{id}/close',
      tag,
      summary: 'Closes a guarantee that nothing holds any more.',
      permission: permission.closeGuarantee,
      params: Id,
      body: contract.Closing,
      response: contract.Guarantee,
    },
    ({ principal, params, body }) => guarantees.close(principal, params.id, body),
  );
}

function bookRoutes(app: HttpApp<Actor>, { reads }: Ledger): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/ledger/entries',
      tag,
      summary: 'The journal: every entry with the event that posted it.',
      permission: permission.readLedger,
      query: books.JournalSearch,
      response: books.JournalPage,
    },
    ({ principal, query }) => reads.journal(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/ledger/balance',
      tag,
      summary: 'The trial balance as of a day.',
      permission: permission.readLedger,
      query: z.object({ on: books.Day.optional() }),
      givesWay: 'report',
      response: books.TrialBalance,
    },
    ({ principal, query }) => reads.trialBalance(principal, query.on ?? null),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/ledger/check',
      tag,
      summary: 'Whether bills and guarantees are the sums of their entries; lists what is not.',
      permission: permission.readLedger,
      givesWay: 'report',
      response: books.LedgerCheck,
    },
    ({ principal }) => reads.check(principal),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/duty/statistics',
      tag,
      summary: 'Duty assessed and collected, by month, item and office, out of the ledger.',
      permission: permission.readStatistics,
      query: z.object({ from: books.Day, to: books.Day }),
      givesWay: 'report',
      response: books.DutyStatistics,
    },
    ({ principal, query }) => reads.statistics(principal, query.from, query.to),
  );
}
