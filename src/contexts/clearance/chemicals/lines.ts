import type { LocalDate } from '../../../kernel/dates.ts';
import type { DeclaredLine, StatedHazard } from '../../chemicals/index.ts';
import type { DeclarationContent } from '../contract.ts';

const UNSTATED: StatedHazard = { un: null, class: null, packingGroup: null, isDangerous: null };

/**
 * A declaration's lines, each with as much of the whole as the law of chemicals asks about.
 *
 * @param stated the hazard other papers state of every line; none where nobody has said.
 */
export function declaredLines(
  content: DeclarationContent,
  on: LocalDate,
  stated: StatedHazard | null = null,
): DeclaredLine[] {
  const { ieFlag, licences, packages, transport } = content;
  return content.lines.map(({ lineNo, hsCode, description, specification }) => ({
    ...{ lineNo, hsCode, description, specification, ieFlag, on },
    packageKind: packages.kind,
    partnerCountry: transport.partnerCountry,
    licenceKinds: licences.flatMap(({ kind }) => kind ?? []),
    hazard: stated ?? UNSTATED,
  }));
}
