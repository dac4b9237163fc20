import type { Identification } from '../contract.ts';
import type { Verdict } from './contract.ts';
import { misfit, notEvaluated } from './verdict.ts';

/** Perfumes, soaps, preparations, plastics articles, made-up textiles, toys: what chemicals are hidden as. */
const COVER = new Set(['33', '34', '38', '39', '63', '95']);
/** Headings in which goods made of a substance are rightly declared: medicines, paints, preparations. */
const MADE_OF =
  /^(3003|3004|3006|3208|3209|3210|3212|3214|3402|3403|3506|3707|3808|3809|3811|3812|3814|3815|3822|3824|3827)/;
/** Below so many per cent the goods are a preparation of the substance, whatever it is diluted in. */
const PURE = 90;
const BASIS = '海关法 第二十四条、第四十二条';

/**
 * The code declared against those of the substance. One of them fits; a residual subheading of the
 * right heading (…90, …99) fits less the surer the specific one is; another heading, chapter or a
 * cover chapter fits least. A mixture belongs in its preparation's heading and is not judged there.
 */
export function tariffCode(identification: Identification, hsCode: string | null): Verdict | null {
  const { unknown, hs6: expected, reading, candidates } = identification;
  if (unknown || expected.length === 0 || hsCode === null || hsCode.length < 6) {
    return notEvaluated('tariffCode', 'chemicals.hs_not_evaluated');
  }
  const declared = hsCode.slice(0, 6);
  if (expected.includes(declared)) return null;
  const isMixture =
    reading.isMixture ||
    reading.components.length > 1 ||
    reading.components.some(({ concentration }) => (concentration?.high ?? 100) < PURE);
  if (isMixture && MADE_OF.test(declared)) return null;
  const likelihood = candidates[0]?.score ?? 0;
  const params = { declared, expected: expected.join(', '), substance: nameOf(identification) };
  const [code, points] = distance(declared, expected);
  return misfit('tariffCode', code, Math.round(points * likelihood), params, BASIS);
}

function distance(declared: string, expected: readonly string[]): [string, number] {
  const shares = (digits: number): boolean =>
    expected.some((own) => own.slice(0, digits) === declared.slice(0, digits));
  if (COVER.has(declared.slice(0, 2)) && !shares(2)) return ['chemicals.hs_cover_chapter', 90];
  if (shares(4)) {
    const isResidual = /9[09]?$/.test(declared.slice(4));
    return isResidual ? ['chemicals.hs_residual', 60] : ['chemicals.hs_other_subheading', 50];
  }
  return shares(2) ? ['chemicals.hs_other_heading', 70] : ['chemicals.hs_other_chapter', 80];
}

export function nameOf({ candidates }: Identification): string {
  const first = candidates[0];
  if (!first) return '';
  return first.zh && first.zh !== first.name ? `${first.zh} ${first.name}` : first.name;
}
