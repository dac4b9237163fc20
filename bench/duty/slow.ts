import type { DutyRequest, DutyRequestLine } from '../../src/contexts/duty/calculation/contract.ts';
import type { Book, Cells } from './book.ts';
import {
  type Fraction,
  fractionOf,
  isLess,
  isNothing,
  minus,
  NOTHING,
  nearest,
  over,
  plus,
  times,
  total,
  whole,
  wholePart,
  written,
} from './fraction.ts';
import {
  amount,
  at,
  byRate,
  HUNDRED,
  isRest,
  later,
  Missing,
  makerRate,
  measure,
  number,
  type Tax,
  yuan,
} from './reading.ts';

/*
 * The same law worked out a second time, slowly: from the formulas of the README, with fractions and
 * with a reading of the tables of its own. It shares no code with what it checks, only the words of
 * the request. It stops at the first thing that is missing.
 */

/** What both calculators must agree on. */
export interface Told {
  readonly customsValue: string;
  readonly freight: string;
  readonly insurance: string;
  readonly payable: string;
  readonly late: string | null;
  readonly lines: readonly ToldLine[];
}
export interface ToldLine {
  readonly row: string;
  readonly customsValue: string;
  readonly freight: string;
  readonly insurance: string;
  /** Kind, column, base, quantity, assessed, payable. */
  readonly taxes: readonly string[];
}

const TO_ADD: Readonly<Record<string, string>> = {
  EXW: 'fi',
  FCA: 'fi',
  FAS: 'fi',
  FOB: 'fi',
  CFR: 'i',
  CPT: 'i',
  CI: 'f',
  CIF: '',
  CIP: '',
  DAP: '',
  DPU: '',
  DDP: '',
};
const TAKEN_OUT = ['afterImportation', 'inlandTransport', 'importTaxes'];
export function slowly(request: DutyRequest, book: Book): Told {
  const { on, lines } = request;
  const isImport = request.ieFlag === 'I';
  const places = Number(number(book, 'valueScale', on).over);

  const declared = lines.map((line) => {
    const isStated = line.valuation !== null && line.valuation !== undefined;
    if (isStated && (!line.value || isNothing(amount(line.value)))) return NOTHING;
    return times(amount(line.value), yuan(book, request.currency, on));
  });
  lines.forEach((line, index) => {
    if (!line.valuation && isNothing(declared[index] ?? NOTHING)) throw new Missing('value');
  });
  const prices = lines.map((line, index) => {
    let price = declared[index] ?? NOTHING;
    if (line.valuation) return price;
    for (const { kind, amount: text, currency } of line.adjustments ?? []) {
      const sum = times(amount(text), yuan(book, currency, on));
      price = TAKEN_OUT.includes(kind) ? minus(price, sum) : plus(price, sum);
    }
    if (price.over < 0n) throw new Missing('price below nothing');
    return price;
  });

  const { freight, insurance } = charges(request, total(prices), book);
  const freights = shared(freight, declared);
  const insurances = shared(insurance, declared);

  const rows = lines.map((line) => {
    const row = book.longest('tariff', line.hsCode, '', on);
    if (!row?.code) throw new Missing('row');
    return row;
  });
  const worths = lines.map((line, i) => {
    if (line.valuation) return nearest(amount(line.valuation.value), 2);
    const both = plus(freights[i] ?? NOTHING, insurances[i] ?? NOTHING);
    const worth = isImport ? plus(at(prices, i), both) : minus(at(prices, i), both);
    if (worth.over < 0n) throw new Missing('charges above price');
    return worth;
  });
  const values = worths.map((worth) => nearest(worth, places));

  const taxes: Tax[][] = lines.map(() => []);
  const levied =
    request.supervisionMode === null
      ? 'taxed'
      : (book.find('levy_treatment', request.supervisionMode, on)?.treatment ?? 'taxed');
  if (levied === 'taxed' && isImport) imports(request, rows, values, taxes, places, book);
  if (levied === 'taxed' && !isImport) exports(request, rows, worths, values, taxes, places, book);

  const customsValue = total(values);
  return {
    customsValue: written(customsValue),
    freight: written(freight),
    insurance: written(insurance),
    payable: written(total(taxes.flat().map((tax) => tax.payable))),
    late: isImport ? lateFee(request, customsValue, book) : null,
    lines: lines.map((_, i) => ({
      row: at(rows, i).code ?? '',
      customsValue: written(at(values, i)),
      freight: written(at(freights, i)),
      insurance: written(at(insurances, i)),
      taxes: at(taxes, i).map(({ kind, column, base, quantity, assessed, payable }) =>
        [
          kind,
          column,
          written(base),
          quantity ? written(quantity) : '-',
          written(assessed),
          written(payable),
        ].join(' '),
      ),
    })),
  };
}

