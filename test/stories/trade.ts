import { expect } from 'vitest';
import type { BillInput, VoyageInput } from '../../src/contexts/cargo/manifests/contract.ts';
import { bill, voyage } from '../../src/contexts/cargo/manifests/fixtures.ts';
import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';
import { BROKER, content, IMPORTER } from '../../src/contexts/clearance/fixtures.ts';
import { createManualClock } from '../../src/platform/clock.ts';
import { type Answer, filing, openPort, type Player } from './port.ts';

/** The day every story of trade begins, at ten in the morning by the port's own clock. */
export const FIRST_DAY = '2026-07-02';
export const ZONE = 'waigaoqiao-port';
const addMs = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();
const morningOf = (day: string): string => `${day}T02:00:00.000Z`;

/** What is read at a gate of a vehicle of five tonnes. */
interface AtGate {
  readonly id: string;
  readonly gate: string;
  readonly plate: string;
  readonly kg: string;
  readonly lane?: 'in-1' | 'out-1';
}

/**
 * A port where every condition is computed and days pass when a story says so. Acts go through HTTP;
 * what answers them by events has answered before the story reads on.
 */
export async function openTradePort(options: { firstDay?: string } = {}) {
  const manual = createManualClock(morningOf(options.firstDay ?? FIRST_DAY));
  let looksBeforeMidnight = Number.POSITIVE_INFINITY;
  const clock = {
    set: manual.set,
    now() {
      looksBeforeMidnight -= 1;
      if (looksBeforeMidnight === 0) manual.set(addMs(manual.now(), 1));
      return manual.now();
    },
  };
  const port = await openPort({ conditionsNotComputed: [], clock });
  const { as, done } = port;
  const { followers, days } = port.platform;
  let n = 0;
  const next = (letters: string): string => `${letters}-${++n}`;

  const detail = async (id: string) => {
    await followers.catchUp();
    return done('declarant', 'GET', `/api/declarations/${id}`);
  };
  const now = async (id: string) => (await detail(id)).declaration;

  return {
    ...port,
    broker: BROKER,
    importer: IMPORTER,
    clock,
    next,
    detail,
    now,

    /** Morning of a later day: what a day brings is done. */
    async turnTo(day: string): Promise<void> {
      await followers.catchUp();
      clock.set(morningOf(day));
      await days.look();
      await followers.catchUp();
    },
    pass: (minutes: number): void => clock.set(addMs(clock.now(), minutes * 60_000)),
    /** The clock stands a millisecond before midnight, and strikes when it has been looked at so often. */
    strikesTwelveAfter(at: string, looks: number): void {
      clock.set(at);
      looksBeforeMidnight = looks;
    },

    /** The carrier's manifest of one bill on a ship of its own. */
    async manifest(
      number: string,
      changes: Partial<BillInput> = {},
      ship: Partial<VoyageInput> = {},
    ): Promise<Answer['body']> {
      const date = clock.now().slice(0, 10);
      const filed = voyage(next('M'), [bill(number, changes)], { date, ...ship });
      const answer = await done('carrier', 'POST', '/api/manifests', filed);
      expect(answer.problems).toEqual([]);
      return answer;
    },
    report: (kind: 'arrival' | 'tally', ...bills: object[]) =>
      done('terminal', 'POST', '/api/manifests', {
        ...{ kind, id: next('R'), premises: '外四期', bills },
      }),
    /** Declares goods of a bill, dry run or not, and answers what the port said. */
    file: (id: string, number: string, changes: Partial<DeclarationInput> = {}) =>
      done('declarant', 'POST', '/api/declarations', filing(id, onBill(number, changes))),

    /** Whether each condition is met, by kind. */
    conditionsOf: async (id: string): Promise<Record<string, string>> => {
      const { conditions } = await now(id);
      return Object.fromEntries(
        conditions.map((each: { kind: string; status: string }) => [each.kind, each.status]),
      );
    },
    kindsOf: async (id: string): Promise<string[]> => {
      const { timeline } = await detail(id);
      return timeline.map(({ kind }: { kind: string }) => kind.replace('clearance.', ''));
    },
    async releases(id: string): Promise<Answer['body'][]> {
      await followers.catchUp();
      return (await done('declarant', 'GET', `/api/declarations/${id}/releases`)).releases;
    },
    bill: (number: string) => done('officer', 'GET', `/api/bills/${number}`),
    tax: (id: string) => done('declarant', 'GET', `/api/duty/bills/${id}`),
    pay: (id: string, payment: string, amount: string) =>
      done('declarant', 'POST', `/api/duty/bills/${id}/payments`, {
        ...{ id: payment, amount, reference: `bank ${payment}` },
      }),
    /** Pays whatever a declaration owes. */
    async payAll(id: string): Promise<void> {
      const { outstanding } = await done('declarant', 'GET', `/api/duty/bills/${id}`);
      const payment = { id: next('PAY'), amount: outstanding, reference: 'bank' };
      await done('declarant', 'POST', `/api/duty/bills/${id}/payments`, payment);
      await followers.catchUp();
    },

    /** A registered lorry of five tonnes. */
    async lorry(plate: string): Promise<string> {
      const vehicle = { plate, organisation: BROKER, tareKg: '5000', kind: 'van' };
      await done('declarant', 'PUT', '/api/vehicles', vehicle);
      return plate;
    },
    /** Applies for a passport over some papers, for a lorry that was registered. */
    apply: (plate: string, changes: object): Promise<Answer['body']> =>
      done('declarant', 'POST', '/api/passports', {
        id: next('P'),
        content: {
          ...{ binding: 'oneListOneVehicle', zone: ZONE, vehicle: { plate, tareKg: '5000' } },
          ...changes,
        },
      }),
    read: (
      { id, gate, plate, kg, lane = 'in-1' }: AtGate,
      who: Player = 'terminal',
    ): Promise<Answer['body']> =>
      done(who, 'POST', '/api/gates/readings', { id, gate, lane, plate, weighing: { kg } }),
    /** What a list says to whoever may read it. */
    list: async (who: Player, path: string): Promise<Answer['body']> => {
      await followers.catchUp();
      return done(who, 'GET', path);
    },
    refused: async (who: Player, path: string, body: unknown): Promise<string[]> => {
      const answer = await as(who, 'POST', path, body);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      return answer.body.refusals.map(({ code }: { code: string }) => code);
    },
  };
}
export type TradePort = Awaited<ReturnType<typeof openTradePort>>;

