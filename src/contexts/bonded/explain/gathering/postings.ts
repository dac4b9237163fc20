import { accountAt, siteAt } from '../../accounts.ts';
import { type EventLine, type LedgerEvent, OF_CUSTOMS, ONLY_SITE } from '../../contract.ts';
import type { Entry, Movement, Place as NumberedPlace } from '../../engine/entry.ts';
import { isOfSettlement } from '../../engine/settle.ts';
import type { RefusedEvent } from '../../journal/store/refused.ts';
import type { NumberedPart } from '../../ledgers/contract.ts';
import { quantity, rate } from '../../quantity.ts';
import type { Place, Posting, PostingLine } from '../evidence.ts';
import { wouldMove } from './would-move.ts';

export interface Known {
  readonly sites: readonly string[];
  /** Each at the place its number says. */
  readonly parts: readonly NumberedPart[];
  readonly partOf: ReadonlyMap<string, NumberedPart>;
  /** What each order makes, as far as it is known. */
  readonly productOf: (order: string) => string | null;
}

/** What an entry says beside its movements; see engine/note.ts. */
interface Detail {
  readonly site?: string;
  readonly reverses?: string;
  readonly domestic?: readonly EventLine[];
  readonly lines?: readonly EventLine[];
  readonly event?: LedgerEvent;
}

/** A row of the journal as the explanation sees it; `null` for what only customs enters. */
export function postingOf(known: Known, entry: Entry, isLate: boolean): Posting | null {
  if (OF_CUSTOMS.includes(entry.kind)) return null;
  const detail: Detail = entry.detail ?? {};
  const { event: id, kind, order, document, occurredAt, recordedAt } = entry;
  if (entry.outcome === 'held' && detail.event)
    return unposted(known, detail.event, 'held', { recordedAt, isLate });
  const own = entry.movements.filter((movement) => !isOfSettlement(movement));
  const moved = mergedLines(known, own, entry, detail);
  const site = detail.site ?? known.sites[0] ?? ONLY_SITE;
  const [arriving] = own.filter(({ to }) => accountAt(to) === 'inTransit');
  return {
    ...{ id, state: 'applied', kind, order, document, occurredAt, recordedAt, isLate },
    reverses: detail.reverses ?? null,
    toSite: arriving ? (known.sites[siteAt(arriving.to)] ?? null) : null,
    lines: [...moved, ...linesAsSent(known, entry, detail.domestic ?? [], site)],
  };
}

/** An event that waits or was refused, with what it would have moved. */
export function unposted(
  known: Known,
  event: LedgerEvent,
  state: 'held' | 'refused',
  { recordedAt, isLate }: Pick<Posting, 'recordedAt' | 'isLate'>,
): Posting {
  const { id, kind } = event;
  return {
    ...{ id, state, kind, order: event.order ?? null, document: event.document ?? null },
    ...{ reverses: event.reverses ?? null, occurredAt: event.occurredAt, recordedAt, isLate },
    toSite: event.toSite ?? null,
    lines: linesAsSent(known, event, event.lines, event.site ?? known.sites[0] ?? ONLY_SITE),
  };
}

/** Refused events that were not taken under their id afterwards; of several contents of one id, the last. */
export function refusedPostings(
  known: Known,
  refused: readonly (RefusedEvent & { readonly receivedAt: string })[],
  isTaken: (event: string) => boolean,
): Posting[] {
  const byId = new Map<string, Posting>();
  for (const { event, receivedAt } of refused)
    if (!isTaken(event.id) && !OF_CUSTOMS.includes(event.kind))
      byId.set(
        event.id,
        unposted(known, event, 'refused', { recordedAt: receivedAt, isLate: false }),
      );
  return [...byId.values()];
}

type Head = {
  readonly kind: LedgerEvent['kind'];
  readonly order?: string | null | undefined;
  readonly toSite?: string | undefined;
};

function linesAsSent(
  known: Known,
  { kind, order, toSite }: Head,
  lines: readonly EventLine[],
  site: string,
): PostingLine[] {
  const product = order ? known.productOf(order) : null;
  const event = { kind, ...(order && { order }), ...(toSite !== undefined && { toSite }) };
  return lines.flatMap((line) => {
    const part = known.partOf.get(line.part);
    const carried = part && wouldMove(event, line, part, { site, product });
    return carried ? [{ ...carried, ...told(line, part.unit) }] : [];
  });
}

function told(
  line: EventLine,
  unit: string,
): Omit<PostingLine, 'part' | 'quantity' | 'from' | 'to'> {
  const isOther = line.conversion !== undefined && line.unit !== undefined && line.unit !== unit;
  return {
    sent: isOther
      ? {
          ...{ quantity: quantity(line.quantity), unit: line.unit as string },
          conversion: rate(line.conversion as string),
        }
      : null,
    ...{ lot: line.lot ?? null, insteadOf: line.insteadOf ?? null, bonded: line.bonded },
  };
}

/** The journal keeps a movement for each lot: what left one place for another was one line. */
function mergedLines(
  known: Known,
  movements: readonly Movement[],
  { lots }: Entry,
  { lines = [] }: Detail,
): PostingLine[] {
  const byWay = new Map<string, Movement & { readonly lots: Set<number> }>();
  for (const movement of movements) {
    const key = `${movement.part} ${movement.from} ${movement.to}`;
    const before = byWay.get(key);
    const all = (before?.lots ?? new Set<number>()).add(movement.lot);
    const total = (before?.quantity ?? 0) + movement.quantity;
    byWay.set(key, { ...movement, quantity: total, lots: all });
  }
  const place = (at: NumberedPlace): Place => ({
    account: accountAt(at),
    site: known.sites[siteAt(at)] ?? '',
  });
  return [...byWay.values()].map(({ part: number, from, to, quantity: total, lots: used }) => {
    const { part, unit } = known.parts[number] as NumberedPart;
    const [said, another] = lines.filter((line) => line.part === part);
    const [lot] = used.size === 1 ? lots.filter((it) => used.has(it.number)) : [];
    const { sent, insteadOf } =
      said && !another ? told(said, unit) : { sent: null, insteadOf: null };
    return {
      ...{ part, quantity: total, from: place(from), to: place(to), sent },
      // Which lot a use was charged to is the ledger's choice; only what an event opened was said by it.
      ...{ lot: lot?.name ?? null, insteadOf, bonded: true },
    };
  });
}
