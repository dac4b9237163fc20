import { type LocalDate, localDateOf } from '../../../../kernel/dates.ts';
import { decimal, isNegative, subtract, toText, ZERO } from '../../../../kernel/decimal.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { readStream } from '../../../../platform/event-log/event-log.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  isPermitted,
  type Permission,
  type Resource,
  reachOf,
} from '../../../identity/index.ts';
import {
  ALLOWED,
  type BatchAct,
  type BatchState,
  fold,
  isAsker,
  objection,
} from '../application.ts';
import type {
  BatchDetail,
  BatchRow,
  BatchSearch,
  EntryObligation,
  EntryObligationSearch,
  Movement,
  MovementSearch,
  OpenMonth,
  StockBill,
} from '../contract.ts';
import { securityNeeded, shown as shownBalance } from '../drawing.ts';
import { monthDue, stateOn } from '../due-days.ts';
import { type BatchEvent, batchStream } from '../events.ts';
import * as permission from '../permissions.ts';
import * as applications from '../store/applications.ts';
import * as movements from '../store/movements.ts';
import * as obligations from '../store/obligations.ts';
import * as stockBills from '../store/stock-bills.ts';
import { concerns, notFound, shown } from './applications.ts';
import type { BatchDeps } from './deps.ts';
import { shownBill } from './papers.ts';

const ACT_PERMISSIONS: Record<BatchAct, Permission> = {
  answer: permission.answerBatches,
  change: permission.applyForBatches,
  draw: permission.drawStock,
  consolidate: permission.consolidateBatches,
  close: permission.closeBatches,
};
const BILLS_PAGE = 100;

/** Whom an application concerns, by its id. */
export async function concernsOf(db: Db, id: string): Promise<Resource> {
  const head = (await applications.find(db, [id])).get(id);
  if (!head) throw notFound(id);
  return { organisations: [head.organisation, head.domestic], offices: [head.office] };
}

/** A month of an application with something that no accepted declaration covers. */
export interface BatchOpenMonth {
  readonly application: string;
  readonly organisation: string;
  readonly month: string;
}

/** Of all applications that live; the oldest month of each first. */
export async function openMonthsOf(db: Db): Promise<BatchOpenMonth[]> {
  const heads = new Map((await applications.listAlive(db)).map((head) => [head.id, head]));
  const months = await movements.openMonths(db, [...heads.keys()]);
  return months.map(({ batch, month }) => ({
    application: batch,
    organisation: heads.get(batch)?.organisation ?? '',
    month,
  }));
}

function visible(actor: Actor, needed: Permission): applications.Visibility {
  const reach = reachOf(actor, needed);
  return {
    organisation: reach.any ? null : (reach.organisations[0] ?? null),
    offices: reach.any || reach.organisations.length > 0 ? null : reach.offices,
  };
}

/** Reading applications, bills, movements and obligations, each reader within its reach. */
export function createBatchReads(deps: BatchDeps) {
  const { db } = deps;
  const today = (): LocalDate => localDateOf(deps.clock.now());

  return {
    search: (
      actor: Actor,
      wanted: BatchSearch,
    ): Promise<{ rows: BatchRow[]; next: string | null }> =>
      applications.search(db, visible(actor, permission.readBatches), wanted),

    async detail(actor: Actor, id: string): Promise<BatchDetail> {
      const events = (await readStream(db, batchStream(id))) as BatchEvent[];
      const state = fold(events);
      if (!state) throw notFound(id);
      const whom = concerns(state);
      authorise(actor, permission.readBatches, whom);
      const lines = [...((await applications.linesOf(db, [id])).get(id)?.values() ?? [])];
      const needed = securityNeeded(lines);
      const held = decimal(state.deposit);
      const left = subtract(held, needed);
      return {
        batch: shown(state),
        balances: lines.map(shownBalance),
        security: {
          needed: toText(needed),
          held: toText(held),
          left: toText(isNegative(left) ? ZERO : left),
        },
        openMonths: await monthsOf(db, state, today()),
        timeline: events.map(({ id: event, seq, kind, envelope, payload }) => ({
          id: event,
          seq,
          kind,
          occurredAt: envelope.occurredAt,
          recordedAt: envelope.recordedAt,
          actor: envelope.actor,
          organisation: envelope.organisation,
          legalBasis: envelope.legalBasis,
          payload: { ...payload },
        })),
        allowed: (Object.keys(ALLOWED) as BatchAct[]).filter(
          (act) =>
            isPermitted(actor, ACT_PERMISSIONS[act], whom) &&
            !objection(state, act) &&
            !(act === 'answer' && isAsker(actor.personId, state)),
        ),
      };
    },

    async bill(actor: Actor, id: string): Promise<StockBill> {
      const bill = (await stockBills.find(db, [id])).get(id);
      if (!bill) throw new Refused('not_found', { code: 'cargo.stock_bill_not_found', seen: id });
      authorise(actor, permission.readBatches, await concernsOf(db, bill.batch));
      const lines = (await applications.linesOf(db, [bill.batch])).get(bill.batch);
      return shownBill(bill, lines ?? new Map());
    },

    async bills(
      actor: Actor,
      application: string,
      cursor: string | null,
    ): Promise<{ rows: StockBill[]; next: string | null }> {
      authorise(actor, permission.readBatches, await concernsOf(db, application));
      const found = await stockBills.list(db, application, cursor, BILLS_PAGE + 1);
      const lines = (await applications.linesOf(db, [application])).get(application) ?? new Map();
      const page = found.slice(0, BILLS_PAGE).map((bill) => shownBill(bill, lines));
      return { rows: page, next: found.length > page.length ? (page.at(-1)?.id ?? null) : null };
    },

    async movements(
      actor: Actor,
      application: string,
      wanted: MovementSearch,
    ): Promise<{ rows: Movement[]; next: string | null }> {
      authorise(actor, permission.readBatches, await concernsOf(db, application));
      return movements.list(db, application, wanted);
    },

    /** All movements a search finds, up to a number of rows. */
    async allMovements(
      actor: Actor,
      application: string,
      wanted: MovementSearch,
      rowsMax: number,
    ): Promise<Movement[]> {
      authorise(actor, permission.readBatches, await concernsOf(db, application));
      return (await movements.list(db, application, { ...wanted, limit: rowsMax })).rows;
    },

    async obligations(
      actor: Actor,
      wanted: EntryObligationSearch,
    ): Promise<{ rows: EntryObligation[]; next: string | null }> {
      const page = await obligations.search(db, visible(actor, permission.readEntries), wanted);
      const on = today();
      return { ...page, rows: page.rows.map((row) => obligations.shown(row, on)) };
    },
  };
}

async function monthsOf(db: Db, { id, content }: BatchState, on: LocalDate): Promise<OpenMonth[]> {
  const months = await movements.openMonths(db, [id]);
  return months.map(({ month, movements: count }) => {
    const { dueOn, legalBasis } = monthDue(content.regime, month);
    return { month, movements: count, dueOn, legalBasis, state: stateOn(dueOn, on) };
  });
}
