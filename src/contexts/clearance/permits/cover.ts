import type { LocalDate } from '../../../kernel/dates.ts';
import {
  add,
  compare,
  type Decimal,
  decimal,
  multiply,
  parseDecimal,
  toText,
  ZERO,
} from '../../../kernel/decimal.ts';
import type { DeclarationContent, Problem } from '../contract.ts';
import type { PermitNeed } from '../prohibitions/rule.ts';
import type { PermitTerms } from './contract.ts';
import type { Taking } from './events.ts';
import { isWithin, leftOf, permitId, plus, type Taken } from './permit.ts';

/** 海关法 第二十四条: goods under restriction are not released without their permit. */
const PERMITS = '海关法 第二十四条';
/** Marks on the form that no authority counts down: inspection and quarantine, advance classification. */
const MARKS = new Set(['A', 'B', 'D', 'r']);
const KILOGRAM = '035';
const TONNE = '070';
const PER_TONNE = decimal('0.001');

/** What a declaration would take of permits: as much of its content as that takes. */
export interface Ask {
  readonly declaration: string;
  readonly on: LocalDate;
  readonly ieFlag: 'I' | 'E';
  /** The parties a permit may be made out to. */
  readonly holders: readonly string[];
  readonly currency: string | null;
  readonly named: readonly {
    readonly permit: string;
    readonly kind: string;
    readonly path: string;
  }[];
  readonly lines: readonly AskLine[];
  readonly needs: readonly PermitNeed[];
}

interface AskLine {
  readonly lineNo: number;
  readonly path: string;
  readonly hsCode: string;
  readonly origin: string | null;
  readonly unit: string | null;
  readonly quantity: string | null;
  readonly netMassKg: string | null;
  readonly value: string | null;
}

/** A permit as far as filing needs it. */
export interface Balance {
  readonly id: string;
  readonly kind: string;
  readonly issuer: string;
  readonly terms: PermitTerms;
  readonly revokedAt: string | null;
  readonly taken: Taken;
}

export interface Cover {
  readonly takings: readonly { readonly permit: string; readonly taking: Taking }[];
  /** Named, and nobody has loaded them. */
  readonly waiting: readonly string[];
  readonly problems: readonly Problem[];
}

export function askOf(
  declaration: string,
  content: DeclarationContent,
  on: LocalDate,
  needs: readonly PermitNeed[],
): Ask {
  const { domestic, owner } = content.parties;
  const named = content.licences.flatMap(({ kind, number }, index) =>
    kind === null || number === null || MARKS.has(kind)
      ? []
      : [{ permit: permitId(kind, number), kind, path: `licences[${index}].number` }],
  );
  return {
    ...{ declaration, on, needs, ieFlag: content.ieFlag, currency: content.currency },
    holders: [domestic?.uscc, owner?.uscc].flatMap((uscc) => uscc ?? []),
    named: named.filter(
      ({ permit }, index) => named.findIndex((other) => other.permit === permit) === index,
    ),
    lines: content.lines.flatMap((line, index) => {
      const { lineNo, hsCode, originCountry: origin, unit, quantity, netMassKg, value } = line;
      if (hsCode === null) return [];
      return [
        { lineNo, path: `lines[${index}]`, hsCode, origin, unit, quantity, netMassKg, value },
      ];
    }),
  };
}

/**
 * Which named permit serves which line, and how much of it. Of the permits of a kind, a line is taken
 * from the first that covers it and has enough left; nothing is split. Whatever does not fit is told
 * with the number, what was wanted and what is left, and then nothing is taken at all.
 */
export function cover(ask: Ask, balances: ReadonlyMap<string, Balance>): Cover {
  const problems: Problem[] = [];
  const waiting: string[] = [];
  const usable = new Map<string, Using>();
  const kindsInTrouble = new Set<string>();
  for (const { permit, kind, path } of ask.named) {
    const balance = balances.get(permit);
    if (!balance) {
      waiting.push(permit);
      continue;
    }
    const objection = objectionTo(balance, ask);
    if (objection) {
      problems.push({ path, seen: permit, legalBasis: PERMITS, ...objection });
      kindsInTrouble.add(kind);
    } else usable.set(permit, new Using(balance, path));
  }
  for (const line of ask.lines) {
    for (const kind of new Set([...usable.values()].map(({ balance }) => balance.kind))) {
      const covering = [...usable.values()].filter(
        ({ balance }) => balance.kind === kind && covers(balance.terms, line),
      );
      if (covering.length === 0 || covering.some((using) => using.take(line, ask.currency)))
        continue;
      problems.push(covering[0]?.refusal(line, ask.currency) as Problem);
      kindsInTrouble.add(kind);
    }
  }
  for (const [permit, using] of usable) {
    if (using.lines.length > 0 || kindsInTrouble.has(using.balance.kind)) continue;
    const code = 'clearance.permit_covers_nothing';
    problems.push({ code, path: using.path, seen: permit, legalBasis: PERMITS });
  }
  problems.push(...needsLeft(ask, usable, kindsInTrouble, waiting));
  const takings = [...usable].flatMap(([permit, using]) =>
    using.lines.length > 0 ? [{ permit, taking: using.taking(ask.declaration) }] : [],
  );
  return { problems, waiting, takings: problems.length > 0 ? [] : takings };
}

