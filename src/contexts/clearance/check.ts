import { isHsCode, isUscc } from '../../kernel/codes.ts';
import { isLocalDate, type LocalDate } from '../../kernel/dates.ts';
import {
  compare,
  type Decimal,
  decimal,
  isNegative,
  isZero,
  multiply,
  parseDecimal,
  subtract,
  sum,
  toText,
} from '../../kernel/decimal.ts';
import { type Refusal, seen } from '../../kernel/refusal.ts';
import type { DeclarationContent, Line, Party, Problem } from './contract.ts';
import { type ComposedMode, choiceOf, composeMode } from './modes/compose.ts';

/** Whether a code is in force on a day; `reference` knows. */
export type InForce = (table: string, code: string, on: LocalDate) => boolean;

/** 海关法 第二十四条: the consignee or consignor declares truthfully. Every entry is checked against it. */
const TRUTHFUL = '海关法 第二十四条';
/** 中华人民共和国海关进出口货物报关单填制规范: how each entry of the form is filled in. */
const FORM = '报关单填制规范（海关总署公告2019年第18号）';

/** Rounding that line values may carry: prices are declared to four places, values to two. */
const LINE_TOLERANCE = { share: decimal('0.005'), amount: decimal('1') };
/** A tariff code in a summary may stop at the subheading. */
const SUBHEADING_DIGITS = 6;
const TARIFF_DIGITS = 10;
const NONE: ReadonlySet<string> = new Set();

export interface CheckOptions {
  /** The certified grade of the domestic party on that day, where it is known. */
  readonly grade?: string | null;
  /** The first step of a two-step declaration may leave entries for the second; the whole may not. */
  readonly step?: 'first' | 'whole';
}

/**
 * Everything wrong with a declaration, all at once: field, value seen, rule and legal basis. A rule
 * that would speak about a field that is itself missing stays silent; the missing field is already told.
 *
 * @param on the day the declaration is filed: codes and modes are checked as they stood on that day.
 */
export function checkContent(
  content: DeclarationContent,
  on: LocalDate,
  inForce: InForce,
  { grade = null, step = 'first' }: CheckOptions = {},
): Problem[] {
  const mode = composeMode(choiceOf(content, on), on, { ieFlag: content.ieFlag, grade });
  const checker = new Checker(on, inForce, step === 'first' ? mode.mayWait : NONE);
  checkMode(checker, content, mode);
  checkHead(checker, content);
  checkParties(checker, content);
  checkTransport(checker, content);
  if (content.lines.length === 0) checker.say('clearance.no_lines', 'lines', '', FORM);
  const numbers = new Set<number>();
  content.lines.forEach((line, index) => {
    const path = `lines[${index}]`;
    if (numbers.has(line.lineNo)) {
      checker.say('clearance.line_number_repeated', `${path}.lineNo`, String(line.lineNo), FORM);
    }
    numbers.add(line.lineNo);
    checkLine(checker, line, path);
  });
  checkTotals(checker, content);
  return checker.problems;
}

/** A problem as the refusal of an act: the same words, for somebody who must be told at once. */
export function toRefusal({ code, path, seen, params, legalBasis, severity }: Problem): Refusal {
  return {
    code,
    ...(path !== undefined && { path }),
    ...(seen !== undefined && { seen }),
    ...(params !== undefined && { params }),
    ...(legalBasis !== undefined && { legalBasis }),
    ...(severity !== undefined && { severity }),
  };
}

class Checker {
  readonly problems: Problem[] = [];
  private readonly on: LocalDate;
  private readonly inForce: InForce;
  private readonly mayWait: ReadonlySet<string>;

  constructor(on: LocalDate, inForce: InForce, mayWait: ReadonlySet<string>) {
    this.on = on;
    this.inForce = inForce;
    this.mayWait = mayWait;
  }

  say(
    code: string,
    path: string,
    value: string,
    legalBasis: string,
    params?: Record<string, string | number>,
  ): void {
    this.problems.push({ code, path, seen: seen(value), legalBasis, ...(params && { params }) });
  }

  required(path: string, value: string | null): value is string {
    if (value) return true;
    if (!this.canWait(path)) this.say('clearance.required', path, '', FORM);
    return false;
  }

