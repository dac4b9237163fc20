import { hs6 } from '../../kernel/codes.ts';
import type { LocalDate } from '../../kernel/dates.ts';
import { decimal, parseDecimal, toFloat } from '../../kernel/decimal.ts';
import type { FactSet, FactValue } from '../facts/index.ts';
import type { DeclarationContent, Line } from './contract.ts';

/** What the certification of an enterprise is on a day; parties knows. */
export type GradeOn = (uscc: string, on: LocalDate) => string | null;

/**
 * What a declaration states, as facts. The goods facts are those of the main line (the greatest
 * value, the first among equals), because a decision is made for the consignment as a whole. Facts
 * are for statistics and rules, so exact amounts become numbers here and only here.
 */
export function factsOf(
  id: string,
  content: DeclarationContent,
  on: LocalDate,
  gradeOn: GradeOn,
): FactSet {
  const main = mainLine(content.lines);
  const importer = content.parties.domestic?.uscc ?? null;
  return {
    'declaration.id': id,
    'declaration.ieFlag': content.ieFlag,
    'declaration.office': content.declarationOffice,
    'declaration.borderOffice': content.borderOffice,
    'declaration.mode': content.supervisionMode,
    'declaration.filing': content.filing,
    'declaration.value': number(content.totalValue),
    'declaration.currency': content.currency,
    'declaration.netMass': number(content.netMassKg),
    'declaration.grossMass': number(content.grossMassKg),
    'declaration.packages': content.packages.count,
    'declaration.lines': content.lines.length,
    'goods.hs': main?.hsCode ?? null,
    'goods.hs6': main?.hsCode ? hs6(main.hsCode) : null,
    'goods.origin': main?.originCountry ?? null,
    'goods.description': main?.description ?? null,
    'goods.quantity': number(main?.quantity),
    'goods.unit': main?.unit ?? null,
    'goods.netMass': number(main?.netMassKg),
    'goods.value': number(main?.value),
    'goods.preference': main?.preference ?? null,
    'goods.taxRate': null,
    'goods.taxType': null,
    'route.departure': content.transport.partnerCountry,
    'route.mode': content.transport.mode,
    'party.declarant': content.parties.declarant?.uscc ?? null,
    'party.importer': importer,
    'party.importerGrade': importer ? gradeOn(importer, on) : null,
    'party.seller': content.parties.overseas?.name ?? null,
    'party.carrier': content.parties.carrier?.name ?? null,
  };
}

export function mainLine(lines: readonly Line[]): Line | null {
  let main: Line | null = null;
  let most = -1;
  for (const line of lines) {
    const value = number(line.value) ?? 0;
    if (value > most) {
      main = line;
      most = value;
    }
  }
  return main;
}

function number(text: string | null | undefined): FactValue & (number | null) {
  if (!text || !parseDecimal(text)) return null;
  return toFloat(decimal(text));
}
