import type { Refusal } from '../../../kernel/refusal.ts';
import type { Crossing, Passport, Reading } from './contract.ts';
import { earlier } from './passport.ts';
import { judge, type Situation } from './verdict.ts';

/**
 * What should not have passed while a gate worked alone. Readings come later, in any order and more
 * than once; so each question here is answered by the reading itself and its passport, or by comparing
 * two passings: the later of the two is flagged, whichever we heard of first. Nothing depends on what
 * is not known yet, and so no order of uploads changes the outcome.
 */

/** The passport a passing went by: the one approved last before it, for this gate's zone and direction. */
export function passportThen({ passports, reading, gate, lane, at }: Situation): Passport | null {
  if (reading.passport) {
    return passports.find(({ number }) => number === reading.passport) ?? null;
  }
  const fitting = passports.filter(
    ({ content }) => content.zone === gate.zone && content.direction === lane.direction,
  );
  const approved = fitting.filter(({ approvedAt }) => approvedAt !== null && approvedAt <= at);
  const byApproval = (a: Passport, b: Passport) =>
    (a.approvedAt ?? '') < (b.approvedAt ?? '') ? 1 : -1;
  return [...approved].sort(byApproval)[0] ?? fitting[0] ?? null;
}

/**
 * Why this passing should not have been, looking at nothing but itself and its passport. In a declared
 * downtime nobody could apply before: a passport approved afterwards then covers it.
 */
export function wrongInItself(
  situation: Situation,
  passport: Passport | null,
  inDowntime: boolean,
): Refusal[] {
  const judged = judge({
    ...situation,
    passports: passport ? [asApproved(passport, situation)] : [],
    vehicle: { waitingAt: null, waitingSince: null, lastGate: null, lastPassedAt: null },
    bridge: { kg: null, plate: null, run: 0 },
  });
  const reasons = judged.reasons.filter(({ severity }) => severity !== 'warning');
  const { approvedAt, number } = passport ?? {};
  if (approvedAt && approvedAt > situation.at && !inDowntime) {
    const params = { approval: 'pending' };
    reasons.push({ code: 'cargo.passport_not_approved', seen: number ?? '', params });
  }
  return reasons;
}

/** The passport before it had passed anything: what came of it since belongs to other passings. */
function asApproved(passport: Passport, { gate }: Situation): Passport {
  const { state } = passport;
  if (state === 'applied' || state === 'deleted' || state === 'void') return passport;
  const gates = passport.gates.includes(gate.position) ? [gate.position] : passport.gates;
  return { ...passport, gates, state: 'approved', crossings: [], examination: null };
}

/** Whether a passing counts as one of its passport's: only then do its goods count as moved. */
export function counts(passport: Passport | null, { gate, lane }: Situation): boolean {
  if (!passport || passport.approvedAt === null) return false;
  const { content, gates, state } = passport;
  if (state === 'deleted' || state === 'void' || state === 'applied') return false;
  const line = content.line === 'first' ? 'first' : 'second';
  return (
    content.zone === gate.zone &&
    line === gate.line &&
    content.direction === lane.direction &&
    gates.includes(gate.position)
  );
}

/** The passing of the same gate that is already counted, if any. */
export const alreadyPassed = (
  passport: Passport,
  { gate }: Pick<Situation, 'gate'>,
): Crossing | null => passport.crossings.find(({ position }) => position === gate.position) ?? null;

/** Of two passings of one gate under one passport, the later is one too many. */
export const passedAgain = (again: { readonly reading: string }): Refusal => ({
  code: 'cargo.passed_again',
  seen: again.reading,
});

/** One vehicle at two gates within a time nobody drives in: the later passing is not believed. */
export const atTwoGates = (plate: string, gate: string): Refusal => ({
  code: 'cargo.vehicle_at_two_gates',
  seen: plate,
  params: { gate },
});

export const isEarlier = (
  a: { readonly at: string; readonly reading: string },
  b: { readonly at: string; readonly reading: string },
): boolean => earlier(a, b) < 0;

export const readingOf = ({ id, at }: { readonly id: Reading['id']; readonly at: string }) => ({
  reading: id,
  at,
});