function imports(
  request: DutyRequest,
  rows: readonly Cells[],
  values: readonly Fraction[],
  taxes: Tax[][],
  places: number,
  book: Book,
): void {
  const { on, lines, levyNature } = request;
  const relief = levyNature ? book.find('levy_relief', levyNature, on) : undefined;
  const left = (kind: string) => fractionOf(relief?.[kind] ?? '1') ?? whole(1);
  const relieved = (tax: Tax): Tax => ({
    ...tax,
    payable: nearest(times(tax.assessed, left(tax.kind)), 2),
  });
  const duties = (i: number) =>
    total(
      at(taxes, i)
        .filter(({ kind }) => kind !== 'consumptionTax')
        .map((tax) => tax.payable),
    );

  lines.forEach((line, i) => {
    const [column, cells, name] = dutyColumn(request, line, at(rows, i), at(values, i), book);
    const duty = byRate(cells, name, line, at(values, i), cells.unit);
    at(taxes, i).push(relieved({ kind: 'importDuty', column, ...duty }));
    for (const kind of ['antiDumping', 'countervailing', 'safeguard', 'retaliatory']) {
      if (!line.originCountry) continue;
      const cells = book.longest(
        'tariff_special',
        line.hsCode,
        `.${kind}.${line.originCountry}`,
        on,
      );
      if (!cells) continue;
      const own = makerRate(cells.makers ?? '', line.manufacturer ?? '');
      const rated = own ? { rate: own } : cells;
      const special = byRate(rated, 'rate', line, at(values, i), cells.unit);
      at(taxes, i).push({ kind, column: 'special', ...special });
    }
  });
  letGo('importDuty', taxes, on, book);

  lines.forEach((line, i) => {
    const row = at(rows, i);
    if (!row.consumption && !row.consumptionPerUnit) return;
    const unit = row.consumptionUnit ?? row.unit ?? '';
    if (row.consumptionFrom) {
      const threshold = times(fractionOf(row.consumptionFrom) ?? NOTHING, measure(line, unit));
      if (isLess(at(values, i), threshold)) return;
    }
    const percent = fractionOf(row.consumption ?? '0') ?? NOTHING;
    const fixed = row.consumptionPerUnit
      ? times(fractionOf(row.consumptionPerUnit) ?? NOTHING, measure(line, unit))
      : NOTHING;
    number(book, 'consumptionFormula', on);
    const composed = over(
      plus(plus(at(values, i), duties(i)), fixed),
      minus(whole(1), over(percent, HUNDRED)),
    );
    const base = nearest(composed, places);
    const tax = byRate(row, 'consumption', line, base, unit);
    at(taxes, i).push(relieved({ kind: 'consumptionTax', column: 'statutory', ...tax }));
  });
  letGo('consumptionTax', taxes, on, book);

  lines.forEach((line, i) => {
    const row = at(rows, i);
    if (!row.vat && !row.vatPerUnit) throw new Missing('vat');
    number(book, 'vatFormula', on);
    const consumptionTax = total(
      at(taxes, i)
        .filter(({ kind }) => kind === 'consumptionTax')
        .map((tax) => tax.payable),
    );
    const base = plus(plus(at(values, i), duties(i)), consumptionTax);
    const tax = byRate(row, 'vat', line, base, row.unit);
    at(taxes, i).push(relieved({ kind: 'vat', column: 'statutory', ...tax }));
  });
  letGo('vat', taxes, on, book);
}

function exports(
  { on, lines }: DutyRequest,
  rows: readonly Cells[],
  worths: readonly Fraction[],
  values: Fraction[],
  taxes: Tax[][],
  places: number,
  book: Book,
): void {
  lines.forEach((line, i) => {
    const row = at(rows, i);
    const column = ['exportProvisional', 'export'].find(
      (name) => row[name] || row[`${name}PerUnit`],
    );
    if (!column) return;
    const perUnit = fractionOf(row[`${column}PerUnit`] ?? '0') ?? NOTHING;
    const fixed = row[`${column}PerUnit`] ? times(perUnit, measure(line, row.unit ?? '')) : NOTHING;
    if (!line.valuation) {
      const rate = over(fractionOf(row[column] ?? '0') ?? NOTHING, HUNDRED);
      const without = over(minus(at(worths, i), fixed), plus(whole(1), rate));
      values[i] = without.over < 0n ? NOTHING : nearest(without, places);
    }
    const tax = byRate(row, column, line, at(values, i), row.unit);
    at(taxes, i).push({ kind: 'exportDuty', column, ...tax });
  });
  letGo('exportDuty', taxes, on, book);
}

