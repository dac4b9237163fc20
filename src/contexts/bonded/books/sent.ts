import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { EventLine, type LedgerEvent } from '../contract.ts';
import { parseQuantity } from '../quantity.ts';
import { LineColumns, type PostInput, SentEvent } from './contract.ts';

/**
 * The events of a request, whatever way their lines were sent.
 * @throws Refused where the columns of an event are not of one length, or it has lines beside them.
 */
export function eventsOf({ events }: PostInput): readonly LedgerEvent[] {
  const problems = events.flatMap((event, index) => problemsOf(event, `events[${index}]`));
  if (problems.length > 0) throw new Refused('invalid', problems);
  return events.map(({ columns, ...event }) =>
    columns ? { ...event, lines: linesOf(columns) } : event,
  );
}

/** An event as whoever sends many of them sends it. */
export function byColumn({ lines, ...head }: LedgerEvent): Omit<SentEvent, 'lines'> {
  return lines.length === 0 ? head : { ...head, columns: columnsOf(lines) };
}

/** Every field that any of the lines says. */
function columnsOf(lines: readonly EventLine[]): LineColumns {
  const columns: LineColumns = {
    part: lines.map(({ part }) => part),
    quantity: lines.map(({ quantity }) => quantity),
  };
  if (lines.every((line) => line.bonded && isPlain(line))) return columns;
  for (const field of ['unit', 'conversion', 'lot', 'insteadOf', 'from'] as const)
    if (lines.some((line) => line[field] !== undefined))
      Object.assign(columns, { [field]: lines.map((line) => line[field] ?? null) });
  if (lines.some(({ bonded }) => !bonded)) columns.bonded = lines.map(({ bonded }) => bonded);
  return columns;
}

function problemsOf({ lines, columns }: SentEvent, path: string): Refusal[] {
  if (!columns) return [];
  const problems: Refusal[] = [];
  if (lines.length > 0) problems.push({ code: 'bonded.lines_beside_columns', path });
  const wanted = columns.part.length;
  for (const [field, values] of Object.entries(columns)) {
    const there = values?.length ?? wanted;
    if (there !== wanted)
      problems.push({
        ...{ code: 'bonded.columns_differ', path: `${path}.columns.${field}` },
        params: { there, wanted },
      });
  }
  return problems;
}

function linesOf(columns: LineColumns): EventLine[] {
  const { unit, conversion, lot, insteadOf, from, bonded } = columns;
  return columns.part.map((part, at) => {
    const line: EventLine = {
      ...{ part, quantity: columns.quantity[at] as string, bonded: bonded?.[at] ?? true },
    };
    if (typeof unit?.[at] === 'string') line.unit = unit[at];
    if (typeof conversion?.[at] === 'string') line.conversion = conversion[at];
    if (typeof lot?.[at] === 'string') line.lot = lot[at];
    if (typeof insteadOf?.[at] === 'string') line.insteadOf = insteadOf[at];
    if (typeof from?.[at] === 'string') line.from = from[at];
    return line;
  });
}

const SentHead = SentEvent.omit({ lines: true, columns: true });
const EVENTS_MAX = 1_000;
const LINES_MAX = 5_000;
const PART_CHARACTERS_MAX = 64;

/**
 * What `PostInput` reads of a request, more quickly: lines that say a part and a quantity, as most do, are looked at by
 * hand, and everything else by the schema. `null` where anything is not as it should be: the schema then says what.
 */
export function readQuickly(json: unknown): PostInput | null {
  const sent = objectOf(json)?.events;
  if (!Array.isArray(sent) || sent.length === 0 || sent.length > EVENTS_MAX) return null;
  const events: SentEvent[] = [];
  for (const each of sent) {
    const event = readEvent(each);
    if (!event) return null;
    events.push(event);
  }
  return { events };
}

function readEvent(sent: unknown): SentEvent | null {
  const object = objectOf(sent);
  if (!object) return null;
  const columns = object.columns === undefined ? undefined : readColumns(object.columns);
  const lines = object.lines === undefined ? [] : readLines(object.lines);
  const head = SentHead.safeParse(object);
  if (!head.success || !lines || columns === null) return null;
  return columns === undefined ? { ...head.data, lines } : { ...head.data, lines, columns };
}

function readLines(sent: unknown): EventLine[] | null {
  if (!Array.isArray(sent) || sent.length > LINES_MAX) return null;
  const lines: EventLine[] = [];
  for (const each of sent) {
    const line = readLine(each);
    if (!line) return null;
    lines.push(line);
  }
  return lines;
}

function readLine(sent: unknown): EventLine | null {
  const object = objectOf(sent);
  if (!object) return null;
  const { part, quantity, bonded } = object;
  if (isPlain(object) && isPart(part) && isQuantity(quantity)) {
    if (bonded === undefined) return { part, quantity, bonded: true };
    if (typeof bonded === 'boolean') return { part, quantity, bonded };
  }
  return EventLine.safeParse(sent).data ?? null;
}

function readColumns(sent: unknown): LineColumns | null {
  const object = objectOf(sent);
  if (!object) return null;
  const { part, quantity } = object;
  const isAlone =
    Object.keys(object).length === 2 &&
    Array.isArray(part) &&
    Array.isArray(quantity) &&
    part.length <= LINES_MAX &&
    quantity.length <= LINES_MAX;
  if (isAlone && part.every(isPart) && quantity.every(isQuantity)) return { part, quantity };
  return LineColumns.safeParse(sent).data ?? null;
}

/** Whether a line says a part and a quantity, and nothing else but whether it is bonded. */
const isPlain = (line: { readonly [F in keyof EventLine]?: unknown }): boolean =>
  line.unit === undefined &&
  line.conversion === undefined &&
  line.lot === undefined &&
  line.insteadOf === undefined &&
  line.from === undefined;

/** Such a name is its own trimmed self. */
const isPart = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= PART_CHARACTERS_MAX &&
  value.trim().length === value.length;

const isQuantity = (value: unknown): value is string =>
  typeof value === 'string' && (parseQuantity(value) ?? 0) > 0;

const objectOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
