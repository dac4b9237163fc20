import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GateAnswer, PassportAnswer } from '../../src/contexts/cargo/gates/contract.ts';
import type { ManifestResult } from '../../src/contexts/cargo/manifests/contract.ts';
import type {
  AcknowledgementResult,
  ReleaseFeed,
} from '../../src/contexts/cargo/releases/contract.ts';
import type { FilingResult, WorkItem } from '../../src/contexts/clearance/contract.ts';
import type { CheckPage } from '../../src/contexts/clearance/linkage/contract.ts';
import type { BillPage, PaymentResult } from '../../src/contexts/duty/contract.ts';
import { localDateOf } from '../../src/kernel/dates.ts';
import { filingAt, manifestsOf, ordinaryContents } from './filings.ts';
import type { Order, Outcome } from './order.ts';
import { createSender } from './sender.ts';

/**
 * The process that makes the day: everything is sent when it is due, whether or not what went before
 * has been answered, and timed from that moment. A slow port cannot slow the day down.
 */

/** Ships report before their goods are declared, one in ten of them after. */
const MANIFEST_LEAD_S = 6;
const MANIFEST_LAG_S = 4;
const LATE_EVERY = 10;
const PER_SHIP = 35;
const ARRIVAL_LAG_S = 4;
const DRIVE_S = 3;
const PER_LIST = 20;
/** What people and systems that work through lists do in a second. */
const TASKS_PER_S = 4;
const CHECKS_PER_S = 10;
const PAYMENTS = 200;
const NOTICES = 500;

const [orderFile = '', outcomeFile = ''] = process.argv.slice(2);
const order = JSON.parse(readFileSync(orderFile, 'utf8')) as Order;
writeFileSync(outcomeFile, JSON.stringify(await makeDay(order)));

