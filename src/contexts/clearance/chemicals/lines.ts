import type { LocalDate } from '../../../kernel/dates.ts';
import type { DeclaredLine } from '../../chemicals/index.ts';
import type { DeclarationContent } from '../contract.ts';

/** A declaration's lines, each with as much of the whole as the law of chemicals asks about. */
export function declaredLines(content: DeclarationContent, on: LocalDate): DeclaredLine[] {
  const { ieFlag, licences, packages, transport } = content;
  return content.lines.map(({ lineNo, hsCode, description, specification }) => ({
    ...{ lineNo, hsCode, description, specification, ieFlag, on },
    packageKind: packages.kind,
    partnerCountry: transport.partnerCountry,
    licenceKinds: licences.flatMap(({ kind }) => kind ?? []),
    hazard: { un: null, class: null, packingGroup: null, isDangerous: null },
  }));
}
