// Stock bills and goods that enter first, through real gates and by following the log.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createFollower } from '../../../platform/event-log/follow.ts';
import { silentLog } from '../../../platform/log.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { envelopeOf, PLATFORM } from '../../identity/index.ts';
import { createGates, shippedGatePolicies } from '../gates/index.ts';
import { createZones, shippedZones } from '../zones/zones.ts';
import { application, BUYER, ENTERPRISE, enterprise, person } from './fixtures.ts';
import { PASSED_GATES, takeCrossings } from './service/crossings.ts';
import { arrearsOf, enterFirst } from './service/obligations.ts';
import { stockBillPapers } from './service/papers.ts';
import { createStory, refusal } from './story.ts';

const story = createStory();
const { balance, clock, deps, draw, opened } = story;
beforeAll(story.open);
afterAll(story.close);

const openGates = () =>
  createGates({
    db: story.db,
    clock,
    zones: createZones(shippedZones()),
    policies: shippedGatePolicies(),
    paperSources: { stockBill: stockBillPapers },
    released: async () => new Set(),
    arrearsOf,
    downtimeAt: async () => null,
    say: ({ code }) => ({ zh: code, en: code }),
    committed: () => undefined,
  });

describe('through a real gate', () => {
  let gates: ReturnType<typeof openGates>;
  beforeAll(() => {
    gates = openGates();
  });

  test('a vehicle carries a bill out; what passed is counted by following the log, once', async () => {
    const follower = createFollower({
      db: story.db,
      log: silentLog,
      name: 'cargo-batches',
      kinds: [PASSED_GATES],
      handle: (tx, events) => takeCrossings(deps(), tx, events),
    });
    const id = await opened(application({ zone: 'waigaoqiao' }));
    await draw(id, `${id}-S1`, '40');
    await gates.applications.registerVehicle(enterprise, {
      plate: '沪A12345',
      organisation: ENTERPRISE,
      tareKg: '5000',
      kind: 'van',
    });
    const passport = await gates.applications.apply(enterprise, {
      id: `${id}-P1`,
      content: {
        type: 'secondLine',
        binding: 'oneListOneVehicle',
        zone: 'waigaoqiao',
        line: 'second',
        direction: 'out',
        papers: [{ kind: 'stockBill', no: `${id}-S1` }],
        vehicle: { plate: '沪A12345', tareKg: '5000' },
        goodsGrossKg: '44',
      },
    });
    expect(passport.outcome).toBe('approved');
    expect(
      await refusal(story.batches.stockBills.cancel(enterprise, `${id}-S1`, { note: '取消' })),
    ).toBe('cargo.stock_bill_on_passport');
    const read = await gates.readAtGate(
      person('gate', 'terminal', { organisationId: 'terminal' }),
      {
        id: `${id}-R1`,
        gate: 'WGQ-2',
        lane: 'out-1',
        plate: '沪A12345',
        weighing: { kg: '5044' },
      },
    );
    expect(read).toMatchObject({ verdict: 'open', completed: true });
    await follower.catchUp();
    await follower.catchUp();
    expect(await balance(id)).toMatchObject({ reserved: '0', crossed: '40' });
    expect((await story.batches.reads.bill(enterprise, `${id}-S1`)).status).toBe('passed');
  });

  test('a firm that owes an overdue declaration enters nothing first, and is told why', async () => {
    const late = person('sun', 'declarant', { organisationId: BUYER });
    await inTransaction(story.db, (tx) =>
      enterFirst(deps(), tx, [
        {
          passport: 'Z2225I260601000000000001',
          transportDocNo: 'COSU1',
          organisation: BUYER,
          office: '2225',
          zone: 'waigaoqiao-port',
          packages: 10,
          grossMassKg: '1000',
          envelope: envelopeOf({ clock: createManualClock('2026-06-01T02:00:00.000Z') }, PLATFORM),
        },
      ]),
    );
    expect(await arrearsOf(story.db, BUYER, '2026-06-15')).toBeNull();
    await gates.applications.registerVehicle(late, {
      plate: '沪B12345',
      organisation: BUYER,
      tareKg: '5000',
      kind: 'van',
    });
    await gates.applications.registerPaper(late, {
      kind: 'bill',
      no: 'COSU2',
      organisation: BUYER,
      zone: 'waigaoqiao-port',
      direction: 'in',
      lines: [{ lineNo: 1, description: '轴承', unit: '125', quantity: '10' }],
    });
    const answer = await gates.applications.apply(late, {
      id: 'EF-1',
      content: {
        type: 'enterFirstDeclareLater',
        binding: 'oneListOneVehicle',
        zone: 'waigaoqiao-port',
        line: 'first',
        direction: 'in',
        papers: [{ kind: 'bill', no: 'COSU2' }],
        vehicle: { plate: '沪B12345', tareKg: '5000' },
        goodsGrossKg: '1000',
      },
    });
    expect(answer.outcome).toBe('pending');
    const reasons = answer.conditions.flatMap(({ reasons }) => reasons);
    expect(reasons.map(({ code }) => code)).toEqual(['cargo.entry_right_suspended']);
  });
});
