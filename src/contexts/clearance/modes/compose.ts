import assert from 'node:assert/strict';
import type { LocalDate } from '../../../kernel/dates.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { ConditionKind, DeclarationContent } from '../contract.ts';
import { AXIS_NAMES, defaultChoice, modeValue } from './catalogue.ts';
import { conflictsOf } from './conflicts.ts';
import type { Axis, ClockRule, ModeChoice, ModeConflict, ModeValue, Step } from './contract.ts';
import { ALWAYS, STEPS } from './steps.ts';

/** What beside the choice itself decides whether a mode may be used. */
export interface ModeContext {
  readonly ieFlag: 'I' | 'E';
  /** The certified grade of the domestic party; unknown bars nothing. */
  readonly grade: string | null;
}

/** All that follows from a choice. */
export interface ComposedMode {
  readonly choice: ModeChoice;
  readonly steps: readonly Step[];
  readonly conditions: {
    readonly adds: ReadonlySet<ConditionKind>;
    readonly drops: ReadonlySet<ConditionKind>;
    /** Hold up release for use, not removal; empty where admission has one stage. */
    readonly forUse: ReadonlySet<ConditionKind>;
  };
  readonly clocks: readonly ClockRule[];
  readonly requires: readonly string[];
  /** Fields that may wait for the second step, lines as `lines[].field`. */
  readonly mayWait: ReadonlySet<string>;
  readonly refusals: readonly Refusal[];
}

/** Composed once for each choice, day and context: a busy day has a handful of them. */
const composed = new Map<string, ComposedMode>();
const KEPT_MAX = 2000;

/**
 * Lays the values of a choice over each other. Nothing here knows any mode by name but one rule that
 * the axes cannot say alone: conditions wait for use only where there is a removal to precede it.
 */
export function composeMode(choice: ModeChoice, on: LocalDate, context: ModeContext): ComposedMode {
  const key = `${on}|${context.ieFlag}|${context.grade}|${AXIS_NAMES.map((a) => choice[a]).join()}`;
  const known = composed.get(key);
  if (known) return known;
  if (composed.size >= KEPT_MAX) composed.clear();
  const made = compose(choice, on, context);
  composed.set(key, made);
  return made;
}

function compose(choice: ModeChoice, on: LocalDate, context: ModeContext): ComposedMode {
  const values = AXIS_NAMES.map((axis) => modeValue(axis, choice[axis]));
  const steps = stepsOf(values, context.ieFlag);
  const isStaged = steps.some(({ id }) => id === 'permitRemoval');
  const kinds = (of: 'adds' | 'drops' | 'forUse') =>
    new Set(values.flatMap((value) => value.conditions[of] as ConditionKind[]));
  const drops = kinds('drops');
  return {
    choice,
    steps,
    conditions: {
      adds: kinds('adds'),
      drops,
      forUse: isStaged ? kinds('forUse') : new Set(),
    },
    clocks: clocksOf(values, steps, context.ieFlag),
    requires: [...new Set(values.flatMap(({ requires }) => requires))],
    mayWait: new Set(values.flatMap(({ mayWait }) => mayWait)),
    refusals: refusalsOf(choice, values, on, context),
  };
}

function stepsOf(values: readonly ModeValue[], ieFlag: 'I' | 'E'): Step[] {
  const wanted = new Set([...ALWAYS, ...values.flatMap(({ steps }) => steps)]);
  for (const step of values.flatMap(({ withoutSteps }) => withoutSteps)) wanted.delete(step);
  return STEPS.filter(({ id, only }) => wanted.has(id) && (only === null || only === ieFlag)).map(
    ({ only: _, ...step }) => step,
  );
}

/** A clock runs only where the step that starts it is taken; exports have no fourteen days. */
function clocksOf(
  values: readonly ModeValue[],
  steps: readonly Step[],
  ieFlag: 'I' | 'E',
): ClockRule[] {
  const rules = values.flatMap(({ clocks }) => clocks);
  const isEntryKnown = ieFlag === 'I' && steps.some(({ id }) => id === 'conveyanceEnters');
  const later = rules.some(({ kind }) => kind === 'declareAfterEntry');
  return rules.filter(
    ({ from, kind }) =>
      (from !== 'conveyanceEntered' || isEntryKnown) && !(kind === 'declare' && later),
  );
}

function refusalsOf(
  choice: ModeChoice,
  values: readonly ModeValue[],
  on: LocalDate,
  context: ModeContext,
): Refusal[] {
  const own = values.flatMap((value) => refusalsOfValue(value, on, context));
  return [...own, ...conflictsOf(choice).map((conflict) => refusalOf(conflict, choice))];
}

/** Why a combination cannot be: its code is a sentence of its own, about the first axis it names. */
function refusalOf({ code, when, legalBasis }: ModeConflict, choice: ModeChoice): Refusal {
  const [axis] = Object.keys(when) as Axis[];
  assert(axis, `The conflict ${code} is about nothing.`);
  return { code, path: pathOf(axis), seen: choice[axis], ...(legalBasis && { legalBasis }) };
}

function refusalsOfValue(value: ModeValue, on: LocalDate, context: ModeContext): Refusal[] {
  const { axis, id, label, effective, legalBasis } = value;
  const { from, to } = effective;
  const params = { zh: label.zh, en: label.en, on, from, to: to ?? '', grade: context.grade ?? '' };
  const refused = (code: string): Refusal => ({
    ...{ code, path: pathOf(axis), seen: id, params, legalBasis },
  });
  return [
    ...(on < from ? [refused('clearance.mode_not_yet_in_force')] : []),
    ...(to !== null && on >= to ? [refused('clearance.mode_no_longer_in_force')] : []),
    ...(value.only && value.only !== context.ieFlag
      ? [refused('clearance.mode_for_imports_only')]
      : []),
    ...(context.grade && value.notForGrades.includes(context.grade)
      ? [refused('clearance.mode_not_for_this_grade')]
      : []),
  ];
}

const FIELDS: Partial<Record<Axis, string>> = { filing: 'filing', transport: 'transport.mode' };
const pathOf = (axis: Axis): string => FIELDS[axis] ?? `modes.${axis}`;

const TRANSPORTS: Readonly<Record<string, ModeChoice['transport']>> = {
  '2': 'sea',
  '3': 'rail',
  '4': 'road',
  '5': 'air',
};

/** Where a declaration stands on every axis. */
export function choiceOf(
  content: Pick<DeclarationContent, 'filing' | 'modes'> & {
    readonly transport: Pick<DeclarationContent['transport'], 'mode'>;
  },
  on: LocalDate,
): ModeChoice {
  const { admission, line, entry, batch, place, transit } = content.modes ?? {};
  const ordinary = defaultChoice(on);
  return {
    filing: content.filing,
    admission: admission ?? ordinary.admission,
    line: line ?? ordinary.line,
    entry: entry ?? ordinary.entry,
    batch: batch ?? ordinary.batch,
    place: place ?? ordinary.place,
    transit: transit ?? ordinary.transit,
    transport: TRANSPORTS[content.transport.mode ?? ''] ?? 'other',
  };
}
