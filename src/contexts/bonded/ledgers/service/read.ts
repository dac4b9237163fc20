import { readStream } from '../../../../platform/event-log/event-log.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  isPermitted,
  type Permission,
  reachOf,
} from '../../../identity/index.ts';
import type { LedgerInput } from '../../contract.ts';
import type {
  ConsumptionSearch,
  LedgerDetail,
  LedgerRow,
  LedgerSearch,
  LedgerStatus,
  NumberedPart,
  PartSearch,
  RecordedConsumption,
} from '../contract.ts';
import { type LedgerLifeEvent, ledgerStream } from '../events.ts';
import { ALLOWED, fold, isAsker, type LedgerAct, objection } from '../ledger.ts';
import * as permission from '../permissions.ts';
import { allConsumption, listConsumption } from '../store/consumption.ts';
import * as ledgers from '../store/ledgers.ts';
import { allParts, listParts } from '../store/parts.ts';
import type { LedgerDeps } from './deps.ts';
import { concerns, load, notFound, shown } from './registration.ts';

const ACT_PERMISSIONS: Record<LedgerAct, Permission> = {
  answer: permission.answerLedger,
  change: permission.registerLedger,
  changeParts: permission.changeParts,
  recordConsumption: permission.recordConsumption,
};

/** Everything of a ledger that its book begins with. */
export interface LedgerBook {
  readonly ledger: LedgerInput;
  readonly status: LedgerStatus;
  /** Each at the place its number says. */
  readonly parts: readonly NumberedPart[];
  /** In the order it was recorded. */
  readonly consumption: readonly RecordedConsumption[];
}

/** For whoever keeps the book of a ledger; asks nobody who they are. */
export async function readLedgerBook(db: Db, id: string): Promise<LedgerBook> {
  const { content: ledger, status } = await load(db, id);
  const parts = await allParts(db, id);
  return { ledger, status, parts, consumption: await allConsumption(db, id) };
}

/** Reading ledgers, their parts and their consumption, each reader within its reach. */
export function createLedgerReads({ db }: LedgerDeps) {
  const requireReader = async (actor: Actor, id: string): Promise<ledgers.LedgerHead> => {
    const head = await ledgers.find(db, id);
    if (!head) throw notFound(id);
    authorise(actor, permission.readLedgers, concerns(head));
    return head;
  };
  return {
    search(
      actor: Actor,
      wanted: LedgerSearch,
    ): Promise<{ rows: LedgerRow[]; next: string | null }> {
      const { any, organisations, offices } = reachOf(actor, permission.readLedgers);
      const visible = {
        organisation: any ? null : (organisations[0] ?? null),
        offices: any || organisations.length > 0 ? null : offices,
      };
      return ledgers.search(db, visible, wanted);
    },

    async detail(actor: Actor, id: string): Promise<LedgerDetail> {
      const { parts, consumption } = await requireReader(actor, id);
      const events = (await readStream(db, ledgerStream(id))) as LedgerLifeEvent[];
      const state = fold(events);
      if (!state) throw notFound(id);
      const whom = concerns(state.content);
      return {
        ...{ ledger: shown(state), parts, consumption },
        timeline: events.map(({ id: event, seq, kind, envelope, payload }) => ({
          ...{ id: event, seq, kind, payload: { ...payload } },
          ...{ occurredAt: envelope.occurredAt, recordedAt: envelope.recordedAt },
          ...{ actor: envelope.actor, organisation: envelope.organisation },
          legalBasis: envelope.legalBasis,
        })),
        allowed: (Object.keys(ALLOWED) as LedgerAct[]).filter(
          (act) =>
            isPermitted(actor, ACT_PERMISSIONS[act], whom) &&
            !objection(state, act) &&
            !(act === 'answer' && isAsker(actor.personId, state)),
        ),
      };
    },

    async parts(
      actor: Actor,
      id: string,
      wanted: PartSearch,
    ): Promise<{ rows: NumberedPart[]; next: number | null }> {
      await requireReader(actor, id);
      return listParts(db, id, wanted);
    },

    async consumption(
      actor: Actor,
      id: string,
      wanted: ConsumptionSearch,
    ): Promise<{ rows: RecordedConsumption[]; next: number | null }> {
      await requireReader(actor, id);
      return listConsumption(db, id, wanted);
    },
  };
}
