import { type Instant, type LocalDate, PORT_OFFSET_MINUTES } from '../../../kernel/dates.ts';
import { type Refusal, seen } from '../../../kernel/refusal.ts';
import type { EventLine, LedgerEvent, LedgerInput } from '../contract.ts';
import type { Goods } from './goods.ts';
import { ROUTES } from './routes.ts';
import type { LedgerState } from './state.ts';

/** Clocks of two machines differ; more than this is not a clock's fault. */
const CLOCK_SKEW_MS = 15 * 60_000;
const NONE: Refusal[] = [];
const SITES = ['site', 'toSite'] as const;

/** When a ledger's time begins and ends, in milliseconds. */
interface Term {
  readonly opensAt: number;
  readonly closesAt: number;
}

export const termOf = ({ opensOn, closesOn }: LedgerInput): Term => ({
  opensAt: startOf(opensOn),
  closesAt: closesOn === null ? Number.POSITIVE_INFINITY : startOf(closesOn),
});

/** The moment a day begins at the port. */
const startOf = (day: LocalDate): number =>
  Date.parse(`${day}T00:00:00.000Z`) - PORT_OFFSET_MINUTES * 60_000;

/** Everything that is wrong with an event whatever the stock is, each with its place. */
export function problemsOf(
  state: LedgerState,
  { ledger, term }: { readonly ledger: LedgerInput; readonly term: Term },
  event: LedgerEvent,
  goods: Goods,
  recordedAt: Instant,
): Refusal[] {
  return [
    ...ofTime(ledger, term, event, recordedAt),
    ...ofHead(state, ledger, event),
    ...ofLines(event, goods),
  ];
}

function ofTime(
  { opensOn, closesOn }: LedgerInput,
  { opensAt, closesAt }: Term,
  { occurredAt }: LedgerEvent,
  recordedAt: Instant,
): Refusal[] {
  const moment = Date.parse(occurredAt);
  const at = { path: 'occurredAt', seen: occurredAt };
  if (moment > Date.parse(recordedAt) + CLOCK_SKEW_MS)
    return [{ code: 'bonded.from_the_future', ...at, params: { now: recordedAt } }];
  if (moment < opensAt) return [{ code: 'bonded.before_ledger', ...at, params: { opensOn } }];
  if (closesOn !== null && moment >= closesAt)
    return [{ code: 'bonded.after_ledger', ...at, params: { closesOn } }];
  return NONE;
}

function ofHead(state: LedgerState, ledger: LedgerInput, event: LedgerEvent): Refusal[] {
  const problems: Refusal[] = [];
  const { kind, toSite } = event;
  const route = ROUTES[kind];
  const isAboutOrder = kind === 'orderOpened' || kind === 'orderClosed' || route?.needsOrder;
  if (isAboutOrder && event.order === undefined)
    problems.push({ code: 'bonded.order_missing', path: 'order', params: { kind } });
  if (kind === 'orderOpened' && event.product === undefined)
    problems.push({ code: 'bonded.product_missing', path: 'product' });
  if (event.product !== undefined && !state.numbers.has(event.product))
    problems.push({ code: 'bonded.part_unknown', path: 'product', seen: seen(event.product) });
  if (kind === 'reversed' && event.reverses === undefined)
    problems.push({ code: 'bonded.reversal_of_what', path: 'reverses' });
  for (const path of SITES) {
    const named = event[path];
    if (named !== undefined && !ledger.sites.includes(named))
      problems.push({ code: 'bonded.site_unknown', path, seen: seen(named) });
  }
  if (kind === 'moved' && toSite === undefined)
    problems.push({ code: 'bonded.site_missing', path: 'toSite' });
  if (route && event.lines.length === 0)
    problems.push({ code: 'bonded.lines_missing', path: 'lines', params: { kind } });
  return problems;
}

function ofLines({ lines }: LedgerEvent, { parts, quantities, arePlain }: Goods): Refusal[] {
  if (arePlain && parts.every((part) => part) && !quantities.includes(0)) return NONE;
  const problems: Refusal[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as EventLine;
    const part = parts[at]?.part;
    if (!part) {
      // Domestic goods are told of, and are not of the ledger.
      if (line.bonded)
        problems.push({
          ...{ code: 'bonded.part_unknown', path: `lines[${at}].part`, seen: seen(line.part) },
        });
    } else if (line.unit !== undefined && line.unit !== part.unit && line.conversion === undefined)
      problems.push({
        ...{ code: 'bonded.unit_unknown', path: `lines[${at}].unit`, seen: seen(line.unit) },
        params: { part: line.part, unit: part.unit },
      });
    else if (line.bonded && quantities[at] === 0)
      problems.push({
        ...{ code: 'bonded.quantity_uncountable', path: `lines[${at}].quantity` },
        seen: seen(line.quantity),
      });
  }
  return problems;
}
