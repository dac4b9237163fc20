import type { Instant } from '../../../kernel/dates.ts';
import type { Account } from '../accounts.ts';
import { EventKind, EventLine, type LedgerEvent, type PartKind } from '../contract.ts';
import { ROUTES, type Route, STORE } from '../engine/routes.ts';
import { quantityText } from '../quantity.ts';
import type { RemedyDraft } from './contract.ts';
import type { Posting, PostingLine } from './evidence.ts';

interface Known {
  /** The id of what is entered anew: the same remedy entered twice is entered once. */
  readonly id: string;
  /** When what was never entered happened, as far as a record says. */
  readonly happenedAt: Instant;
  readonly now: Instant;
  /** The event that is corrected, as the journal has it; `null` where there is none. */
  readonly posting: Posting | null;
  kindOf(part: string): PartKind | null;
}

/**
 * The events by which a remedy is entered, in the order they are sent: a reversal, a reversal and what stands in its
 * place, or what was never entered. `null` where no event does it: it is entered already, waits for stock, asks for
 * another count or a declaration, or the goods went a way that no event goes.
 */
export function eventsOf(remedy: RemedyDraft, known: Known): LedgerEvent[] | null {
  switch (remedy.kind) {
    case 'reverse':
      return [reversalOf(remedy.event, known.now)];
    case 'replace': {
      const corrected = correctedOf(remedy, known);
      return corrected && [reversalOf(remedy.event, known.now), corrected];
    }
    case 'enter': {
      const event = enteredOf(remedy.draft, known);
      return event && [event];
    }
    default:
      return null;
  }
}

const ID_MAX = 80;
const reversalOf = (event: string, now: Instant): LedgerEvent => ({
  ...{ id: `REV-${event}`.slice(0, ID_MAX), kind: 'reversed', reverses: event },
  ...{ occurredAt: now, lines: [] },
});

/** The event again, at its own time, with these lines in the place of one; of a part named anew no other line stays. */
function correctedOf(
  { line: index, by }: Extract<RemedyDraft, { kind: 'replace' }>,
  { id, posting, kindOf }: Known,
): LedgerEvent | null {
  const line = posting?.lines[index];
  if (!posting || !line) return null;
  const named = new Set(by.map(({ part }) => part));
  const kept = posting.lines.filter((each, at) => at !== index && !named.has(each.part));
  const { kind, order, document, occurredAt, toSite } = posting;
  const site = line.from?.site ?? line.to?.site;
  return {
    ...{ id, kind, occurredAt, ...(order !== null && { order }) },
    ...(document !== null && { document }),
    ...(site !== undefined && { site }),
    ...(toSite !== null && { toSite }),
    lines: [
      ...kept.map((each) => lineOf(each, kindOf)),
      ...by.map(({ part, quantity, insteadOf, bonded }) => ({
        ...{ part, quantity, bonded, ...(insteadOf !== null && { insteadOf }) },
        ...fromOf(line.from?.account, kindOf(part)),
      })),
    ],
  };
}

const lineOf = (
  { part, quantity, from, insteadOf, bonded, lot }: PostingLine,
  kindOf: Known['kindOf'],
): EventLine => ({
  ...{ part, quantity: quantityText(quantity), bonded },
  ...(insteadOf !== null && { insteadOf }),
  ...(lot !== null && { lot }),
  ...fromOf(from?.account, kindOf(part)),
});

/** Said only where goods are not taken from where their kind is kept. */
function fromOf(account: Account | undefined, kind: PartKind | null): Pick<EventLine, 'from'> {
  const named = EventLine.shape.from.safeParse(account);
  if (!named.success || named.data === undefined || kind === null) return {};
  return STORE[kind] === account ? {} : { from: named.data };
}

function enteredOf(
  draft: Extract<RemedyDraft, { kind: 'enter' }>['draft'],
  { id, happenedAt, kindOf }: Known,
): LedgerEvent | null {
  const [first] = draft.lines;
  const firstKind = first ? kindOf(first.part) : null;
  if (!first || firstKind === null) return null;
  const kind = draft.kind ?? kindFor(first, firstKind);
  const route = kind === null ? undefined : ROUTES[kind];
  if (kind === null || !route || (route.needsOrder && draft.order === null)) return null;
  const { order, document, lines } = draft;
  const site = first.from?.site ?? first.to?.site;
  const toSite = first.from && first.to?.site !== first.from.site ? first.to?.site : undefined;
  return {
    ...{ id, kind, occurredAt: happenedAt, ...(order !== null && { order }) },
    ...(document !== null && { document }),
    ...(site !== undefined && { site }),
    ...(toSite !== undefined && { toSite }),
    lines: lines.map(({ part, quantity, from }) => ({
      ...{ part, quantity, bonded: true },
      ...(route.from === 'store' ? fromOf(from?.account, kindOf(part)) : {}),
    })),
  };
}

type Way = Pick<Extract<RemedyDraft, { kind: 'enter' }>['draft']['lines'][number], 'from' | 'to'>;

/** The kind of event by which goods of this kind go this way; of several the plainest. */
function kindFor({ from, to }: Way, of: PartKind): EventKind | null {
  const end = (place: Route['from']): Account =>
    place === 'store' ? STORE[of] : place === 'order' ? 'inProcess' : place;
  return (
    EventKind.options.find((kind) => {
      const route = ROUTES[kind];
      return route && end(route.from) === from?.account && end(route.to) === to?.account;
    }) ?? null
  );
}
