import type { Cause } from '../../src/contexts/bonded/explain/contract.ts';
import type { Claim, Score, Tally } from './claim.ts';
import type { Answer } from './fault.ts';
import { keyOf, type Year } from './year.ts';

/**
 * An explained cause is right when a sealed answer has the same cause and, to the last digit, the same quantity at
 * the same spot; each answer serves once. Identifiable are the answers that a record proves, and those that only
 * the difference can confirm where nothing else at the spot is off without a record.
 */
export function score(
  { answers, noisy }: Pick<Year, 'answers' | 'noisy'>,
  claims: readonly Claim[],
): Score {
  const open = new Map<string, Answer[]>();
  const unproven = new Set(answers.filter(({ proof }) => proof === 'none').map(keyOf));
  const isIdentifiable = (answer: Answer): boolean =>
    answer.proof === 'record' ||
    (answer.proof === 'fit' && !noisy.has(keyOf(answer)) && !unproven.has(keyOf(answer)));
  const byCause = new Map<Cause, Tally>();
  const tally = (cause: Cause): Tally => {
    const known = byCause.get(cause) ?? { explained: 0, right: 0, identifiable: 0, recalled: 0 };
    byCause.set(cause, known);
    return known;
  };
  for (const answer of answers) {
    const key = keyOf(answer);
    open.set(key, [...(open.get(key) ?? []), answer]);
    if (isIdentifiable(answer)) tally(answer.cause).identifiable += 1;
  }
  const wrong: string[] = [];
  let [quantity, falseQuantity] = [0, 0];
  for (const cause of claims) {
    const list = open.get(keyOf(cause)) ?? [];
    const at = list.findIndex((it) => it.cause === cause.cause && it.quantity === cause.quantity);
    const [hit] = at < 0 ? [] : list.splice(at, 1);
    tally(cause.cause).explained += 1;
    quantity += Math.abs(cause.quantity);
    if (hit) tally(cause.cause).right += 1;
    else {
      falseQuantity += Math.abs(cause.quantity);
      const left = list.map((it) => `${it.cause} ${it.quantity} (${it.story})`).join(', ');
      wrong.push(
        `${keyOf(cause)}: ${cause.grade} ${cause.cause} ${cause.quantity} by ${cause.records.slice(0, 2).join(', ')}; sealed: ${left || 'nothing'}`,
      );
    }
    if (hit && isIdentifiable(hit)) tally(cause.cause).recalled += 1;
  }
  const missed = [...open].flatMap(([key, list]) =>
    list
      .filter(isIdentifiable)
      .map((it) => `${key}: ${it.cause} ${it.quantity} (${it.story}, ${it.proof})`),
  );
  const all = [...byCause.values()].reduce(
    (sum, it) => ({
      explained: sum.explained + it.explained,
      right: sum.right + it.right,
      identifiable: sum.identifiable + it.identifiable,
      recalled: sum.recalled + it.recalled,
    }),
    { explained: 0, right: 0, identifiable: 0, recalled: 0 },
  );
  return {
    ...{ all, byCause, wrong, missed },
    precision: all.explained === 0 ? 1 : all.right / all.explained,
    recall: all.identifiable === 0 ? 1 : all.recalled / all.identifiable,
    falseQuantityShare: quantity === 0 ? 0 : falseQuantity / quantity,
  };
}