/** The name of the treatment, and the cells and the column its rate stands in. */
function dutyColumn(
  { on }: DutyRequest,
  line: DutyRequestLine,
  row: Cells,
  value: Fraction,
  book: Book,
): [string, Cells, string] {
  const has = (name: string) => Boolean(row[name] ?? row[`${name}PerUnit`]);
  const take = (name: string): [string, Cells, string] => {
    if (!has(name)) throw new Missing(`no column ${name}`);
    return [name, row, name];
  };
  if (line.quotaCertificate && has('quota'))
    return take(has('quotaProvisional') ? 'quotaProvisional' : 'quota');
  const origin = line.originCountry;
  if (!origin || book.find('tariff_general', origin, on)) return take('general');

  const ordinary = has('mfnProvisional') ? 'mfnProvisional' : 'mfn';
  const pact = line.preference && book.find('tariff_agreement', line.preference, on);
  const isMember = pact && (pact.countries ?? '').split(' ').includes(origin);
  if (!isMember || !line.originProof) return take(ordinary);
  const agreed = book.longest('tariff_agreement_rate', line.hsCode, `.${line.preference}`, on);
  if (!agreed || !(agreed.rate ?? agreed.ratePerUnit)) return take(ordinary);
  const treatment = pact.treatment === 'preferential' ? 'preferential' : 'agreement';
  if (has(ordinary)) {
    const ours = byRate(row, ordinary, line, value, row.unit).assessed;
    const theirs = byRate(agreed, 'rate', line, value, agreed.unit).assessed;
    if (isLess(ours, theirs)) return take(ordinary);
  }
  return [treatment, agreed, 'rate'];
}

/** A tax that comes to no more than the limit over the consignment is not levied. */
function letGo(kind: string, taxes: readonly Tax[][], on: string, book: Book): void {
  const own = taxes.flat().filter((tax) => tax.kind === kind);
  const sum = total(own.map((tax) => tax.payable));
  if (isNothing(sum)) return;
  const limit = number(book, `exemptUpTo.${kind}`, on);
  if (!isLess(limit, sum)) for (const tax of own) tax.payable = NOTHING;
}

function charges(request: DutyRequest, prices: Fraction, book: Book) {
  const none = { freight: NOTHING, insurance: NOTHING };
  const { tradeTerms, on } = request;
  if (request.lines.every((line) => line.valuation)) return none;
  const outside = TO_ADD[tradeTerms ?? ''];
  if (outside === undefined) throw new Missing('terms');
  const isImport = request.ieFlag === 'I';
  const counts = (letter: string) => outside.includes(letter) === isImport;
  let { freight, insurance } = none;
  if (counts('f')) {
    if (request.freight) freight = charge(request, 'freight', prices, book);
    else if (isImport) throw new Missing('freight');
  }
  if (counts('i')) {
    const insured = plus(prices, freight);
    if (request.insurance) insurance = charge(request, 'insurance', insured, book);
    else if (isImport) insurance = nearest(times(insured, number(book, 'insuranceShare', on)), 2);
  }
  return { freight, insurance };
}

function charge(
  request: DutyRequest,
  which: 'freight' | 'insurance',
  base: Fraction,
  book: Book,
): Fraction {
  const stated = request[which];
  if (!stated) throw new Missing(which);
  if (stated.kind === 'rate') return nearest(over(times(base, amount(stated.percent)), HUNDRED), 2);
  const sum = times(amount(stated.amount), yuan(book, stated.currency, request.on));
  if (stated.kind === 'total') return nearest(sum, 2);
  return nearest(over(times(sum, amount(request.grossMassKg)), whole(1000)), 2);
}

/** The share of line i is what has been shared up to it, to the cent, less what was before it. */
function shared(sum: Fraction, weights: readonly Fraction[]): Fraction[] {
  const all = total(weights);
  const upTo = (count: number): Fraction =>
    nearest(over(times(sum, total(weights.slice(0, count))), all), 2);
  return weights.map((_, i) => {
    if (isNothing(all)) return i === 0 ? sum : NOTHING;
    return minus(upTo(i + 1), upTo(i));
  });
}

function lateFee(request: DutyRequest, value: Fraction, book: Book): string | null {
  const { conveyanceEnteredOn: entered, acceptedOn } = request;
  if (!entered || !acceptedOn) return null;
  let first = later(entered, Number(number(book, 'lateDeclaration.firstDay', acceptedOn).over));
  while (isRest(first, book)) first = later(first, 1);
  if (acceptedOn < first) return null;
  let days = 1;
  for (let day = first; day < acceptedOn; day = later(day, 1)) days += 1;
  const daily = times(value, number(book, 'lateDeclaration.rate', acceptedOn));
  const fee = wholePart(times(daily, whole(days)));
  const least = number(book, 'lateDeclaration.exemptBelow', acceptedOn);
  return `${first} ${acceptedOn} ${days} ${isLess(fee, least) ? '0' : written(fee)}`;
}
