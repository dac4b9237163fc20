import type { Envelope, EventRecord } from '../../../kernel/event.ts';
import { createManualClock } from '../../../platform/clock.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import { testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import {
  BatchContent,
  type BatchContentInput,
  createBatches,
  takeCrossings,
} from '../../cargo/index.ts';
import { type Actor, envelopeAt, type Role } from '../../identity/index.ts';
import { createEngine, createHistory, loadPolicy } from '../../risk/index.ts';
import type { ConditionKind } from '../contract.ts';
import { BROKER, IMPORTER } from '../fixtures.ts';
import { createClearance } from '../service/index.ts';
import { movedGoods } from './provider.ts';
import { createConsolidations } from './service.ts';

const actor = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
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
export const enterprise = actor('lin', 'declarant');
export const officer = actor('chen', 'portOfficer', { organisationId: '2225', offices: ['2225'] });

export const goods = (
  lineNo: number,
  changes: Partial<BatchContentInput['lines'][number]> = {},
) => ({
  lineNo,
  partNo: `P-${lineNo}`,
  hsCode: '8482102000',
  description: '深沟球轴承',
  originCountry: 'DE',
  unit: '011',
  unitPrice: '5',
  currency: 'EUR',
  cap: '1000',
  ...changes,
});
export const application = (
  lines: BatchContentInput['lines'],
  changes: Partial<BatchContentInput> = {},
) =>
  BatchContent.parse({
    zone: 'waigaoqiao-port',
    direction: 'out',
    office: '2225',
    regime: 'bonded',
    validFrom: '2026-07-01',
    validTo: '2026-12-31',
    deposit: '0',
    head: {
      declarationOffice: '2225',
      borderOffice: '2225',
      supervisionMode: '0110',
      levyNature: '101',
      tradeTerms: 'CIF',
      transportMode: 'Y',
      partnerCountry: 'DE',
      packageKind: '22',
      domestic: { uscc: IMPORTER, name: '上海浦江贸易有限公司' },
      overseas: { name: 'Elbe Handels GmbH', country: 'DE' },
    },
    lines,
    ...changes,
  });

export const ENVELOPE: Envelope = { ...envelopeAt('', '', null), actor: 'gate' };
export const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message.split(' ')[0] ?? '',
  );
export const at = (day: number): string => `2026-07-${String(day).padStart(2, '0')}T04:00:00.000Z`;

/** A port with batches and clearance, joined as the wiring joins them, and a database of its own. */
export async function openStory() {
  const database = await testDatabase();
  const clock = createManualClock('2026-07-01T01:00:00.000Z');
  const policy = loadPolicy();
  const deps = () => ({
    db: database.db,
    clock,
    inForce: () => true,
    declaredEntryOf: async () => new Map([['COSU6301234560', '2026-07-01']]),
  });
  const clearance = createClearance({
    db: database.db,
    clock,
    engine: createEngine({
      policy: { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } },
      seed: 's',
    }),
    history: createHistory(),
    inForce: (_, code) => code !== 'XX',
    gradeOn: () => 'certified',
    providers: [movedGoods],
    notComputed: new Set<ConditionKind>([
      'permitsWrittenDown',
      'quarantineCleared',
      'authorityCleared',
      'taxPaidOrGuaranteed',
    ]),
    committed: () => undefined,
  });
  const batches = createBatches(deps());
  const consolidations = createConsolidations({
    db: database.db,
    clock,
    file: clearance.filings.file,
  });

  let n = 0;
  async function opened(content = application([goods(1)])): Promise<string> {
    const id = `BA-${++n}`;
    await batches.applications.apply(enterprise, { id, content });
    await batches.applications.answer(officer, id, { approve: true, note: '' });
    return id;
  }
  async function move(
    batch: string,
    lines: [number, string][],
    at: string,
    kind: 'draw' | 'return' = 'draw',
  ): Promise<void> {
    const id = `SB-${++n}`;
    await batches.stockBills.issueOne(enterprise, {
      id,
      application: batch,
      kind,
      lines: lines.map(([lineNo, quantity]) => ({
        lineNo,
        quantity,
        netMassKg: quantity,
        grossMassKg: String(Number(quantity) * 2),
        packages: 2,
      })),
    });
    const paper = { kind: 'stockBill', no: id, isComplete: true };
    await passGates(at, {
      papers: [{ ...paper, lines: lines.map(([lineNo, quantity]) => ({ lineNo, quantity })) }],
    });
  }
  async function passGates(at: string, payload: { papers: unknown[] }, passport = `Z${++n}`) {
    const tell = (seq: number, kind: string, told: unknown): EventRecord => ({
      id: `passport:${passport}@${seq}`,
      stream: `passport:${passport}`,
      seq,
      kind,
      envelope: { ...ENVELOPE, occurredAt: at, recordedAt: at },
      payload: told,
    });
    await inTransaction(database.db, async (tx) => {
      const entered = tell(1, 'cargo.passportApplied', {
        organisation: BROKER,
        office: '2225',
        content: {
          type: 'enterFirstDeclareLater',
          direction: 'in',
          zone: 'waigaoqiao-port',
          goodsGrossKg: '1050',
        },
      });
      const done = tell(2, 'cargo.passportCompleted', { passport, ...payload });
      await append(tx, [entered, done]);
      await takeCrossings(deps(), tx, [done]);
    });
    return passport;
  }
  const balances = async (batch: string) =>
    (await batches.reads.detail(enterprise, batch)).balances;
  const declaration = async (id: string) =>
    (await clearance.reads.detail(enterprise, id)).declaration;
  return {
    db: database.db,
    close: () => database.drop(),
    clock,
    clearance,
    batches,
    consolidations,
    opened,
    move,
    passGates,
    balances,
    declaration,
  };
}
export type Story = Awaited<ReturnType<typeof openStory>>;
