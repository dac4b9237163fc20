import type { Quantity, Rate } from '../../quantity.ts';
import type { Candidate } from '../candidate.ts';
import type { Grade } from '../contract.ts';
import { countedAtOf, effectsOf, type Facts, grouped, type Line, stands } from '../facts.ts';
import { draftLine } from '../remedies.ts';
import { type Detector, found, paperRecord } from './found.ts';
import { goes } from './matching.ts';
import { needOf } from './needs.ts';
import { sightings } from './timing.ts';

const RATE_UNIT = 1_000_000_000n;
const factor = (text: string): Rate => BigInt(text.replace('.', ''));
/** What units are mistaken by: powers of ten, dozens and grosses, inches, feet, ounces and pounds. */
const FACTORS: readonly Rate[] = [
  ...[10n, 12n, 100n, 144n, 1_000n, 10_000n, 100_000n, 1_000_000n].map((it) => it * RATE_UNIT),
  ...['2.540000000', '25.400000000', '28.349523125', '453.592370000'].map(factor),
  ...['2.204622622', '3.280839895', '30.480000000'].map(factor),
];

/** Use differs from what is declared, so the ratio need only be near … */
const NEAR = 0.3;
/** … and this near it is hard to take for anything else. */
const VERY_NEAR = 0.05;
/** Where nothing is declared, only a factor far beyond what quantities vary by is believed. */
const FAR = 100n * RATE_UNIT;
const TENFOLD = 10n * RATE_UNIT;
/** Less than this share of a need is what use differs by, and not what an issue was for. */
const LEFT_MIN = 0.1;
/** A third of a need is issued for a reason, and missed where it is not there. */
const MUCH = 3.3;
/** Fewer lines than these are no custom. */
const CUSTOM_MIN = 4;

/** Lines sent with another conversion than always, and quantities that are a unit's factor off what is usual. */
export const units: Detector = function* (facts) {
  for (const part of facts.parts) {
    const lines = (facts.linesOf.get(part) ?? []).filter(
      (line) => line.bonded && stands(facts, line.posting, countedAtOf(facts, line)),
    );
    yield* otherConversion(facts, lines);
    for (const line of lines) yield* seenOtherwise(facts, line);
    if (facts.differing.has(part)) yield* farOff(facts, lines);
  }
};

function* otherConversion(facts: Facts, lines: readonly Line[]): Iterable<Candidate> {
  for (const group of grouped(lines, ({ sent }) => sent?.unit ?? null).values()) {
    const byConversion = [...grouped(group, ({ sent }) => String(sent?.conversion)).values()];
    const [usual, ...others] = byConversion.toSorted((a, b) => b.length - a.length);
    const conversion = usual?.[0]?.sent?.conversion;
    const rest = others.flat();
    if (!usual || conversion === undefined) continue;
    if (usual.length < CUSTOM_MIN * Math.max(1, rest.length)) continue;
    for (const line of rest) {
      if (!line.sent) continue;
      const right = Number(
        (BigInt(line.sent.quantity) * conversion * 2n + RATE_UNIT) / (2n * RATE_UNIT),
      );
      yield* asMeant(facts, line, right, 'strong', 0, usual.slice(0, 3));
    }
  }
}

/** A tenth or a twelfth of a list may be a first load; a hundredth, or more than it says, is the unit. */
export const NO_PART = 100n * RATE_UNIT;

/** Those who had the goods in hand wrote down another quantity, and a unit's factor lies between the two. */
function* seenOtherwise(facts: Facts, line: Line): Iterable<Candidate> {
  const papers = sightings(facts, line).filter((it) => goes(line, it) && it.bonded !== false);
  const [first] = papers;
  const alike = (facts.linesUnder.get(line.posting.document ?? '') ?? []).filter(
    ({ part }) => part === line.part,
  );
  if (!first || alike.length > 1 || first.at > countedAtOf(facts, line)) return;
  if (papers.some(({ quantity }) => quantity !== first.quantity)) return;
  const by = factorBetween(line.quantity, first.quantity);
  if (by === null) return;
  const isDeclared = (facts.papersOf.get(line.posting.document ?? '') ?? []).some(
    (it) => it.kind === 'importLine' && it.part === line.part && it.quantity === first.quantity,
  );
  const mayBePart =
    line.posting.kind === 'imported' && first.quantity < line.quantity && !isDeclared;
  yield* found({
    cause: 'unitFactor',
    grade: mayBePart && by < NO_PART ? 'documented' : 'certain',
    uses: [line.record, ...papers.map(({ id }) => paperRecord(id))],
    effects: effectsOf(facts, line, first.quantity - line.quantity),
    remedy: {
      ...{ kind: 'replace', event: line.posting.id, line: line.index },
      by: [draftLine(line.part, first.quantity, { insteadOf: line.insteadOf })],
    },
  });
}

