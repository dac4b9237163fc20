import { add, type Decimal, parseDecimal, toText, ZERO } from '../../../kernel/decimal.ts';
import type { DeclarationInput } from '../../clearance/index.ts';
import type { Document } from '../reading/table.ts';
import { countryOf, currencyOf, modeOf, packageKindOf, termsOf, unitOf } from './codes.ts';
import { type Leaves, leavesOf, type Mapped, mapped, usccAt } from './document.ts';

/** A declaration form (报关单填制规范) takes fifty lines. */
const LINES_MAX = 50;
const KILOGRAM = '035';

type Lines = DeclarationInput['lines'];
type PartyInput = DeclarationInput['parties']['declarant'];

/**
 * A declaration as clearance is asked to file it. What the form of a standard does not have is left out, and
 * the check of the filing says so; what it has cannot be put in another's words by guessing, and is told.
 */
export function declarationOf(document: Document, standard: string): Mapped<DeclarationInput> {
  const leaves = leavesOf(document);
  const ieFlag = leaves.needed('ieFlag');
  if (ieFlag !== null && ieFlag !== 'I' && ieFlag !== 'E') {
    leaves.say('messages.code_unknown', 'ieFlag', ieFlag);
  }
  const count = leaves.list('lines').length;
  if (count > LINES_MAX) leaves.say('messages.lines_beyond_form', 'lines', count);
  const lines = leaves
    .list('lines')
    .slice(0, LINES_MAX)
    .map((_, index) => lineOf(leaves, index));
  const mode = leaves.text('transport.mode');
  const input: DeclarationInput = {
    filing: 'standard',
    ieFlag: ieFlag === 'E' ? 'E' : 'I',
    declarationOffice: leaves.code('declarationOffice', 4),
    borderOffice: leaves.code('borderOffice', 4),
    examinationOffice: leaves.code('examinationOffice', 4),
    supervisionMode: leaves.code('supervisionMode', 4),
    levyNature: leaves.code('levyNature', 3),
    parties: partiesOf(leaves),
    tradeTerms: leaves.code('tradeTerms', 3, termsOf),
    transport: {
      mode: standard === 'DecMessage' ? mode : modeOf(mode),
      conveyance: leaves.text('transport.conveyance'),
      voyageNo: leaves.text('transport.voyageNo'),
      transportDocNo: leaves.text('transport.transportDocNo'),
      partnerCountry: leaves.code('transport.partnerCountry', 2, countryOf),
      date: leaves.code('transport.date', 10),
    },
    packages: {
      kind: leaves.code('packages.kind', 2, packageKindOf),
      count: leaves.count('packages.count'),
    },
    grossMassKg: leaves.text('grossMassKg'),
    netMassKg: leaves.text('netMassKg'),
    currency: leaves.code('currency', 3, currencyOf),
    // The form of China has no total of its own: it is that of its lines, which are in one currency.
    totalValue: leaves.text('totalValue') ?? totalOf(leaves, lines),
    freight: costOf(leaves, 'freight'),
    insurance: costOf(leaves, 'insurance'),
    licences: leaves.list('licences').map((_, index) => ({
      kind: leaves.code(`licences[${index}].kind`, 4),
      number: leaves.code(`licences[${index}].number`, 40),
    })),
    documents: [],
    remarks: leaves.text('remarks'),
    lines,
  };
  return mapped(input, leaves);
}

function partiesOf(leaves: Leaves): DeclarationInput['parties'] {
  const party = (name: string): PartyInput => {
    const path = `parties.${name}`;
    const said = {
      uscc: usccAt(leaves, path),
      name: leaves.text(`${path}.name`),
      country: leaves.code(`${path}.country`, 2, countryOf),
    };
    return Object.values(said).some((value) => value !== null) ? said : null;
  };
  return {
    declarant: party('declarant'),
    domestic: party('domestic'),
    owner: party('owner'),
    overseas: party('overseas'),
    forwarder: party('forwarder'),
    carrier: party('carrier'),
    terminal: null,
  };
}

function lineOf(leaves: Leaves, index: number): Lines[number] {
  const at = (name: string): string => `lines[${index}].${name}`;
  return {
    lineNo: leaves.count(at('lineNo')) ?? index + 1,
    hsCode: leaves.code(at('hsCode'), 10),
    description: leaves.text(at('description')),
    specification: leaves.text(at('specification')),
    originCountry: leaves.code(at('originCountry'), 2, countryOf),
    quantity: leaves.text(at('quantity')) ?? leaves.text(at('statutoryQuantity')),
    unit: leaves.code(unitPathOf(leaves, at), 3, unitOf),
    netMassKg: netMassOf(leaves, at),
    unitPrice: leaves.text(at('unitPrice')),
    value: leaves.text(at('value')),
    preference: leaves.code(at('preference'), 10),
  };
}

/** A line states its quantity in its own unit; where it has none, in the one the tariff asks for. */
const unitPathOf = (leaves: Leaves, at: (name: string) => string): string =>
  leaves.text(at('quantity')) === null ? at('statutoryUnit') : at('unit');

/** The net mass of a line: stated, or the quantity it states in kilograms (法定单位 035). */
function netMassOf(leaves: Leaves, at: (name: string) => string): string | null {
  const stated = leaves.text(at('netMassKg'));
  if (stated !== null) return stated;
  for (const [quantity, unit] of [
    ['statutoryQuantity', 'statutoryUnit'],
    ['secondQuantity', 'secondUnit'],
    ['quantity', 'unit'],
  ] as const) {
    if (unitOf(leaves.text(at(unit))) === KILOGRAM) return leaves.text(at(quantity));
  }
  return null;
}

/**
 * 运费 and 保费 are filed as amounts in the declaration's currency. One given as a rate (mark 1), for a unit
 * (mark 2) or in another currency is no such amount: it is left out, and that is told.
 */
function costOf(leaves: Leaves, name: 'freight' | 'insurance'): string | null {
  const amount = leaves.text(name);
  const mark = leaves.text(`${name}Mark`) ?? '3';
  const currency = currencyOf(leaves.text(`${name}Currency`));
  const isAmount = currency === null || currency === currencyOf(leaves.text('currency'));
  if (amount === null || (mark === '3' && isAmount)) return amount;
  leaves.problems.push({
    ...{ code: 'messages.cost_left_out', path: name, seen: `${amount} ${currency ?? ''}`.trim() },
    severity: 'warning',
  });
  return null;
}

function totalOf(leaves: Leaves, lines: Lines): string | null {
  if (leaves.text('currency') === null) return null;
  const values = lines.map(({ value }) => parseDecimal(String(value ?? '')));
  if (values.length === 0 || values.includes(null)) return null;
  return toText((values as Decimal[]).reduce((total, value) => add(total, value), ZERO));
}
