import type { Random } from '../../demo/generate/random.ts';
import type { Cause } from '../../src/contexts/bonded/explain/contract.ts';
import type { Carried, PostingLine } from '../../src/contexts/bonded/explain/evidence.ts';
import type { Spot } from '../../src/contexts/bonded/stocktake/differences.ts';
import {
  at,
  COUNTED_AT,
  type Factory,
  type Happening,
  lineFor,
  type Part,
  shifted,
  spoilt,
  UNIT,
} from './factory.ts';

/** One fault as it is sealed: what it adds to counted less book at one spot. */
export interface Answer extends Spot {
  readonly cause: Cause;
  readonly quantity: number;
  /** Whether ordinary records say the quantity; noise at the spot can take that away again. */
  readonly proof: 'record' | 'fit' | 'none';
  readonly story: string;
}

type Proof = Answer['proof'];
/** Spoils the records of one thing that happened to a part; empty where nothing of the part suits. */
export type Fault = (factory: Factory, part: Part, random: Random) => readonly Answer[];

const COUNTED = new Set(['rawMaterial', 'semiFinished', 'finished', 'scrap', 'defective']);
export const DAY = 24 * 60;
export const minutesTo = (instant: string): number =>
  (Date.parse(instant) - Date.parse(COUNTED_AT)) / 60_000;

/** What carrying these goods `times` over adds to counted less book. */
export function answers(
  cause: Cause,
  proof: Proof,
  story: string,
  lines: readonly Carried[],
  times = 1,
): Answer[] {
  return lines.flatMap(({ part, quantity, from, to }) =>
    [
      from && { ...from, signed: -quantity * times },
      to && { ...to, signed: quantity * times },
    ].flatMap((end) =>
      end && COUNTED.has(end.account) && end.signed !== 0
        ? [
            {
              part,
              account: end.account,
              site: end.site,
              quantity: end.signed,
              cause,
              proof,
              story,
            },
          ]
        : [],
    ),
  );
}

type Sound = Happening & {
  truth: NonNullable<Happening['truth']>;
  posting: NonNullable<Happening['posting']>;
};

export function pick(
  { happenings }: Factory,
  { part }: Part,
  random: Random,
  kind: string,
  isWanted: (happening: Sound, line: PostingLine) => boolean = ({ truth }) => truth.at < COUNTED_AT,
): { happening: Sound; line: PostingLine } | null {
  const fit = happenings.flatMap((happening) => {
    const { truth, posting } = happening;
    if (!truth || posting?.kind !== kind || spoilt.has(happening)) return [];
    const line = posting.lines.find((it) => it.part === part && it.from?.site === 'main');
    const sound = happening as Sound;
    return line && isWanted(sound, line) ? [{ happening: sound, line }] : [];
  });
  if (fit.length === 0) return null;
  const picked = random.pick(fit);
  spoilt.add(picked.happening);
  return picked;
}

export const within =
  (from: number, to: number) =>
  ({ truth }: Sound) =>
    minutesTo(truth.at) > from && minutesTo(truth.at) < to;
export const shortLine = (part: Part, random: Random, from: Carried['from'], to: Carried['to']) =>
  lineFor(
    part.part,
    (3 + random.int(90)) * part.step * (part.step === UNIT ? 1 : 37),
    from,
    to,
    part.box,
  );
export const someTime = (random: Random): string =>
  shifted(COUNTED_AT, -random.between(2, 300) * DAY);
export const hasPaper = ({ papers }: Factory, document: string | null, part: string): boolean =>
  papers.some((paper) => paper.document === document && paper.part === part);
export const raw = at('rawMaterial');
export const process = at('inProcess');
