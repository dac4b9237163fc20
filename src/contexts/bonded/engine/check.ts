import { localDateOf } from '../../../kernel/dates.ts';
import { type Refusal, seen } from '../../../kernel/refusal.ts';
import type { EventLine, LedgerEvent, LedgerInput } from '../contract.ts';
import type { Goods } from './goods.ts';
import { ROUTES } from './routes.ts';
import type { LedgerState } from './state.ts';

/** Clocks of two machines differ; more than this is not a clock's fault. */
const CLOCK_SKEW_MS = 15 * 60_000;

/** Everything that is wrong with an event whatever the stock is, each with its place. */
export function problemsOf(
  state: LedgerState,
  ledger: LedgerInput,
  event: LedgerEvent,
  goods: Goods,
  recordedAt: string,
): Refusal[] {
  return [
    ...ofTime(ledger, event, recordedAt),
    ...ofHead(state, ledger, event),
    ...ofLines(event, goods),
  ];
}

function ofTime(ledger: LedgerInput, { occurredAt }: LedgerEvent, recordedAt: string): Refusal[] {
  const day = localDateOf(occurredAt);
  const at = { path: 'occurredAt', seen: occurredAt };
  if (Date.parse(occurredAt) > Date.parse(recordedAt) + CLOCK_SKEW_MS)
    return [{ code: 'bonded.from_the_future', ...at, params: { now: recordedAt } }];
  if (day < ledger.opensOn)
    return [{ code: 'bonded.before_ledger', ...at, params: { opensOn: ledger.opensOn } }];
  if (ledger.closesOn !== null && day >= ledger.closesOn)
    return [{ code: 'bonded.after_ledger', ...at, params: { closesOn: ledger.closesOn } }];
  return [];
}

function ofHead(state: LedgerState, ledger: LedgerInput, event: LedgerEvent): Refusal[] {
  const problems: Refusal[] = [];
  const { kind, site, toSite } = event;
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
  for (const [path, named] of [
    ['site', site],
    ['toSite', toSite],
  ] as const) {
    if (named !== undefined && !ledger.sites.includes(named))
      problems.push({ code: 'bonded.site_unknown', path, seen: seen(named) });
  }
  if (kind === 'moved' && toSite === undefined)
    problems.push({ code: 'bonded.site_missing', path: 'toSite' });
  if (route && event.lines.length === 0)
    problems.push({ code: 'bonded.lines_missing', path: 'lines', params: { kind } });
  return problems;
}

function ofLines({ lines }: LedgerEvent, { parts, quantities }: Goods): Refusal[] {
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
