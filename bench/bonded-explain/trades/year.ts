import type { Cause } from '../../../src/contexts/bonded/explain/contract.ts';
import { doBusiness } from './business.ts';
import { type Counted, count } from './count.ts';
import { ENTERED_TWICE } from './entered-twice.ts';
import type { Fault, Label, Story } from './fault.ts';
import { fold, type Held, readSpot } from './fold.ts';
import { MISJUDGED } from './misjudged.ts';
import { MISTAKEN } from './mistaken.ts';
import { UNPOSTED } from './unposted.ts';
import { addPaper, type Entry, type Happening, partsOf, type World } from './world.ts';

export interface Rates {
  /** How much goes wrong, beside the usual 1: faults, parts with several of them, and noise. */
  readonly rate: number;
  /** The kinds of fault, in the order in which they are done. */
  readonly kinds: readonly string[];
}

/** What one event has of an answer, and the records it can be read from. */
export interface Piece {
  readonly quantity: number;
  readonly records: ReadonlySet<string>;
}

/** What one fault adds to counted less book at one spot. */
export interface Answer {
  readonly fault: string;
  readonly spot: string;
  readonly quantity: number;
  readonly cause: Cause;
  readonly accepted: readonly Cause[];
  readonly label: Label;
  readonly tale: string;
  readonly pieces: readonly Piece[];
}

export interface Year extends Counted {
  readonly world: World;
  readonly book: Held;
  readonly answers: readonly Answer[];
}

interface Done extends Story {
  readonly name: string;
  readonly kind: string;
}

const FAULTS: Readonly<Record<string, Fault>> = {
  ...{ ...UNPOSTED, ...MISJUDGED, ...MISTAKEN, ...ENTERED_TWICE },
};
/** These spoil a whole order or its output: they are never done to a part that has others. */
const ALONE: readonly string[] = ['wholeOrder', 'receiptTwice', 'rejected', 'rejectedSlip'];
const MOST_TOGETHER = 5;

/** Half a year of a factory, spoilt: every kind of fault by itself, then up to five on one part. The same for the same seed. */
export function makeYear(seed: number, changes: Partial<Rates> = {}): Year {
  const { rate, kinds } = { rate: 1, kinds: Object.keys(FAULTS), ...changes };
  const world = doBusiness(seed);
  const { chance } = world;
  const done: Done[] = [];
  const spoil = (kind: string, part?: string): boolean => {
    const name = `F${done.length + 1}`;
    const story = FAULTS[kind]?.(world, name, part) ?? null;
    if (story) done.push({ ...story, name, kind });
    return story !== null;
  };
  for (let nth = 0; nth < Math.round(26 * rate); nth += 1) spoil(kinds[nth % kinds.length] ?? '');
  world.mostPerPart = MOST_TOGETHER;
  const together = kinds.filter((kind) => !ALONE.includes(kind));
  const some = chance.shuffled(partsOf(world, 'material')).slice(0, Math.round(4 * rate));
  for (const { part } of some) {
    let left = chance.int(2, MOST_TOGETHER);
    for (const kind of chance.shuffled(together)) {
      if (left === 0) break;
      if (spoil(kind, part)) left -= 1;
    }
  }
  leavePapers(world);
  const truth = fold(world, (each) => each.truth);
  const book = fold(world, (each) => each.entered);
  const answers = done.flatMap((fault) => seal(world, fault, truth));
  return { world, book, answers, ...count(world, truth, book, rate) };
}

/** Papers of what nothing happened to. */
function leavePapers(world: World): void {
  const { chance, trade } = world;
  for (const happening of world.happenings) {
    const [real] = happening.truth;
    const { isQuiet, fault, lines, document, isPapered, kind } = happening;
    if (isQuiet || fault === 'none' || lines.length === 0 || !real) continue;
    if (!isPapered && (document === null || !chance.chance(trade.slips))) continue;
    for (const line of real.lines) addPaper(world, real, line);
    if (kind === 'imported' && isPapered)
      for (const line of lines) addPaper(world, happening, line, { kind: 'importLine' });
  }
}

/** Truth less what the books would say had only this gone wrong, spot by spot. */
function seal(world: World, fault: Done, truth: Held): Answer[] {
  const off = (isOff: (happening: Happening) => boolean): Held => {
    const entered = fold(world, (each) => (isOff(each) ? each.entered : each.truth));
    const spots = new Set([...truth.keys(), ...entered.keys()]);
    const less = [...spots].map(
      (spot) => [spot, (truth.get(spot) ?? 0) - (entered.get(spot) ?? 0)] as const,
    );
    return new Map(less.filter(([, quantity]) => quantity !== 0));
  };
  const spoilt = world.happenings.filter((each) => each.fault === fault.name);
  const apart = spoilt.map((each) => ({
    alone: off((other) => other === each),
    records: recordsOf(world, [each]),
  }));
  const label = fault.label();
  return [...off((each) => each.fault === fault.name)].map(([spot, quantity]) => {
    const pieces = apart.flatMap(({ alone, records }): Piece[] => {
      const own = alone.get(spot);
      return own === undefined ? [] : [{ quantity: own, records }];
    });
    const isWhole = pieces.reduce((sum, piece) => sum + piece.quantity, 0) === quantity;
    const { name, kind, cause, accepted = [], tale, fair = [] } = fault;
    return {
      ...{ fault: name, spot, quantity, cause, accepted: [cause, ...accepted] },
      tale: `${kind}: ${tale}`,
      label: fair.includes(readSpot(spot)[0]) ? 'may' : label,
      pieces: isWhole ? pieces : [{ quantity, records: recordsOf(world, spoilt) }],
    };
  });
}

function recordsOf({ papers }: World, happenings: readonly Happening[]): Set<string> {
  const ids = ({ id, entered, late }: Happening): string[] => [
    id,
    ...[...entered, ...late].map((entry: Entry) => entry.id),
  ];
  const events = new Set(happenings.flatMap(ids));
  return new Set([...events, ...papers.filter(({ of }) => events.has(of)).map(({ id }) => id)]);
}