  /** Whether an entry may be left to the second step. */
  canWait(path: string): boolean {
    return this.mayWait.size > 0 && this.mayWait.has(path.replace(/\[\d+\]/, '[]'));
  }

  code(table: string, path: string, value: string | null): void {
    if (this.required(path, value) && !this.inForce(table, value, this.on)) {
      this.say('clearance.code_not_in_force', path, value, FORM, { table, on: this.on });
    }
  }

  optionalCode(table: string, path: string, value: string | null): void {
    if (value) this.code(table, path, value);
  }

  /** A required amount: not negative, not zero unless allowed. */
  amount(path: string, value: string | null, zeroAllowed = false): Decimal | null {
    if (!this.required(path, value)) return null;
    return this.number(path, value, zeroAllowed);
  }

  number(path: string, value: string, zeroAllowed: boolean): Decimal | null {
    const amount = parseDecimal(value);
    if (!amount) {
      this.say('clearance.not_a_number', path, value, FORM);
      return null;
    }
    if (isNegative(amount) || (isZero(amount) && !zeroAllowed)) {
      this.say('clearance.must_be_positive', path, value, TRUTHFUL);
      return null;
    }
    return amount;
  }

  /** Reads an amount that other rules speak about, without saying anything again. */
  known(value: string | null): Decimal | null {
    return value ? parseDecimal(value) : null;
  }
}

/** The mode can be chosen, and what it needs is there. */
function checkMode(checker: Checker, content: DeclarationContent, mode: ComposedMode): void {
  checker.problems.push(
    ...mode.refusals.map(({ params, ...refusal }) => ({
      ...refusal,
      ...(params && { params: { ...params } }),
    })),
  );
  for (const path of mode.requires) checker.required(path, textAt(content, path));
  const { transitOffice } = content.modes ?? {};
  if (transitOffice) checker.code('customs_office', 'modes.transitOffice', transitOffice);
}

/** The text of a field by its path; only fields that modes require are asked for, and all are text. */
function textAt(content: DeclarationContent, path: string): string | null {
  let at: unknown = content;
  for (const name of path.split('.')) at = (at as Record<string, unknown> | undefined)?.[name];
  return typeof at === 'string' ? at : null;
}

function checkHead(checker: Checker, content: DeclarationContent): void {
  checker.code('customs_office', 'declarationOffice', content.declarationOffice);
  checker.code('customs_office', 'borderOffice', content.borderOffice);
  checker.optionalCode('customs_office', 'examinationOffice', content.examinationOffice);
  checker.code('supervision_mode', 'supervisionMode', content.supervisionMode);
  checker.optionalCode('levy_nature', 'levyNature', content.levyNature);
  checker.code('trade_terms', 'tradeTerms', content.tradeTerms);
  checker.code('currency', 'currency', content.currency);
  checker.code('package_kind', 'packages.kind', content.packages.kind);
  if (!content.packages.count || content.packages.count < 1) {
    checker.say(
      'clearance.must_be_positive',
      'packages.count',
      String(content.packages.count ?? ''),
      FORM,
    );
  }
  checker.amount('grossMassKg', content.grossMassKg);
  checker.amount('netMassKg', content.netMassKg);
  checker.amount('totalValue', content.totalValue);
  if (content.freight) checker.number('freight', content.freight, true);
  if (content.insurance) checker.number('insurance', content.insurance, true);
  content.licences.forEach((licence, index) => {
    checker.code('licence_kind', `licences[${index}].kind`, licence.kind);
    checker.required(`licences[${index}].number`, licence.number);
  });
  content.documents.forEach((document, index) => {
    checker.optionalCode('document_kind', `documents[${index}].kind`, document.kind);
  });
}

function checkParties(checker: Checker, content: DeclarationContent): void {
  const { declarant, domestic, owner, overseas } = content.parties;
  domesticParty(checker, 'parties.declarant', declarant);
  domesticParty(checker, 'parties.domestic', domestic);
  if (owner) domesticParty(checker, 'parties.owner', owner);
  checker.required('parties.overseas.name', overseas?.name ?? null);
  if (overseas?.country) checker.code('country', 'parties.overseas.country', overseas.country);
}

