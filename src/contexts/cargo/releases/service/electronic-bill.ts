import type { z } from 'zod';
import { contentHash } from '../../../../kernel/canonical.ts';
import { placeAt } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  reachOf,
  recordAudit,
} from '../../../identity/index.ts';
import type { ElectronicBill, ElectronicBillInput, Endorsement } from '../contract.ts';
import { electronicBillStream, type NewEvent } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/electronic-bills.ts';
import type { ReleasesDeps } from './deps.ts';

const LIST_MAX = 200;

/**
 * Bills without paper (提单无纸化). Title has two roles: whose goods they are (beneficiary) and who has
 * the document in hand (holder). The holder hands it on; the last, the terminal, surrenders it.
 */
export function createElectronicBills({ db, clock }: Pick<ReleasesDeps, 'db' | 'clock'>) {
  /** What a holder does to its document, with event and audit. */
  const act = (
    actor: Actor,
    id: string,
    decide: (bill: store.StoredBill) => { event: NewEvent; next: Partial<ElectronicBill> },
  ): Promise<ElectronicBill> =>
    inTransaction(db, async (tx) => {
      const bill = await store.lockBill(tx, id);
      if (!bill)
        throw new Refused('not_found', { code: 'cargo.electronic_bill_not_found', seen: id });
      authorise(actor, permission.endorseElectronicBills, { organisations: [bill.holder] });
      if (bill.status === 'surrendered') {
        throw new Refused('conflict', { code: 'cargo.electronic_bill_surrendered', seen: id });
      }
      const { event, next } = decide(bill);
      const after = { ...bill, ...next, version: bill.version + 1 };
      await store.saveBill(tx, after);
      await record(tx, actor, after, event, permission.endorseElectronicBills.operation);
      return shown(after);
    });

  const record = async (
    tx: Tx,
    actor: Actor,
    bill: ElectronicBill,
    event: NewEvent,
    operation: string,
  ): Promise<void> => {
    const at = clock.now();
    const stream = electronicBillStream(bill.id);
    await append(tx, [
      placeAt(
        stream,
        bill.version,
        event,
        envelopeOf({ clock }, actor, { consignment: bill.bill }),
      ),
    ]);
    await recordAudit(tx, {
      ...{ actor, operation, subjects: [stream], outcome: 'done', at },
      detail: { event: event.kind },
    });
  };

  return {
    present(actor: Actor, said: z.output<typeof ElectronicBillInput>): Promise<ElectronicBill> {
      const own = actor.organisationId;
      authorise(actor, permission.presentElectronicBills, { organisations: [own] });
      return inTransaction(db, async (tx) => {
        const parties = { beneficiary: own, holder: own };
        const hash = contentHash({ ...said, presentedBy: own });
        const bill: store.StoredBill = {
          ...{ ...said, ...parties, contentHash: hash },
          ...{ status: 'held', version: 1 },
        };
        if (!(await store.insertBill(tx, bill))) return presentedBefore(tx, bill);
        const payload = { bill: { ...said, ...parties }, contentHash: hash };
        const { operation } = permission.presentElectronicBills;
        await record(
          tx,
          actor,
          bill,
          { kind: 'cargo.electronicBillPresented', payload },
          operation,
        );
        return shown(bill);
      });
    },

    endorse(actor: Actor, id: string, said: z.output<typeof Endorsement>): Promise<ElectronicBill> {
      return act(actor, id, (bill) => {
        const beneficiary = said.beneficiary ?? bill.beneficiary;
        if (beneficiary !== bill.beneficiary && bill.beneficiary !== bill.holder) {
          throw new Refused('conflict', {
            ...{ code: 'cargo.electronic_bill_not_beneficiary', path: 'beneficiary' },
            params: { beneficiary: bill.beneficiary },
          });
        }
        const next = { holder: said.holder, beneficiary };
        return { next, event: { kind: 'cargo.electronicBillEndorsed', payload: next } };
      });
    },

    /** The document has done its work: the goods were handed over against it. */
    surrender(actor: Actor, id: string): Promise<ElectronicBill> {
      return act(actor, id, (bill) => ({
        next: { status: 'surrendered' },
        event: { kind: 'cargo.electronicBillSurrendered', payload: { to: bill.issuer } },
      }));
    },

    async list(actor: Actor, bill: string | null): Promise<ElectronicBill[]> {
      const reach = reachOf(actor, permission.readElectronicBills);
      const own = reach.any ? null : actor.organisationId;
      return (await store.listBills(db, own, bill, LIST_MAX)).map(shown);
    },
  };
}

const shown = ({ contentHash: _hash, ...bill }: store.StoredBill): ElectronicBill => bill;

/** The same document again is the same; a second document of one bill is refused, and the first is named. */
async function presentedBefore(tx: Tx, wanted: store.StoredBill): Promise<ElectronicBill> {
  const known = await store.lockBill(tx, wanted.id);
  if (known?.contentHash === wanted.contentHash) return shown(known);
  if (known) {
    throw new Refused('conflict', {
      code: 'cargo.electronic_bill_has_other_content',
      seen: wanted.id,
    });
  }
  const held = await store.findHeld(tx, wanted.bill);
  throw new Refused('conflict', {
    ...{ code: 'cargo.electronic_bill_already_held', path: 'bill', seen: wanted.bill },
    params: { other: held?.id ?? '' },
  });
}
