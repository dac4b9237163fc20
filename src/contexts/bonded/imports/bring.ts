import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { LedgerEvent } from '../contract.ts';
import type { LedgerMapping } from './contract.ts';
import { type Read, readEntries } from './entries.ts';
import { readEvents } from './events.ts';
import type { Explode } from './explosion.ts';
import type { RefusedFile } from './refused-file.ts';
import type { RefusedRow } from './rows.ts';
import type { EntryOf, EntryTarget } from './targets.ts';

/** What became of one event that was sent. */
export interface Posted {
  readonly event: string;
  /** `applied`, `held`, `repeated` or `refused`. */
  readonly outcome: string;
  readonly problems: readonly Refusal[];
}

/** The ledger as a file reaches it, in this process or behind a server. */
export interface LedgerInlet {
  post(ledger: string, events: readonly LedgerEvent[]): Promise<readonly Posted[]>;
  /** Parts, consumption, papers or bills, all or none; tags are those of the count named. */
  put<I extends EntryTarget>(
    ledger: string,
    into: I,
    entries: readonly EntryOf[I][],
    stocktake: string | null,
  ): Promise<unknown>;
}

export interface BringOptions {
  readonly file: string;
  readonly mapping: LedgerMapping;
  readonly ledger: string;
  /** The count that tags are of. */
  readonly stocktake?: string | null;
  readonly explode: Explode | null;
  /** Without one the file is only read and told of. */
  readonly inlet: LedgerInlet | null;
  readonly refused: RefusedFile;
  progress(line: number): void;
}

/** What a file came to: its rows, and how many events, parts or lines the ledger took of them. */
export interface BringSummary {
  readonly rows: number;
  readonly passedOver: number;
  readonly sent: number;
  /** Of events: how many had each outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Sent at once: what a server takes in one request. */
const EVENTS_MAX = 500;
const LINES_MAX = 10_000;
const ENTRIES_MAX = 1_000;

/** Reads a file and sends it on, the next part being read while the last is on its way. */
export async function bring(options: BringOptions): Promise<BringSummary> {
  const outcomes: Record<string, number> = {};
  const send = sender(options, outcomes);
  let [rows, passedOver, sent] = [0, 0, 0];
  let onItsWay = Promise.resolve(0);
  const sendOn = async (requests: Iterable<readonly Found[]>): Promise<void> => {
    for (const some of requests) {
      sent += await onItsWay;
      onItsWay = send(some);
      // Awaited before the next is sent; a failure meanwhile must not end the process.
      onItsWay.catch(() => undefined);
    }
  };
  const gathering = createGathering();
  for await (const batch of batchesOf(options)) {
    rows += batch.rows;
    passedOver += batch.passedOver;
    await options.refused.write(batch.refused);
    await sendOn(gathering.add(batch.found));
    options.progress(rows);
  }
  await sendOn(gathering.end());
  sent += await onItsWay;
  return { rows, passedOver, sent, outcomes };
}

type Found =
  | ({ readonly kind: 'event' } & Read<LedgerEvent>)
  | ({ readonly kind: EntryTarget } & Read<EntryOf[EntryTarget]>);

interface Batch {
  readonly found: readonly Found[];
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  readonly passedOver: number;
}

async function* batchesOf({ file, mapping, explode }: BringOptions): AsyncIterable<Batch> {
  if (mapping.into === 'events') {
    for await (const { events, ...rest } of readEvents(file, mapping, explode))
      yield { ...rest, found: events.map((read) => ({ kind: 'event', ...read })) };
    return;
  }
  const { into } = mapping;
  for await (const { entries, ...rest } of readEntries(file, mapping, into))
    yield { ...rest, found: entries.map((read) => ({ kind: into, ...read })) };
}

/** Gathers what is found until a request is full of it: each costs the ledger a flush to disk. */
function createGathering() {
  let some: Found[] = [];
  let lines = 0;
  const take = (): readonly Found[] => {
    const full = some;
    some = [];
    lines = 0;
    return full;
  };
  return {
    /** The requests that are full now. */
    *add(found: readonly Found[]): Iterable<readonly Found[]> {
      for (const one of found) {
        const own = one.kind === 'event' ? one.value.lines.length : 0;
        const max = one.kind === 'event' ? EVENTS_MAX : ENTRIES_MAX;
        if (some.length >= max || (some.length > 0 && lines + own > LINES_MAX)) yield take();
        some.push(one);
        lines += own;
      }
    },
    *end(): Iterable<readonly Found[]> {
      if (some.length > 0) yield take();
    },
  };
}

/** Sends what was found; answers how much of it the ledger took. */
function sender(
  { inlet, ledger, mapping, refused, stocktake }: BringOptions,
  outcomes: Record<string, number>,
): (some: readonly Found[]) => Promise<number> {
  return async (some) => {
    if (!inlet) return some.length;
    const events = some.flatMap((one) => (one.kind === 'event' ? [one] : []));
    if (events.length > 0) return sendEvents(events);
    const { into } = mapping;
    if (into === 'events') return 0;
    const entries = some.flatMap((one) => (one.kind === 'event' ? [] : [one]));
    return sendList(entries, refused, (list) => inlet.put(ledger, into, list, stocktake ?? null));
  };

  async function sendEvents(events: readonly Read<LedgerEvent>[]): Promise<number> {
    const posted = await inlet?.post(
      ledger,
      events.map(({ value }) => value),
    );
    const lineOf = new Map(events.map(({ value, line }) => [value.id, line]));
    const rows: RefusedRow[] = [];
    let taken = 0;
    for (const { event, outcome, problems } of posted ?? []) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (outcome !== 'refused') taken += 1;
      else for (const each of problems) rows.push(rowOf(each, event, lineOf.get(event) ?? 0));
    }
    await refused.write(rows);
    return taken;
  }
}

/** What a ledger says of something, at the line it begins on. */
const rowOf = ({ code, path = '', seen, params }: Refusal, row: string, line: number) => ({
  ...{ line, column: path, seen: seen ?? '', code, row },
  params: { path, ...params },
});

/** A list is taken whole or not at all: what is wrong with it is told, and the rest is sent again. */
async function sendList<T>(
  found: readonly Read<T>[],
  refused: RefusedFile,
  send: (list: readonly T[]) => Promise<unknown>,
): Promise<number> {
  let left = found;
  while (left.length > 0) {
    try {
      await send(left.map(({ value }) => value));
      return left.length;
    } catch (error) {
      if (!(error instanceof Refused) || error.kind !== 'invalid') throw error;
      const wrong = new Set<Read<T>>();
      const rows = error.refusals.flatMap((refusal) => {
        const at = left[Number(/\[(\d+)\]/.exec(refusal.path ?? '')?.[1] ?? -1)];
        if (!at) return [];
        wrong.add(at);
        return [rowOf(refusal, JSON.stringify(at.value), at.line)];
      });
      if (wrong.size === 0) throw error;
      await refused.write(rows);
      left = left.filter((one) => !wrong.has(one));
    }
  }
  return 0;
}
