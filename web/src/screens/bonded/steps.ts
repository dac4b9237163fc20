import type { Cause, ExplanationRow } from '../../../../src/contexts/bonded/explain/contract.ts';
import type { Palette } from '../../parts/palette.ts';

/** One bar from the book to the count. `text` is exact; what is drawn may be rounded as pixels are. */
export interface Step {
  readonly key: string;
  readonly name:
    | 'waterfall.book'
    | 'waterfall.unexplained'
    | 'waterfall.counted'
    | `cause.${Cause}`;
  readonly text: string;
  readonly low: number;
  readonly height: number;
  readonly tone: keyof Pick<Palette, 'primary' | 'green' | 'brass' | 'red' | 'lineStrong'>;
}

/** The bars of one difference, in the order they add up: the book, each cause, what is unexplained, the count. */
export function stepsOf({
  book,
  counted,
  explained,
  residual,
}: Pick<ExplanationRow, 'book' | 'counted' | 'explained' | 'residual'>): Step[] {
  const steps: Step[] = [whole('waterfall.book', book, 'primary')];
  let level = Number(book);
  const between = (key: string, name: Step['name'], text: string, tone: Step['tone']) => {
    const next = level + Number(text);
    const [low, height] = [Math.min(level, next), Math.abs(next - level)];
    steps.push({ key, name, text: signed(text), low, height, tone });
    level = next;
  };
  for (const [at, { cause, quantity }] of explained.entries()) {
    between(`${at} ${cause}`, `cause.${cause}`, quantity, isBelow(quantity) ? 'brass' : 'green');
  }
  if (Number(residual) !== 0) between('residual', 'waterfall.unexplained', residual, 'red');
  return [...steps, whole('waterfall.counted', counted, 'primary')];
}

/** Of the height, what the steps between the book and the count take where they are small beside both. */
const STEPS_SHARE = 1 / 3;

/**
 * Where the axis begins: at nothing, unless what happened between the book and the count would then be too thin
 * to be seen.
 */
export function floorOf(steps: readonly Step[]): number {
  const [first, last] = [steps[0], steps.at(-1)];
  const levels = steps.flatMap(({ key, low, height }) =>
    key === first?.key || key === last?.key ? [height] : [low, low + height],
  );
  const [lowest, highest] = [Math.min(...levels), Math.max(...levels)];
  const floor = highest - (highest - lowest) / STEPS_SHARE;
  return lowest === highest ? 0 : Math.max(0, floor);
}

const isBelow = (text: string): boolean => text.startsWith('-');
const signed = (text: string): string => (isBelow(text) || Number(text) === 0 ? text : `+${text}`);

const whole = (
  name: 'waterfall.book' | 'waterfall.counted',
  text: string,
  tone: Step['tone'],
): Step => ({ key: name, name, text, low: 0, height: Number(text), tone });