/** Lines the law wants a permit for, whose permit is named and covers something else. */
function needsLeft(
  { needs, named, lines }: Ask,
  usable: ReadonlyMap<string, Using>,
  inTrouble: ReadonlySet<string>,
  waiting: readonly string[],
): Problem[] {
  return needs.flatMap(({ lineNo, kinds, rule }) => {
    const ofKind = named.filter(({ kind }) => kinds.includes(kind));
    const isServed = ofKind.some(
      ({ permit, kind }) =>
        waiting.includes(permit) ||
        inTrouble.has(kind) ||
        usable.get(permit)?.lines.includes(lineNo),
    );
    // A permit that is not named at all is told by the rule that asks for it.
    if (isServed || ofKind.length === 0) return [];
    const line = lines.find((each) => each.lineNo === lineNo);
    return [
      {
        code: 'clearance.permit_does_not_cover',
        path: `${line?.path}.hsCode`,
        seen: line?.hsCode ?? '',
        params: { rule, kinds: kinds.join(', ') },
        legalBasis: PERMITS,
      },
    ];
  });
}

function objectionTo(
  { terms, revokedAt, taken }: Balance,
  ask: Ask,
): Pick<Problem, 'code' | 'params'> | null {
  if (revokedAt !== null) return { code: 'clearance.permit_revoked' };
  if (ask.on < terms.validFrom || ask.on > terms.validUntil) {
    const params = { from: terms.validFrom, until: terms.validUntil, on: ask.on };
    return { code: 'clearance.permit_not_valid_on', params };
  }
  if (terms.ieFlag !== ask.ieFlag) return { code: 'clearance.permit_other_direction' };
  if (!ask.holders.includes(terms.holder)) {
    return {
      code: 'clearance.permit_other_holder',
      params: { holder: terms.holderName || terms.holder },
    };
  }
  if (terms.uses !== null && taken.uses >= terms.uses) {
    return { code: 'clearance.permit_uses_exhausted', params: { uses: terms.uses } };
  }
  return null;
}

const covers = ({ goods, origins }: PermitTerms, { hsCode, origin }: AskLine): boolean =>
  goods.some((prefix) => hsCode.startsWith(prefix)) &&
  (origins.length === 0 || (origin !== null && origins.includes(origin)));

/** A permit while one declaration takes from it, line by line. */
class Using {
  readonly balance: Balance;
  readonly path: string;
  readonly lines: number[] = [];
  private quantity: Decimal = ZERO;
  private value: Decimal = ZERO;

  constructor(balance: Balance, path: string) {
    this.balance = balance;
    this.path = path;
  }

  take(line: AskLine, currency: string | null): boolean {
    const wanted = this.wanted(line, currency);
    if (!wanted) return false;
    const quantity = add(this.quantity, wanted.quantity);
    const value = add(this.value, wanted.value);
    const amounts = { quantity: toText(quantity), value: toText(value) };
    if (!isWithin(this.balance.terms, plus(this.balance.taken, amounts))) return false;
    this.quantity = quantity;
    this.value = value;
    this.lines.push(line.lineNo);
    return true;
  }

  /** How much of the permit a line is; `null` when its unit or currency says nothing of it. */
  private wanted(line: AskLine, currency: string | null) {
    const { terms } = this.balance;
    const quantity = terms.unit === null ? ZERO : quantityIn(line, terms.unit);
    const value = terms.currency === null ? ZERO : valueIn(line, currency, terms.currency);
    return quantity && value ? { quantity, value } : null;
  }

  refusal(line: AskLine, currency: string | null): Problem {
    const { id, terms, taken } = this.balance;
    const common = { path: line.path, seen: id, legalBasis: PERMITS };
    const wanted = this.wanted(line, currency);
    if (!wanted) {
      const params = { unit: terms.unit ?? '', currency: terms.currency ?? '' };
      return { ...common, code: 'clearance.permit_unit_differs', params };
    }
    const left = {
      quantity: leftOf(terms.quantity, add(taken.quantity, this.quantity)),
      value: leftOf(terms.value, add(taken.value, this.value)),
    };
    const isQuantity = left.quantity !== null && compare(left.quantity, wanted.quantity) < 0;
    const [of, remaining, measure] = isQuantity
      ? [wanted.quantity, left.quantity, terms.unit]
      : [wanted.value, left.value, terms.currency];
    const params = { wanted: toText(of), left: toText(remaining ?? ZERO), measure: measure ?? '' };
    return { ...common, code: 'clearance.permit_exceeded', params };
  }

  taking(declaration: string): Taking {
    const { terms } = this.balance;
    return {
      declaration,
      lines: this.lines,
      quantity: terms.unit === null ? null : toText(this.quantity),
      value: terms.currency === null ? null : toText(this.value),
    };
  }
}

/** A line in the permit's unit: declared in it, or by its net mass where the unit is one of mass. */
function quantityIn(line: AskLine, unit: string): Decimal | null {
  if (line.unit === unit) return read(line.quantity);
  if (unit !== KILOGRAM && unit !== TONNE) return null;
  const kilograms = read(line.netMassKg);
  return kilograms && (unit === TONNE ? multiply(kilograms, PER_TONNE) : kilograms);
}

const valueIn = (line: AskLine, declared: string | null, wanted: string): Decimal | null =>
  declared === wanted ? read(line.value) : null;

const read = (text: string | null): Decimal | null => (text === null ? null : parseDecimal(text));
