import {
  add,
  compare,
  type Decimal,
  decimal,
  isZero,
  multiply,
  parseDecimal,
  round,
  sum,
  toText,
  ZERO,
} from '../../../kernel/decimal.ts';
import type { BatchLine, BatchMovement, BatchState } from '../../cargo/index.ts';
import { type DeclarationInput, LINES_MAX } from '../contract.ts';

/** Values are stated to the cent of their currency. */
const VALUE_SCALE = 2;

/** A line of a declaration: movements of the same goods at the same price, added up. */
export interface MergedLine {
  readonly of: BatchLine;
  readonly quantity: Decimal;
  readonly netMassKg: Decimal;
  readonly grossMassKg: Decimal;
  readonly packages: number;
  readonly value: Decimal;
  readonly movements: readonly BatchMovement[];
}

export interface MergedDeclaration {
  readonly currency: string;
  readonly lines: readonly MergedLine[];
  readonly totalValue: Decimal;
  readonly netMassKg: Decimal;
  readonly grossMassKg: Decimal;
  readonly packages: number;
}

export interface Merged {
  readonly declarations: readonly MergedDeclaration[];
  /** Movements that goods which came back have cancelled out. */
  readonly settled: readonly BatchMovement[];
}

/** Goods are the same when a declaration form would say the same of them (归并). */
const keyOf = (line: BatchLine): string =>
  JSON.stringify([
    line.hsCode,
    line.description,
    line.specification,
    line.originCountry,
    line.unit,
    toText(decimal(line.unitPrice)),
    line.currency,
  ]);

/**
 * Adds movements up to declarations: one currency each, at most fifty lines. Every movement is in
 * exactly one line or settled, so the totals of declarations and movements agree whatever moved.
 * Pure: the same movements give the same declarations, in the same order.
 */
export function merge(
  lines: readonly BatchLine[],
  movements: readonly BatchMovement[],
  linesMax = LINES_MAX,
): Merged {
  const byNumber = new Map(lines.map((line) => [line.lineNo, line]));
  const groups = new Map<string, { of: BatchLine; movements: BatchMovement[] }>();
  for (const movement of [...movements].sort(inOrder)) {
    const of = byNumber.get(movement.lineNo);
    if (!of) throw new Error(`Movement ${movement.id} is of a line that is not there.`);
    const key = keyOf(of);
    const group = groups.get(key);
    if (group) group.movements.push(movement);
    else groups.set(key, { of, movements: [movement] });
  }
  const settled: BatchMovement[] = [];
  const byCurrency = new Map<string, MergedLine[]>();
  for (const { of, movements: own } of groups.values()) {
    const line = lineOf(of, own);
    if (isZero(line.quantity)) settled.push(...own);
    else byCurrency.set(of.currency, [...(byCurrency.get(of.currency) ?? []), line]);
  }
  const declarations = [...byCurrency].flatMap(([currency, all]) =>
    chunks(all, linesMax).map((part) => declarationOf(currency, part)),
  );
  return { declarations, settled };
}

/** By line, and within a line by time. */
function inOrder(a: BatchMovement, b: BatchMovement): number {
  if (a.lineNo !== b.lineNo) return a.lineNo - b.lineNo;
  return a.id < b.id ? -1 : 1;
}

function lineOf(of: BatchLine, movements: readonly BatchMovement[]): MergedLine {
  const quantity = sum(movements.map((each) => each.quantity));
  return {
    of,
    movements,
    quantity,
    netMassKg: sum(movements.map((each) => each.netMassKg)),
    grossMassKg: sum(movements.map((each) => each.grossMassKg)),
    packages: movements.reduce((count, each) => count + each.packages, 0),
    value: round(multiply(quantity, decimal(of.unitPrice)), VALUE_SCALE),
  };
}

function declarationOf(currency: string, lines: readonly MergedLine[]): MergedDeclaration {
  return {
    currency,
    lines,
    totalValue: sum(lines.map((line) => line.value)),
    netMassKg: sum(lines.map((line) => line.netMassKg)),
    grossMassKg: sum(lines.map((line) => line.grossMassKg)),
    packages: lines.reduce((count, line) => count + line.packages, 0),
  };
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size));
  return parts;
}

/** The declaration as it is filed: head of the application, lines of the movements. */
export function contentOf(
  { id, organisation, content }: BatchState,
  merged: MergedDeclaration,
): DeclarationInput {
  const { head, direction, zone } = content;
  return {
    filing: 'standard',
    modes: { batch: 'consolidated', line: 'secondLine', zone, applicationNo: id },
    ieFlag: direction === 'out' ? 'I' : 'E',
    declarationOffice: head.declarationOffice,
    borderOffice: head.borderOffice,
    supervisionMode: head.supervisionMode,
    levyNature: head.levyNature,
    parties: {
      declarant: head.declarant ?? { uscc: organisation },
      domestic: head.domestic,
      overseas: head.overseas,
    },
    tradeTerms: head.tradeTerms,
    transport: { mode: head.transportMode, partnerCountry: head.partnerCountry },
    // Goods in bulk are declared as one package (报关单填制规范).
    packages: { kind: head.packageKind, count: Math.max(1, merged.packages) },
    grossMassKg: toText(merged.grossMassKg),
    netMassKg: toText(merged.netMassKg),
    currency: merged.currency,
    totalValue: toText(merged.totalValue),
    lines: merged.lines.map(({ of, quantity, netMassKg, value }, index) => ({
      lineNo: index + 1,
      hsCode: of.hsCode,
      description: of.description,
      specification: of.specification,
      originCountry: of.originCountry,
      unit: of.unit,
      unitPrice: toText(decimal(of.unitPrice)),
      quantity: toText(quantity),
      netMassKg: toText(netMassKg),
      value: toText(value),
    })),
  };
}

/** As much of a declaration's line as says how much there is of what. */
export interface Counted {
  readonly hsCode?: string | null | undefined;
  readonly unit?: string | null | undefined;
  readonly quantity?: string | number | null | undefined;
}

/** Quantities added up by what `keyOf` says of the goods; what is no number counts for nothing. */
export function quantitiesOf(
  lines: readonly Counted[],
  keyOf: (line: Counted) => string,
): Map<string, Decimal> {
  const totals = new Map<string, Decimal>();
  for (const line of lines) {
    const key = keyOf(line);
    const quantity = parseDecimal(String(line.quantity ?? '')) ?? ZERO;
    totals.set(key, add(totals.get(key) ?? ZERO, quantity));
  }
  return totals;
}

/** The first goods of which two declare different quantities. */
export function firstDifference(
  declared: ReadonlyMap<string, Decimal>,
  moved: ReadonlyMap<string, Decimal>,
): { goods: string; declared: string; moved: string } | null {
  for (const goods of new Set([...declared.keys(), ...moved.keys()])) {
    const says = declared.get(goods) ?? ZERO;
    const is = moved.get(goods) ?? ZERO;
    if (compare(says, is) !== 0) return { goods, declared: toText(says), moved: toText(is) };
  }
  return null;
}