/** The factor of a unit by which one quantity is the other, to the last digit; `null` where there is none. */
export function factorBetween(one: Quantity, other: Quantity): Rate | null {
  const [less, more] = one < other ? [one, other] : [other, one];
  return FACTORS.find((by) => over(more, by) === less || times(less, by)[0] === more) ?? null;
}

function* farOff(facts: Facts, lines: readonly Line[]): Iterable<Candidate> {
  const usual = usualOf(lines);
  const factors = factorsOf(lines);
  for (const line of lines) {
    const declared = declaredFor(facts, line);
    for (const expected of declared.length > 0 ? declared : [usual(line)]) {
      if (expected === null || expected <= 0) continue;
      const ratio = line.quantity / expected;
      const isMuch = MUCH * expected > (needOf(facts, line.part, line.posting) ?? 0);
      for (const by of factors) {
        if (declared.length === 0 && by < FAR) continue;
        const size = Number(by) / Number(RATE_UNIT);
        const off = Math.abs((ratio > 1 ? ratio / size : ratio * size) - 1);
        if (off > NEAR || (ratio > 0.6 && ratio < 1.7)) continue;
        const [right, slack] = ratio > 1 ? [over(line.quantity, by), 1] : times(line.quantity, by);
        const isNear = declared.length > 0 && off <= VERY_NEAR;
        const isBeyondDoubt =
          isNear && isMuch && slack <= 1 && by >= TENFOLD && isMade(facts, line);
        const grade = isBeyondDoubt ? 'certain' : isNear ? 'strong' : 'documented';
        yield* asMeant(facts, line, right, grade, slack, []);
      }
    }
  }
}

/**
 * A closed order that made all it was to make: it cannot have done so with a hundredth of what that takes. What works a
 * product again takes what it takes.
 */
function isMade(facts: Facts, { posting }: Line): boolean {
  const order = posting.order === null ? undefined : facts.orderOf.get(posting.order);
  if (!order?.isClosed || order.reworks !== null) return false;
  return order.received + order.rejected >= order.planned;
}

/** The units this part comes in are mistaken for its own as well. */
function factorsOf(lines: readonly Line[]): readonly Rate[] {
  const own = lines.flatMap(({ sent }) =>
    sent && sent.conversion > RATE_UNIT ? sent.conversion : [],
  );
  return own.length === 0 ? FACTORS : [...new Set([...FACTORS, ...own])];
}

function* asMeant(
  facts: Facts,
  line: Line,
  right: Quantity,
  grade: Grade,
  slack: Quantity,
  like: readonly Line[],
): Iterable<Candidate> {
  yield* found({
    ...{ cause: 'unitFactor', grade, slack, uses: [line.record] },
    cites: like.map(({ record }) => record),
    effects: effectsOf(facts, line, right - line.quantity),
    remedy: {
      ...{ kind: 'replace', event: line.posting.id, line: line.index },
      by: [draftLine(line.part, right, { insteadOf: line.insteadOf })],
    },
  });
}

/** What the order's version says it takes of the part, and what of that its other issues leave to this one. */
function declaredFor(facts: Facts, line: Line): readonly Quantity[] {
  const need = needOf(facts, line.part, line.posting);
  if (need === null) return [];
  const others = (facts.linesOfOrder.get(line.posting.order ?? '') ?? [])
    .filter((it) => it.part === line.part && it !== line && it.posting.kind === 'issued')
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const left = need - others;
  return others > 0 && left > need * LEFT_MIN ? [left, need] : [need];
}

/** The middle quantity of the part's lines of one kind. */
function usualOf(lines: readonly Line[]): (line: Line) => Quantity | null {
  const middle = new Map<string, Quantity>();
  for (const [kind, group] of grouped(lines, ({ posting }) => posting.kind)) {
    if (group.length < CUSTOM_MIN) continue;
    const sorted = group.map(({ quantity }) => quantity).sort((a, b) => a - b);
    middle.set(kind, sorted[Math.floor(sorted.length / 2)] as Quantity);
  }
  return (line) => middle.get(line.posting.kind) ?? null;
}

const over = (quantity: Quantity, by: Rate): Quantity =>
  Number((2n * BigInt(quantity) * RATE_UNIT + by) / (2n * by));

/** With the most that rounding before the mistake can have hidden. */
function times(quantity: Quantity, by: Rate): readonly [Quantity, Quantity] {
  const product = Number((2n * BigInt(quantity) * by + RATE_UNIT) / (2n * RATE_UNIT));
  const isRound = quantity % 10 === 0;
  return [product, isRound ? 1 : Math.ceil(Number(by / RATE_UNIT) / 2) + 1];
}
