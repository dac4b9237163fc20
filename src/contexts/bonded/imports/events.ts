import { localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { EventLine, LedgerEvent } from '../contract.ts';
import type { LedgerMapping } from './contract.ts';
import type { Read } from './entries.ts';
import type { Explode } from './explosion.ts';
import type { Fault } from './field.ts';
import { type Made, type ReadRow, type RefusedRow, readRows } from './rows.ts';

export interface EventBatch {
  readonly events: readonly Read<LedgerEvent>[];
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  readonly passedOver: number;
}

/** As many lines as the contract lets one event have. */
const LINES_MAX = 5_000;
/** Most events of one file: their ids are kept until its end. */
const EVENTS_MAX = 10_000_000;

/**
 * Reads a file of events. Rows that give one id and stand together are lines of one event. An event
 * is whole or not at all: a bad row takes the other rows of its event with it, so that what has been
 * mended can be imported again under the same id. All the other events go on.
 */
export async function* readEvents(
  file: string,
  mapping: LedgerMapping,
  explode: Explode | null,
): AsyncIterable<EventBatch> {
  const grouping = createGrouping(mapping, explode);
  for await (const rows of readRows(file, mapping)) {
    let passedOver = 0;
    for (const row of rows) {
      if (row.made.length === 0 && row.faults.length === 0) passedOver += 1;
      grouping.take(row);
    }
    yield { ...grouping.ready(), rows: rows.length, passedOver };
  }
  grouping.end();
  yield { ...grouping.ready(), rows: 0, passedOver: 0 };
}

/** The events of a file, one after the other; what is refused is passed over, and told where it is imported. */
export async function* importedEvents(
  file: string,
  mapping: LedgerMapping,
  explode: Explode | null,
): AsyncIterable<LedgerEvent> {
  for await (const { events } of readEvents(file, mapping, explode))
    for (const { value } of events) yield value;
}

/** An event that rows are still added to. */
interface Open {
  readonly line: number;
  readonly head: Head;
  readonly lines: EventLine[];
  /** Its good rows, which are refused as well when one is bad. */
  readonly rows: Pick<ReadRow, 'line' | 'row'>[];
  badLine: number | null;
  /** A row was passed whose id cannot be read: it is of this event if another of its rows follows. */
  unknownLine: number | null;
}

type Head = Omit<LedgerEvent, 'lines'>;

function createGrouping(mapping: LedgerMapping, explode: Explode | null) {
  let events: Read<LedgerEvent>[] = [];
  let refused: RefusedRow[] = [];
  /** The line on which each id was first seen. */
  const begun = new Map<string, number>();
  const open: (Open | null)[] = mapping.make.map(() => null);

  function close(making: number): void {
    const group = open[making];
    open[making] = null;
    if (!group) return;
    const { line, head, lines, rows, badLine } = group;
    if (badLine === null) {
      events.push({ line, value: { ...head, lines } });
      return;
    }
    const params = { id: head.id, badLine };
    for (const row of rows)
      refused.push({
        ...{ ...row, column: '', seen: head.id, code: 'bonded.import_beside_bad_row', params },
      });
  }

  /** A row of other events ends those that are open, in the order of the makings. */
  function closeOthers(made: readonly Made[]): void {
    for (const making of open.keys()) {
      const id = open[making]?.head.id;
      const goesOn = made.some((one) => one.making === making && one.values.id === id);
      if (id !== undefined && !goesOn) close(making);
    }
  }

  /** The event a row belongs to: the one that is open, or a new one. */
  function groupOf({ making, values }: Made, line: number): Open | Fault {
    const { id = '' } = values;
    const before = open[making];
    if (before?.head.id === id) {
      before.badLine ??= before.unknownLine;
      return before;
    }
    close(making);
    const first = begun.get(id);
    if (first !== undefined) {
      const params = { id, first };
      return { column: '', seen: id, code: 'bonded.import_event_apart', params };
    }
    if (begun.size >= EVENTS_MAX) {
      const params = { max: EVENTS_MAX };
      throw new Refused('invalid', { code: 'bonded.import_too_many_events', params });
    }
    begun.set(id, line);
    const [badLine, unknownLine] = [null, null];
    const group: Open = { line, head: headOf(values), lines: [], rows: [], badLine, unknownLine };
    open[making] = group;
    return group;
  }

  return {
    take({ line, row, made, faults }: ReadRow): void {
      if (faults.length === 0 && made.length > 0) closeOthers(made);
      const wrong: Fault[] = [...faults];
      const joined: Open[] = [];
      for (const one of made) {
        if (one.values.id === undefined) continue;
        const group = groupOf(one, line);
        if (!isOpen(group)) wrong.push(group);
        else {
          joined.push(group);
          const isExploded = mapping.make[one.making]?.explode ? explode : null;
          if (faults.length === 0) extend(group, one.values, isExploded, wrong);
        }
      }
      for (const fault of wrong) refused.push({ line, row, ...fault });
      for (const group of joined) {
        if (wrong.length > 0) group.badLine ??= line;
        else group.rows.push({ line, row });
      }
      if (wrong.length > 0 && joined.length === 0)
        for (const group of open) if (group) group.unknownLine = line;
    },
    end(): void {
      for (const making of open.keys()) close(making);
    },
    /** What is whole since it was last asked. */
    ready(): Pick<EventBatch, 'events' | 'refused'> {
      const done = { events, refused };
      events = [];
      refused = [];
      return done;
    },
  };
}

const isOpen = (group: Open | Fault): group is Open => 'head' in group;

/** Adds what a row says to its event; what does not belong there is told and not added. */
function extend(
  group: Open,
  values: Made['values'],
  explode: Explode | null,
  wrong: Fault[],
): void {
  if (group.badLine !== null) return;
  const head = group.head as Readonly<Record<string, string | undefined>>;
  for (const field of HEAD)
    if (values[field] !== head[field])
      wrong.push({
        ...{ column: field, seen: values[field] ?? '' },
        ...{ code: 'bonded.import_rows_disagree', params: { field, first: group.line } },
      });
  if (explode) addExploded(group, values, explode, wrong);
  else if (values.part !== undefined) group.lines.push(lineOf(values));
  if (group.lines.length > LINES_MAX) {
    const { id } = group.head;
    const params = { max: LINES_MAX, id };
    wrong.push({ column: '', seen: id, code: 'bonded.import_too_many_lines', params });
  }
}

function addExploded(group: Open, values: Made['values'], explode: Explode, wrong: Fault[]): void {
  const { product = '', quantity = '' } = values;
  const on = localDateOf(group.head.occurredAt);
  const lines = explode(product, quantity, on);
  if (lines.length === 0) {
    const params = { product, on };
    wrong.push({ column: 'product', seen: product, code: 'bonded.import_no_bom', params });
  }
  for (const line of lines) group.lines.push({ ...line, bonded: true });
}

const HEAD = [
  ...(['id', 'kind', 'occurredAt', 'order', 'product', 'version', 'planned'] as const),
  ...(['site', 'toSite', 'reverses', 'document'] as const),
];

/** The values have been read as the contract wants them, so they are what their fields say. */
function headOf(values: Made['values']): Head {
  const head: Record<string, string> = {};
  for (const field of HEAD) {
    const value = values[field];
    if (value !== undefined) head[field] = value;
  }
  return head as unknown as Head;
}

const LINE = ['part', 'quantity', 'unit', 'conversion', 'lot', 'insteadOf', 'from'] as const;

function lineOf(values: Made['values']): EventLine {
  const line: Record<string, string | boolean> = {};
  for (const field of LINE) {
    const value = values[field];
    if (value !== undefined) line[field] = value;
  }
  line.bonded = values.bonded !== 'false';
  return line as unknown as EventLine;
}
