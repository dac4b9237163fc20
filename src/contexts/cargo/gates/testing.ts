import { createManualClock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { testDatabase } from '../../../platform/postgres/testing.ts';
import type { Actor, Role } from '../../identity/index.ts';
import { findDowntimeAt } from '../releases/index.ts';
import type { Zones } from '../zones/zones.ts';
import { keyOf } from './application.ts';
import type { PassportContentInput, ReadingInput } from './contract.ts';
import { streamOf } from './events.ts';
import { FIRM, NOW, ZONES } from './fixtures.ts';
import { shippedGatePolicies } from './policy.ts';
import { createGates, type Gates } from './service/index.ts';

/** Gates on a real PostgreSQL for the tests of this folder, with a firm, a terminal and an officer. */

export const actor = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  personId: name,
  name,
  postId: `${name}-post`,
  organisationId: FIRM,
  roles: [role],
  offices: [],
  mayBackdate: false,
  via: 'session',
  ...changes,
});
export const firm = actor('firm', 'enterpriseSystem');
export const terminal = actor('gate', 'terminal', { organisationId: 'terminal' });
export const auditor = actor('auditor', 'auditor');
export const officer = actor('officer', 'portOfficer', {
  organisationId: '2218',
  offices: ['2218', '2225'],
});

export const codesOf = (refusals: readonly { code: string }[]): string[] =>
  refusals.map(({ code }) => code);
export const numberOf = (answer: { number: string | null }): string => answer.number ?? '';

/** An ordinary lorry out of the Waigaoqiao zone, under one list. */
export const lorry = (
  id: string,
  no: string,
  plate: string,
  changes: Partial<PassportContentInput> = {},
) => ({
  id,
  content: {
    ...{ type: 'secondLine', binding: 'oneListOneVehicle', zone: 'waigaoqiao' },
    ...{ line: 'second', direction: 'out', papers: [{ kind: 'list', no }] },
    vehicle: { plate, tareKg: '5000' },
    goodsGrossKg: '10000',
    ...changes,
  },
});

/** A part of a list that goes over many vehicles. */
export const part = (no: string, quantity: string): Partial<PassportContentInput> => ({
  binding: 'oneListManyVehicles',
  papers: [{ kind: 'list', no, lines: [{ lineNo: 1, quantity }] }],
});

export async function openWorld() {
  const database = await testDatabase();
  const clock = createManualClock(NOW);
  const unreleased = new Set<string>();
  const open = (zones: Zones = ZONES): Gates =>
    createGates({
      ...{ db: database.db, clock, zones, paperSources: {} },
      policies: shippedGatePolicies(),
      released: async (_, papers) =>
        new Set(papers.map(keyOf).filter((key) => !unreleased.has(key))),
      downtimeAt: findDowntimeAt,
      say: ({ code }) => ({ zh: code, en: code }),
      committed: () => undefined,
    });
  const gates = open();
  let n = 0;
  const next = (prefix: string): string => `${prefix}-${++n}`;
  const plate = (): string => `沪T${String(++n).padStart(5, '0')}`;

  return {
    ...{ database, clock, unreleased, open, gates, next, plate },

    /** A list with one line; its declaration is released unless said otherwise. */
    async list(quantity = '1000', changes: object = {}): Promise<string> {
      const no = next('QD');
      await gates.applications.registerPaper(firm, {
        ...{ kind: 'list', no, organisation: FIRM, zone: 'waigaoqiao', direction: 'out' },
        declaration: `D-${no}`,
        lines: [{ lineNo: 1, description: '轴承', unit: '035', quantity }],
        ...changes,
      });
      return no;
    },

    /** A registered lorry of five tonnes. */
    async vehicle(own = plate()): Promise<string> {
      const registration = { organisation: FIRM, tareKg: '5000', kind: 'van' };
      await gates.applications.registerVehicle(firm, { plate: own, ...registration });
      return own;
    },

    lorry: (no: string, own: string, changes: Partial<PassportContentInput> = {}) =>
      lorry(next('P'), no, own, changes),

    /** It stands at the second-line gate, its weight a little different each time. */
    at: (own: string, changes: Partial<ReadingInput> = {}): ReadingInput => ({
      ...{ id: next('R'), gate: 'WGQ-2', lane: 'out-1', plate: own },
      weighing: { kg: `150${String(n % 90).padStart(2, '0')}` },
      ...changes,
    }),

    kindsOf: async (number: string): Promise<string[]> =>
      (await readStream(database.db, streamOf(number))).map(({ kind }) =>
        kind.replace('cargo.', ''),
      ),
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;
