import type { z } from 'zod';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { EventKind, EventLine, type LedgerEvent } from '../contract.ts';
import { formed, isPlain, plainLine } from '../engine/plain-line.ts';
import { isKept } from '../journal/moment.ts';
import { parseQuantity } from '../quantity.ts';
import { LineColumns, type PostInput, SentEvent } from './contract.ts';

/**
 * The events of a request, whatever way their lines were sent.
 * @throws Refused where the columns of an event are not of one length, or it has lines beside them.
 */
export function eventsOf({ events }: PostInput): readonly LedgerEvent[] {
  const problems = events.flatMap((event, index) => problemsOf(event, `events[${index}]`));
  if (problems.length > 0) throw new Refused('invalid', problems);
  return events.map((sent) => {
    if (!sent.columns) return sent;
    const { columns, ...event } = sent;
    return { ...event, lines: linesOf(columns) };
  });
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
    const line = plainLine(part, columns.quantity[at] as string, bonded?.[at] ?? true);
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
  const head = readHead(object) ?? SentHead.safeParse(object).data;
  if (!head) return null;
  const lines = object.lines === undefined ? [] : readLines(object.lines);
  if (!lines) return null;
  if (object.columns === undefined) return { ...head, lines };
  const plain = object.lines === undefined ? readPlainColumns(object.columns) : null;
  if (plain) return { ...head, lines: plain };
  const columns = LineColumns.safeParse(object.columns).data;
  return columns ? { ...head, lines, columns } : null;
}

type SentHead = z.output<typeof SentHead>;
/** Of the fields that are names, how long each may be. */
const NAMES = [
  ['order', 64],
  ['product', 64],
  ['version', 32],
  ['reverses', 80],
  ['document', 80],
] as const;
const KINDS: ReadonlySet<unknown> = new Set(EventKind.options);

/** What most events say beside their lines; `null` where the schema must look. */
function readHead(object: Record<string, unknown>): SentHead | null {
  const { id, kind, occurredAt, planned, site, toSite } = object;
  if (!isName(id, 80) || !KINDS.has(kind) || site !== undefined || toSite !== undefined)
    return null;
  if (typeof occurredAt !== 'string' || !isKept(occurredAt)) return null;
  const head: SentHead = { id, kind: kind as EventKind, occurredAt };
  for (const [field, max] of NAMES) {
    const name = object[field];
    if (name === undefined) continue;
    if (!isName(name, max)) return null;
    head[field] = name;
  }
  if (planned === undefined) return head;
  if (!isQuantity(planned)) return null;
  head.planned = planned;
  return head;
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
    if (bonded === undefined) return plainLine(part, quantity, true);
    if (typeof bonded === 'boolean') return plainLine(part, quantity, bonded);
  }
  const line = EventLine.safeParse(sent).data;
  return line ? formed(line) : null;
}

/** The lines of columns that say parts and quantities, as most do; `null` where they are anything else. */
function readPlainColumns(sent: unknown): EventLine[] | null {
  const object = objectOf(sent);
  if (!object || Object.keys(object).length !== 2) return null;
  const { part: parts, quantity: quantities } = object;
  if (!Array.isArray(parts) || !Array.isArray(quantities)) return null;
  if (parts.length !== quantities.length || parts.length > LINES_MAX) return null;
  const lines = new Array<EventLine>(parts.length);
  for (let at = 0; at < parts.length; at += 1) {
    const part: unknown = parts[at];
    const quantity: unknown = quantities[at];
    if (!isPart(part) || !isQuantity(quantity)) return null;
    lines[at] = plainLine(part, quantity, true);
  }
  return lines;
}

/** Such a name is its own trimmed self. */
const isName = (value: unknown, max: number): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= max &&
  ((isVisible(value.charCodeAt(0)) && isVisible(value.charCodeAt(value.length - 1))) ||
    value.trim().length === value.length);
const isPart = (value: unknown): value is string => isName(value, PART_CHARACTERS_MAX);
const isVisible = (code: number): boolean => code > 0x20 && code < 0x7f;

const isQuantity = (value: unknown): value is string =>
  typeof value === 'string' && (parseQuantity(value) ?? 0) > 0;

const objectOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
