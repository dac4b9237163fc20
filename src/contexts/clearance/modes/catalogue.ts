import { isEffective, type LocalDate } from '../../../kernel/dates.ts';
import { ADMISSION } from './axes/admission.ts';
import { PLACE, TRANSIT, TRANSPORT } from './axes/carriage.ts';
import { FILING } from './axes/filing.ts';
import { BATCH, ENTRY, LINE } from './axes/zones.ts';
import { CONFLICTS, conflictsOf } from './conflicts.ts';
import {
  AXES,
  type Axis,
  type ModeCatalogue,
  type ModeChoice,
  type ModePair,
  type ModeValue,
} from './contract.ts';
import { PAUSE_CODES } from './pause-codes.ts';
import { STEPS } from './steps.ts';

export const AXIS_NAMES = Object.keys(AXES) as Axis[];

/** Every value of every axis, in the order of the axes. */
export const VALUES: readonly ModeValue[] = [
  ...FILING,
  ...ADMISSION,
  ...LINE,
  ...ENTRY,
  ...BATCH,
  ...PLACE,
  ...TRANSIT,
  ...TRANSPORT,
];

const BY_NAME = new Map(VALUES.map((value) => [`${value.axis}.${value.id}`, value]));

export function modeValue<A extends Axis>(axis: A, id: ModeChoice[A]): ModeValue {
  const value = BY_NAME.get(`${axis}.${id}`);
  if (!value) throw new Error(`Nothing describes ${axis} ${id}.`);
  return value;
}

/** What is meant where nothing was chosen: the first value of an axis that is in force on the day. */
export function defaultChoice(on: LocalDate): ModeChoice {
  if (ordinary?.on === on) return ordinary.choice;
  ordinary = { on, choice: firstInForce(on) };
  return ordinary.choice;
}
let ordinary: { readonly on: LocalDate; readonly choice: ModeChoice } | null = null;

function firstInForce(on: LocalDate): ModeChoice {
  const first = <A extends Axis>(axis: A): ModeChoice[A] => {
    const ids = AXES[axis] as readonly string[] as readonly ModeChoice[A][];
    const id = ids.find((each) => isEffective(modeValue(axis, each).effective, on)) ?? ids[0];
    if (!id) throw new Error(`The axis ${axis} has no value.`);
    return id;
  };
  return {
    filing: first('filing'),
    admission: first('admission'),
    line: first('line'),
    entry: first('entry'),
    batch: first('batch'),
    place: first('place'),
    transit: first('transit'),
    transport: first('transport'),
  };
}

/** Every choice there is, possible or not. */
export function* everyChoice(): Generator<ModeChoice> {
  let choices: Partial<ModeChoice>[] = [{}];
  for (const axis of AXIS_NAMES) {
    choices = choices.flatMap((choice) => AXES[axis].map((id) => ({ ...choice, [axis]: id })));
  }
  yield* choices as ModeChoice[];
}

const NEVER_TOGETHER = 'clearance.mode_never_in_force_together';

/** Whether two values were ever in force on one day. */
function overlap(a: ModeValue, b: ModeValue): boolean {
  const ends = [a, b].flatMap(({ effective }) => effective.to ?? []);
  const from = a.effective.from > b.effective.from ? a.effective.from : b.effective.from;
  return ends.every((end) => from < end);
}

/**
 * The table of pairs. A pair goes *together* when the ordinary choice of everything else lets it, *with
 * another* when some choice does, and *never* otherwise; the codes say what stood in its way.
 */
export function pairsOf(on: LocalDate): ModePair[] {
  const ordinary = defaultChoice(on);
  const possible = [...everyChoice()].filter((choice) => conflictsOf(choice).length === 0);
  return VALUES.flatMap((a, index) =>
    VALUES.slice(index + 1)
      .filter((b) => a.axis !== b.axis)
      .map((b) => pair(a, b, ordinary, possible)),
  );
}

function pair(
  a: ModeValue,
  b: ModeValue,
  ordinary: ModeChoice,
  possible: readonly ModeChoice[],
): ModePair {
  const names = { a: `${a.axis}.${a.id}`, b: `${b.axis}.${b.id}` };
  if (!overlap(a, b)) return { ...names, status: 'never', codes: [NEVER_TOGETHER] };
  const conflicts = conflictsOf({ ...ordinary, [a.axis]: a.id, [b.axis]: b.id });
  if (conflicts.length === 0) return { ...names, status: 'together', codes: [] };
  const exists = possible.some((choice) => choice[a.axis] === a.id && choice[b.axis] === b.id);
  if (exists) return { ...names, status: 'withAnother', codes: conflicts.map(({ code }) => code) };
  // What lies between the two themselves says more than what the ordinary choice adds to it.
  const own = conflicts.filter(({ when }) =>
    Object.keys(when).every((axis) => axis === a.axis || axis === b.axis),
  );
  const told = own.length > 0 ? own : conflicts;
  return { ...names, status: 'never', codes: told.map(({ code }) => code) };
}

let latest: ModeCatalogue | null = null;

/** The whole of it, for whoever has to choose; made once a day. */
export function catalogueOn(on: LocalDate): ModeCatalogue {
  if (latest?.on === on) return latest;
  latest = {
    on,
    values: VALUES.map((value) => ({ ...value, inForce: isEffective(value.effective, on) })),
    steps: STEPS.map(({ only: _, ...step }) => step),
    conflicts: [...CONFLICTS],
    pairs: pairsOf(on),
    pauseCodes: PAUSE_CODES.map((each) => ({ ...each })),
  };
  return latest;
}
