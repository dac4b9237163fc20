import type { GateAnswer, PassportAnswer } from '../../src/contexts/cargo/gates/contract.ts';
import type { Pace } from './pace.ts';
import type { Sender } from './sender.ts';
import type { Tally } from './tally.ts';
import { BENCH, type World } from './world.ts';

/** Lorries that carry the goods of one list. */
export const PER_LIST = 20;
const QUANTITY = 1_000;
const TARE_KG = 8_000;
const DRIVE_S = 3;

/** Lorries into a zone over its first line: a list, a passport each, and the gate. */
export function createLorries(
  { send }: Sender,
  { now, until }: Pace,
  tally: Tally,
  day: {
    readonly keys: World['keys'];
    readonly prefix: string;
    readonly timedFrom: number;
  },
) {
  const { keys, prefix } = day;
  const movement = { zone: 'yangshan', direction: 'in' };
  const lists = new Map<number, Promise<unknown>>();
  return {
    async registerList(list: number): Promise<void> {
      const quantity = String(PER_LIST * QUANTITY);
      const registered = send('PUT', '/api/gate-papers', keys.window, {
        ...{ kind: 'list', no: `${prefix}L${list}`, organisation: BENCH, ...movement },
        lines: [{ lineNo: 1, description: '滚动轴承', unit: '035', quantity }],
      });
      lists.set(list, registered);
      await registered;
    },

    async cross(n: number, dueAt: number): Promise<void> {
      const plate = `沪${prefix}${String(n).padStart(6, '0')}`;
      const place = Math.floor(n / PER_LIST);
      const list = `${prefix}L${place}`;
      await lists.get(place);
      const applied = await send<PassportAnswer>('POST', '/api/passports', keys.window, {
        ...{ id: `${prefix}P${n}`, organisation: BENCH },
        content: {
          ...{ type: 'firstLineIntegrated', binding: 'oneListManyVehicles', line: 'first' },
          ...movement,
          vehicle: { plate, tareKg: String(TARE_KG) },
          papers: [{ kind: 'list', no: list, lines: [{ lineNo: 1, quantity: String(QUANTITY) }] }],
          goodsGrossKg: String(QUANTITY),
        },
      });
      if (applied.outcome !== 'approved') {
        const reasons = applied.conditions.flatMap((each) => each.reasons.map(({ code }) => code));
        return tally.fault(`Passport ${n}: ${applied.outcome} ${reasons}`);
      }
      // A lorry does not come to the gate before it has its passport.
      const comesAt = Math.max(dueAt + DRIVE_S, now());
      await until(comesAt);
      // No two weigh the same: a bridge that shows one figure all day is out of order.
      const kg = String(TARE_KG + QUANTITY - 50 + ((n * 7) % 100));
      const answer = await send<GateAnswer>('POST', '/api/gates/readings', keys.terminal, {
        ...{ id: `${prefix}G${n}`, gate: 'YS-1', lane: 'in-1', plate, containers: [] },
        weighing: { kg },
      });
      if (dueAt >= day.timedFrom) tally.gateMs.push((now() - comesAt) * 1000);
      if (answer.verdict === 'open' && answer.passport) tally.crossed.add(answer.passport);
      else tally.fault(`Gate ${n}: ${answer.verdict} ${answer.reasons.map(({ code }) => code)}`);
    },
  };
}