function domesticParty(checker: Checker, path: string, party: Party | null): void {
  if (!checker.required(`${path}.uscc`, party?.uscc ?? null)) return;
  if (party?.uscc && !isUscc(party.uscc)) {
    checker.say('clearance.uscc_check_character', `${path}.uscc`, party.uscc, 'GB 32100-2015');
  }
}

function checkTransport(checker: Checker, content: DeclarationContent): void {
  const { transport } = content;
  checker.code('transport_mode', 'transport.mode', transport.mode);
  checker.code('country', 'transport.partnerCountry', transport.partnerCountry);
  if (transport.date && !isLocalDate(transport.date)) {
    checker.say('clearance.impossible_date', 'transport.date', transport.date, FORM);
  }
}

function checkLine(checker: Checker, line: Line, path: string): void {
  if (checker.required(`${path}.hsCode`, line.hsCode) && line.hsCode) {
    const digits = line.hsCode.length;
    const isShort = digits >= SUBHEADING_DIGITS && digits < TARIFF_DIGITS;
    if (!isHsCode(line.hsCode) || (digits !== TARIFF_DIGITS && !isShort)) {
      checker.say('clearance.hs_code_shape', `${path}.hsCode`, line.hsCode, FORM);
    } else if (isShort) {
      if (!checker.canWait(`${path}.hsCode.detail`)) {
        checker.say('clearance.hs_code_shape', `${path}.hsCode`, line.hsCode, FORM);
      }
    } else {
      checker.code('hs', `${path}.hsCode`, line.hsCode);
    }
  }
  checker.required(`${path}.description`, line.description);
  checker.code('country', `${path}.originCountry`, line.originCountry);
  checker.code('unit', `${path}.unit`, line.unit);
  checker.optionalCode('preference', `${path}.preference`, line.preference);
  const quantity = checker.amount(`${path}.quantity`, line.quantity);
  const price = checker.amount(`${path}.unitPrice`, line.unitPrice);
  const value = checker.amount(`${path}.value`, line.value);
  checker.amount(`${path}.netMassKg`, line.netMassKg);
  if (!quantity || !price || !value) return;
  const expected = multiply(quantity, price);
  if (!withinTolerance(expected, value)) {
    checker.say('clearance.line_value_disagrees', `${path}.value`, line.value ?? '', TRUTHFUL, {
      expected: toText(expected),
    });
  }
}

function withinTolerance(expected: Decimal, declared: Decimal): boolean {
  const difference = subtract(expected, declared);
  const distance = isNegative(difference) ? subtract(declared, expected) : difference;
  const share = multiply(expected, LINE_TOLERANCE.share);
  const allowed = compare(share, LINE_TOLERANCE.amount) > 0 ? share : LINE_TOLERANCE.amount;
  return compare(distance, allowed) <= 0;
}

function checkTotals(checker: Checker, content: DeclarationContent): void {
  const gross = checker.known(content.grossMassKg);
  const net = checker.known(content.netMassKg);
  if (gross && net && compare(net, gross) > 0) {
    checker.say('clearance.net_exceeds_gross', 'netMassKg', content.netMassKg ?? '', TRUTHFUL, {
      gross: toText(gross),
    });
  }
  agree(
    checker,
    'totalValue',
    content.totalValue,
    content.lines.map((line) => line.value),
  );
  agree(
    checker,
    'netMassKg',
    content.netMassKg,
    content.lines.map((line) => line.netMassKg),
  );
}

/** A total and its lines agree to within one unit in the second place per line, never by netting. */
function agree(
  checker: Checker,
  path: 'totalValue' | 'netMassKg',
  total: string | null,
  parts: readonly (string | null)[],
): void {
  const declared = checker.known(total);
  const known = parts.map((part) => checker.known(part));
  if (!declared || known.length === 0 || known.some((part) => part === null)) return;
  const added = sum(known as Decimal[]);
  const difference = subtract(added, declared);
  const distance = isNegative(difference) ? subtract(declared, added) : difference;
  const allowed = multiply(decimal('0.01'), decimal(parts.length));
  if (compare(distance, allowed) > 0) {
    checker.say('clearance.totals_disagree', path, total ?? '', TRUTHFUL, { lines: toText(added) });
  }
}