/** An ordinary declaration of the goods of a bill. */
export const onBill = (
  number: string,
  changes: Partial<DeclarationInput> = {},
): Partial<DeclarationInput> => ({
  ...changes,
  transport: { ...content().transport, transportDocNo: number, ...changes.transport },
});

/** What a summary leaves to the second step of a two-step declaration. */
export const SUMMARY: Partial<DeclarationInput> = {
  filing: 'twoStep',
  tradeTerms: null,
  packages: { kind: null, count: 10 },
  netMassKg: null,
  parties: { ...content().parties, overseas: null },
  lines: [{ ...content().lines[0], lineNo: 1, hsCode: '848210', unitPrice: null, netMassKg: null }],
};

/** Sixty tonnes of sulphuric acid: a permit must cover it, and here the maritime authority looks. */
export const ACID: Partial<DeclarationInput> = {
  licences: [{ kind: '2', number: 'P1' }],
  ...{ totalValue: '6000', netMassKg: '60000', grossMassKg: '61000' },
  packages: { kind: '22', count: 60 },
  lines: [
    {
      ...{ lineNo: 1, hsCode: '2807000010', description: '硫酸', originCountry: 'KR' },
      ...{ quantity: '60', unit: '070', netMassKg: '60000', unitPrice: '100', value: '6000' },
    },
  ],
};
export const ACID_PERMIT = {
  ...{ kind: '2', number: 'P1' },
  terms: {
    ...{ holder: IMPORTER, ieFlag: 'I', goods: ['2807'], quantity: '100', unit: '070', uses: null },
    ...{ validFrom: '2026-01-01', validUntil: '2026-12-31' },
  },
};
