import type { Instant } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import { createManualClock } from '../../../platform/clock.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Actor, envelopeAt as platformEnvelopeAt, type Role } from '../../identity/index.ts';
import { requestOf } from '../calculation/fixtures.ts';
import type { GuaranteeInput } from '../contract.ts';
import { type Row, tariffOf } from '../tariff/testing.ts';
import type { DutyFiling, PreparedDuty } from './service/filing.ts';
import { createLedger } from './service/index.ts';

/** Makers for tests: a ledger with a simple tariff, its people, and declarations filed through it. */

export const BROKER = 'broker';
export const MORNING = '2026-07-01T01:00:00.000Z';

/** 10 % of duty and 10 % of VAT: 10,000 yuan owe 1,000.00 and 1,100.00. */
const TARIFF: readonly Row[] = [{ code: '8482', mfn: '10', general: '40', vat: '10', unit: '035' }];

export const actor = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  personId: name,
  name,
  postId: `${name}-post`,
  organisationId: BROKER,
  roles: [role],
  offices: [],
  mayBackdate: false,
  via: 'session',
  ...changes,
});
const loader = actor('loader', 'declarant', { mayBackdate: true });
const office = { organisationId: '2225', offices: ['2225'] };
export const officer = actor('officer', 'portOfficer', office);
export const colleague = actor('colleague', 'portOfficer', office);
export const auditor = actor('auditor', 'auditor', { organisationId: '2200' });

/** What the check of the ledger says as long as every row is the sum of its entries. */
export const BOOKS_AGREE = { balanced: true, postings: [], bills: [], guarantees: [] };

export const envelopeAt = (at: Instant): Envelope => ({
  ...platformEnvelopeAt(at, at, null),
  actor: 'filer',
  organisation: BROKER,
});

let ledgers = 0;

/** A ledger as one payer sees it who nobody else is: guarantees of other stories are not its own. */
export function openLedger(db: Db, tariff: readonly Row[] = TARIFF) {
  const name = `payer-${++ledgers}`;
  const payer = actor(name, 'declarant', { organisationId: name });
  const clock = createManualClock(MORNING);
  const ledger = createLedger({ db, clock, tariff: tariffOf({ tariff }) });
  let n = 0;

  const filing = (value: string, changes: Partial<DutyFiling> = {}): DutyFiling => {
    const declaration = changes.declaration ?? `${name}-B${++n}`;
    return {
      declaration,
      payer: name,
      declarant: BROKER,
      office: '2225',
      at: clock.now(),
      amends: false,
      request: requestOf({ declaration, on: clock.now().slice(0, 10) }, { value }),
      ...changes,
    };
  };

  /** Files as clearance does: both questions in one transaction. */
  const file = (filings: readonly DutyFiling[]): Promise<ReadonlyMap<string, PreparedDuty>> =>
    inTransaction(db, async (tx) => {
      const prepared = await ledger.filing.prepare(tx, filings);
      const accepted = [...prepared.values()].flatMap(({ kept }) => kept ?? []);
      await ledger.filing.record(
        tx,
        accepted.map((kept) => ({ kept, envelope: envelopeAt(kept.filing.at) })),
      );
      return prepared;
    });

  /** One declaration of so many yuan. */
  async function filed(value: string, changes: Partial<DutyFiling> = {}): Promise<string> {
    const one = filing(value, changes);
    await file([one]);
    return one.declaration;
  }

  let guarantees = 0;
  async function guaranteed(limit: string, changes: Partial<GuaranteeInput> = {}): Promise<string> {
    const id = changes.id ?? `${name}-G${++guarantees}`;
    await ledger.guarantees.apply(payer, {
      id,
      payer: name,
      office: '2225',
      kind: 'total',
      form: 'bank',
      limit,
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      guarantor: '浦东银行',
      reference: `L-${id}`,
      declaration: null,
      consolidated: false,
      ...changes,
    });
    await ledger.guarantees.answer(officer, id, { approve: true, note: '' });
    return id;
  }

  const bill = (declaration: string) => ledger.reads.bill(auditor, declaration);
  const kinds = async (declaration: string): Promise<string[]> =>
    (await bill(declaration)).events.map(({ kind }) => kind.replace('duty.', ''));
  const pay = (declaration: string, id: string, amount: string, occurredAt?: string) =>
    ledger.payments.pay(loader, {
      ...{ declaration, id, amount, reference: `bank-${id}` },
      occurredAt,
    });

  return { ledger, clock, payer, bill, kinds, pay, filing, file, filed, guaranteed };
}
