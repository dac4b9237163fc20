import { codes } from '../../reading/codes.ts';
import { part, push, put } from '../../reading/composites.ts';
import type { Segment } from '../../reading/edifact.ts';
import { kilograms } from '../../reading/mass.ts';
import { amountOf, isFree, measureInto } from '../../reading/segments.ts';
import type { Document } from '../../reading/table.ts';
import { holderOf, type State } from './state.ts';

const AMOUNTS = codes({
  '39': 'totalValue',
  '77': 'totalValue',
  '128': 'totalValue',
  '38': 'value',
  '203': 'value',
  '66': 'value',
  '146': 'unitPrice',
  '40': 'customsValue',
  '43': 'customsValue',
  '123': 'statisticalValue',
  '63': 'fobValue',
  '64': 'freight',
  '67': 'insurance',
  '141': 'cifValue',
});

/** MOA: of a tax where one stands right before it, else under its name, else under `amounts`. */
export function amount(segment: Segment, state: State): void {
  const said = amountOf(segment, state.read);
  const kind = part(segment, 0);
  const currency = part(segment, 0, 2);
  const holder = holderOf(state);
  if (said === null) {
    // An amount may be left out and its currency said: it is that of the amounts that come after it.
    if (AMOUNTS.get(kind) === 'totalValue') put(holder, 'currency', currency);
    return;
  }
  if (state.tax) {
    const of = /^(?:55|124|150|161)$/.test(kind) ? 'amount' : 'base';
    if (isFree(state.tax, of, said.amount)) state.tax[of] = said.amount;
    else push(state.tax, 'amounts', said);
    put(state.tax, 'currency', currency);
    return;
  }
  const name = AMOUNTS.get(kind);
  if (!name || !isFree(holder, name, said.amount)) {
    push(holder, 'amounts', said);
    return;
  }
  holder[name] = said.amount;
  const own = OWN_CURRENCY.has(name) ? `${name}Currency` : 'currency';
  if (currency === '') return;
  if (isFree(holder, own, currency)) holder[own] = currency;
  else holder[`${name}Currency`] = currency;
}

/** Amounts that are often in a currency of their own. */
const OWN_CURRENCY = new Set(['freight', 'insurance', 'customsValue', 'statisticalValue']);

/** PAC: packages of all the goods; a second kind stands beside the first. */
export function packedAs(declaration: Document, { count, kind }: Document): void {
  const packages = (declaration.packages ?? {}) as Document;
  const isSame = count === undefined || packages.count === undefined || packages.count === count;
  if (isSame && (packages.kind === undefined || packages.kind === kind)) {
    put(packages, 'count', count);
    put(packages, 'kind', kind);
  } else
    push(packages, 'further', {
      ...(count !== undefined && { count }),
      ...(kind !== undefined && { kind }),
    });
  declaration.packages = packages;
}

/** QTY: the quantity declared, where the line has none; other quantities stand with what they are of. */
export function quantity(segment: Segment, state: State): void {
  const value = state.read.number(segment, 0, 1);
  const [kind, unit] = [part(segment, 0), part(segment, 0, 2)];
  if (value === null) return;
  const { line } = state;
  if (line && line.quantity === undefined) {
    line.quantity = value;
    put(line, 'unit', unit);
  } else push(holderOf(state), 'quantities', { kind, value, ...(unit !== '' && { unit }) });
}

/** MEA: a quantity in the unit the tariff asks for, or a mass, or another measure. */
export function measured(segment: Segment, state: State): void {
  const holder = holderOf(state);
  const { of, unit, value } = state.read.measure(segment);
  const isQuantity = state.line && of === 'other' && state.line.statutoryQuantity === undefined;
  if (!isQuantity || value === null) measureInto(holder, segment, state.read);
  else {
    holder.statutoryQuantity = value;
    put(holder, 'statutoryUnit', unit);
  }
}

/** CNT: control totals (6069). */
export function totals(segment: Segment, { declaration, read }: State): void {
  const [kind, unit] = [part(segment, 0), part(segment, 0, 2)];
  if (kind === '5') put(declaration, 'itemCount', read.count(segment, 0, 1));
  else if (kind === '11') {
    const count = read.count(segment, 0, 1);
    const packages = (declaration.packages ?? {}) as Document;
    const said = packages.count;
    if (count !== null) declaration.packages = { ...packages, count };
    // What its packings say first stands beside the total where they differ.
    if (said !== undefined && count !== null && said !== count) {
      push(declaration, 'totals', { kind: 'packages', value: String(said) });
    }
  } else {
    const value = read.number(segment, 0, 1);
    const name = TOTALS.get(kind);
    if (value === null) return;
    const mass = name === undefined ? null : kilograms(value, unit || 'KGM');
    if (name !== undefined && mass !== null && isFree(declaration, name, mass))
      declaration[name] = mass;
    else push(declaration, 'totals', { kind, value, ...(unit !== '' && { unit }) });
  }
}

const TOTALS = codes({ '7': 'grossMassKg', '18': 'netMassKg' });
