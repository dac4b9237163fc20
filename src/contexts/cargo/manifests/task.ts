import type { State } from './bill.ts';
import type { BillTask } from './contract.ts';

/**
 * What somebody has to do about a bill next. An officer's answer comes before a terminal's report.
 * Goods of a consolidation are reported by their houses; of goods that have left, nothing more is.
 */
export function taskOf(state: State): { task: BillTask; since: string } | null {
  const { change, doNotLoad, status, direction, arrived, tally, loaded, manifestedAt } = state;
  if (change) return { task: 'answerChange', since: change.at };
  if (doNotLoad?.lift) return { task: 'answerLift', since: doNotLoad.lift.at };
  if (status !== 'manifested' || !manifestedAt || state.houses.length > 0) return null;
  if (state.journey.some(({ stage }) => stage === 'out')) return null;
  if (!arrived) return doNotLoad ? null : { task: 'confirmArrival', since: manifestedAt };
  if (direction === 'I') return tally ? null : { task: 'tally', since: arrived.at };
  return loaded || doNotLoad ? null : { task: 'load', since: arrived.at };
}
