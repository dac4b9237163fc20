import type { Correction, Difference } from '../../../../src/contexts/clearance/audits/contract.ts';
import type { DeclarationContent } from '../../../../src/contexts/clearance/contract.ts';

const OF_LINE = [
  'hsCode',
  'originCountry',
  'value',
  'quantity',
  'netMassKg',
  'preference',
] as const;
const OF_WHOLE = ['freight', 'insurance'] as const;

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

/**
 * The declaration as it should have been, with one difference put right; `null` where a difference does not say what
 * stands where: a line that is not there, a royalty, or something else in words.
 */
export function correctionOf(
  content: DeclarationContent,
  { declaration, lineNo, field, found }: Difference,
): Correction | null {
  const right = found.trim() === '' ? null : found.trim();
  if (isOneOf(OF_WHOLE, field)) return { declaration, content: { ...content, [field]: right } };
  if (!isOneOf(OF_LINE, field) || !content.lines.some((line) => line.lineNo === lineNo))
    return null;
  const lines = content.lines.map((line) =>
    line.lineNo === lineNo ? { ...line, [field]: right } : line,
  );
  return { declaration, content: { ...content, lines } };
}
