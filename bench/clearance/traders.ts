import type { ManifestResult } from '../../src/contexts/cargo/manifests/contract.ts';
import type {
  DeclarationInput,
  FilingResult,
  Problem,
} from '../../src/contexts/clearance/contract.ts';
import { type Day, type Filing, filingAt, manifestsOf } from './filings.ts';
import type { Pace } from './pace.ts';
import type { Sender } from './sender.ts';
import type { Tally } from './tally.ts';
import { BENCH, type World } from './world.ts';

/** Bills of one ship. */
export const PER_SHIP = 35;

/** What declarants, carriers and the terminal do with the goods of one day. */
export function createTraders(
  { send }: Sender,
  { now }: Pace,
  tally: Tally,
  day: Day & {
    readonly keys: World['keys'];
    readonly contents: readonly DeclarationInput[];
    readonly total: number;
    /** What is due earlier is done and not timed. */
    readonly timedFrom: number;
  },
) {
  const { keys, contents, prefix, on } = day;
  const aboard = (ship: number): Filing[] => {
    const from = ship * PER_SHIP;
    const count = Math.max(0, Math.min(PER_SHIP, day.total - from));
    return Array.from({ length: count }, (_, n) => filingAt(contents, from + n, day));
  };
  const blame = (what: string, [problem]: readonly Problem[]): void =>
    tally.fault(`${what}: ${problem?.code} at ${problem?.path} (${problem?.seen})`);

  return {
    async file(n: number, dueAt: number): Promise<void> {
      const { id, content } = filingAt(contents, n, day);
      const { outcome, problems } = await send<FilingResult>(
        ...(['POST', '/api/declarations', keys.window, { id, content }] as const),
      );
      tally.filedUntil = now();
      if (dueAt >= day.timedFrom) tally.filingMs.push((tally.filedUntil - dueAt) * 1000);
      if (outcome !== 'refused') tally.filed[id] = outcome;
      if (outcome === 'refused' || outcome === 'returned') blame(`${id} ${outcome}`, problems);
    },

    async report(ship: number): Promise<void> {
      for (const voyage of manifestsOf(aboard(ship), `${prefix}M${ship}`, on)) {
        const answer = await send<ManifestResult>('POST', '/api/manifests', keys.window, voyage);
        tally.bills += answer.bills.length;
        if (answer.outcome === 'returned') blame(`${voyage.id} returned`, answer.problems);
      }
    },

    async arrive(ship: number): Promise<void> {
      const bills = aboard(ship).flatMap(({ bill }) =>
        bill?.number ? [{ number: bill.number }] : [],
      );
      if (bills.length === 0) return;
      const answer = await send<ManifestResult>('POST', '/api/manifests', keys.terminal, {
        ...{ kind: 'arrival', id: `${prefix}A${ship}`, premises: BENCH, bills },
      });
      tally.arrived += answer.bills.length;
    },
  };
}