async function makeDay(order: Order): Promise<Outcome> {
  const { url, world, filingsPerS, crossingsPerS, warmUp, prefix } = order;
  const { keys } = world;
  const contents = await ordinaryContents(order.contents);
  const { send, close } = createSender(url, order.patient);
  const on = localDateOf(new Date().toISOString());
  const day = { prefix, on, guaranteed: new Set(world.guaranteed) };
  const total = filingsPerS * (warmUp + order.seconds);
  const filings = (from: number, count: number) =>
    Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, each) =>
      filingAt(contents, from + each, day),
    );

  const filingMs: number[] = [];
  const gateMs: number[] = [];
  const filed: Record<string, Exclude<FilingResult['outcome'], 'refused'>> = {};
  const paid: Record<string, string> = {};
  const crossed = new Set<string>();
  const acknowledged = new Set<string>();
  const faults: string[] = [];
  let [bills, findings, arrived] = [0, 0, 0];
  const fault = (what: string): void => {
    if (faults.length < 1000) faults.push(what);
  };

  // The first ships report before the day begins.
  const start = performance.now() + MANIFEST_LEAD_S * 1000;
  const now = (): number => (performance.now() - start) / 1000;
  const pending: Promise<void>[] = [];
  /** Starts a task at each of its moments, without waiting for any. */
  async function each(
    perS: number,
    from: number,
    count: number,
    task: (n: number, dueAt: number) => Promise<void>,
  ): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const dueAt = from + n / perS;
      const wait = (dueAt - now()) * 1000;
      if (wait > 1) await sleep(wait);
      pending.push(task(n, dueAt).catch((error: Error) => fault(error.message)));
    }
  }
  /** One after the other, at most once a second, while the day lasts. */
  const ends = warmUp + order.seconds;
  async function repeatedly(work: () => Promise<void>): Promise<void> {
    while (now() < ends) {
      const began = performance.now();
      await work().catch((error: Error) => fault(error.message));
      await sleep(Math.max(50, 1000 - (performance.now() - began)));
    }
  }

  async function file(n: number, dueAt: number): Promise<void> {
    const { id, content } = filingAt(contents, n, day);
    const result = await send<FilingResult>('POST', '/api/declarations', keys.window, {
      ...{ id, content },
    });
    if (dueAt >= warmUp) filingMs.push((now() - dueAt) * 1000);
    if (result.outcome === 'refused') fault(`${id}: ${result.problems[0]?.code}`);
    else filed[id] = result.outcome;
    if (result.outcome === 'returned') {
      const [problem] = result.problems;
      fault(`${id} returned: ${problem?.code} at ${problem?.path} (${problem?.seen})`);
    }
  }

  async function report(ship: number): Promise<void> {
    for (const voyage of manifestsOf(filings(ship * PER_SHIP, PER_SHIP), `${prefix}M${ship}`, on)) {
      const answer = await send<ManifestResult>('POST', '/api/manifests', keys.window, voyage);
      bills += answer.bills.length;
      if (answer.outcome === 'returned') {
        const [problem] = answer.problems;
        fault(`${voyage.id} returned: ${problem?.code} at ${problem?.path}`);
      }
    }
  }

  async function arrive(ship: number): Promise<void> {
    const here = filings(ship * PER_SHIP, PER_SHIP).flatMap(({ bill }) =>
      bill?.number ? [{ number: bill.number }] : [],
    );
    if (here.length === 0) return;
    const answer = await send<ManifestResult>('POST', '/api/manifests', keys.terminal, {
      ...{ kind: 'arrival', id: `${prefix}A${ship}`, premises: 'bench', bills: here },
    });
    arrived += answer.bills.length;
  }

  const listOf = (n: number): string => `${prefix}L${Math.floor(n / PER_LIST)}`;
  async function registerList(list: number): Promise<void> {
    await send('PUT', '/api/gate-papers', keys.window, {
      ...{ kind: 'list', no: `${prefix}L${list}`, organisation: 'bench', zone: 'yangshan' },
      direction: 'in',
      lines: [
        { lineNo: 1, description: '滚动轴承', unit: '035', quantity: String(PER_LIST * 1000) },
      ],
    });
  }

  async function cross(n: number, dueAt: number): Promise<void> {
    const plate = `沪${prefix}${String(n).padStart(6, '0')}`;
    const applied = await send<PassportAnswer>('POST', '/api/passports', keys.window, {
      ...{ id: `${prefix}P${n}`, organisation: 'bench' },
      content: {
        ...{ type: 'firstLineIntegrated', binding: 'oneListManyVehicles', zone: 'yangshan' },
        ...{ line: 'first', direction: 'in', vehicle: { plate, tareKg: '8000' } },
        papers: [{ kind: 'list', no: listOf(n), lines: [{ lineNo: 1, quantity: '1000' }] }],
        goodsGrossKg: '1000',
      },
    });
    if (applied.outcome !== 'approved') {
      const reasons = applied.conditions.flatMap((each) => each.reasons.map(({ code }) => code));
      return fault(`Passport ${n}: ${applied.outcome} ${reasons}`);
    }
    // A lorry does not come to the gate before it has its passport.
    const comesAt = Math.max(dueAt + DRIVE_S, now());
    await sleep(Math.max(0, (comesAt - now()) * 1000));
    const answer = await send<GateAnswer>('POST', '/api/gates/readings', keys.terminal, {
      ...{ id: `${prefix}G${n}`, gate: 'YS-1', lane: 'in-1', plate, containers: [] },
      weighing: { kg: String(8_950 + ((n * 7) % 100)) },
    });
    if (dueAt >= warmUp) gateMs.push((now() - comesAt) * 1000);
    if (answer.verdict === 'open' && answer.passport) crossed.add(answer.passport);
    else fault(`Gate ${n}: ${answer.verdict} ${answer.reasons.map(({ code }) => code)}`);
  }

  async function pay(): Promise<void> {
    const path = `/api/duty/bills?status=payable&limit=${PAYMENTS}`;
    const { rows } = await send<BillPage>('GET', path, keys.window);
    if (rows.length === 0) return;
    const payments = rows.map(({ declaration, outstanding: amount }) => ({
      ...{ id: `PAY-${declaration}`, declaration, amount, reference: declaration },
    }));
    const { results } = await send<{ results: PaymentResult[] }>(
      ...(['POST', '/api/duty/payments', keys.window, { payments }] as const),
    );
    for (const { payment, outcome, applied, refusals } of results) {
      if (outcome === 'refused') fault(`${payment}: ${refusals[0]?.code}`);
      else paid[payment] = applied;
    }
  }

  async function acknowledge(): Promise<void> {
    const path = `/api/releases/feed?limit=${NOTICES}`;
    const { items } = await send<ReleaseFeed>('GET', path, keys.terminal);
    if (items.length === 0) return;
    const { results } = await send<{ results: AcknowledgementResult[] }>(
      ...(['POST', '/api/releases/acknowledgements', keys.terminal] as const),
      { acknowledgements: items.map(({ release, toAcknowledge: of }) => ({ release, of })) },
    );
    for (const { release, outcome } of results) {
      if (outcome === 'done') acknowledged.add(release);
    }
  }

  /** An officer's next step; another's step in between, or goods that are not there yet, are no fault. */
  async function work(): Promise<void> {
    const { items } = await send<{ items: WorkItem[] }>('GET', '/api/work-list', keys.officer);
    const act = (id: string, name: string, said: object) =>
      send('POST', `/api/declarations/${id}/${name}`, keys.officer, said).then(
        () => {
          findings += 1;
        },
        (error: Error) => {
          if (!error.message.includes(': 409')) throw error;
        },
      );
    let done = 0;
    for (const { id, task } of items) {
      if (done >= TASKS_PER_S) break;
      if (task === 'documentaryCheck') await act(id, 'documentary-check', { outcome: 'passed' });
      else if (task === 'examination') await act(id, 'examinations', EXAMINED);
      else if (task === 'disposition') await act(id, 'disposition', { disposition: 'release' });
      else continue;
      done += 1;
    }
  }

  async function answerChecks(): Promise<void> {
    for (const key of [keys.authority, keys.officer]) {
      const path = `/api/checks?status=pending&limit=${CHECKS_PER_S}`;
      const { items } = await send<CheckPage>('GET', path, key);
      for (const { id } of items) {
        const at = `/api/checks/${encodeURIComponent(id)}/answer`;
        await send('POST', at, key, { outcome: 'passed', note: '符合要求' }).catch(
          (error: Error) => {
            if (!error.message.includes(': 409')) throw error;
          },
        );
      }
    }
  }

  const ships = Math.ceil(total / PER_SHIP);
  const shipsPerS = filingsPerS / PER_SHIP;
  const crossings = crossingsPerS * ends;
  const isLate = (ship: number): boolean => ship % LATE_EVERY === LATE_EVERY - 1;
  await Promise.all([
    each(shipsPerS, -MANIFEST_LEAD_S, ships, async (n) => {
      if (!isLate(n)) await report(n);
    }),
    each(shipsPerS, MANIFEST_LAG_S, ships, async (n) => {
      if (isLate(n)) await report(n);
    }),
    each(filingsPerS, 0, total, file),
    each(shipsPerS, ARRIVAL_LAG_S + MANIFEST_LAG_S, ships, arrive),
    each(crossingsPerS / PER_LIST, -2, Math.ceil(crossings / PER_LIST), registerList),
    each(crossingsPerS, 0, crossings, cross),
    ...[pay, acknowledge, work, answerChecks].map(repeatedly),
  ]);
  const seconds = now() - warmUp;
  await Promise.all(pending);
  close();
  return {
    ...{ filingMs, gateMs, filed, paid, bills, findings, arrived, faults },
    seconds: Math.min(seconds, order.seconds),
    crossed: [...crossed],
    acknowledged: [...acknowledged],
  };
}

/** What two officers write down when the goods are as declared. */
const EXAMINED = {
  methods: ['unpackPartly'],
  officers: ['陈立', '周敏'],
  attendance: { name: '王强', signature: '王强', absentReason: null },
};
