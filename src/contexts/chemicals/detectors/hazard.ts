import type { Identification } from '../contract.ts';
import type { Verdict } from './contract.ts';
import { nameOf } from './tariff-code.ts';
import { misfit, notEvaluated } from './verdict.ts';

/** What was declared of the hazard, wherever: in the text, the booking, the manifest. */
export interface StatedHazard {
  readonly un: string | null;
  readonly class: string | null;
  readonly packingGroup: string | null;
  /** Declared as dangerous (货物属性); `null` where nothing says so either way. */
  readonly isDangerous: boolean | null;
}

const BASIS = '危险化学品安全管理条例 第六十三条、第六十四条';

/** The hazards of the substance, none of those read off the very number that is being judged. */
const ownHazards = ({ hazards }: Identification) =>
  hazards.filter(({ class: own }) => own !== null);

/** The hazard declared against that of the substance. */
export function hazard(identification: Identification, stated: StatedHazard): Verdict[] {
  const own = ownHazards(identification);
  if (identification.unknown || own.length === 0) return [];
  const classes = [...new Set(own.flatMap((it) => it.class ?? []))];
  const params = { substance: nameOf(identification), expected: classes.join(', ') };
  const found: Verdict[] = [];
  if (stated.isDangerous === false) {
    found.push(misfit('hazard', 'chemicals.hazard_not_declared', 70, params, BASIS));
  }
  if (stated.class !== null && !classes.some((it) => sameClass(it, stated.class as string))) {
    const seen = { ...params, stated: stated.class };
    found.push(misfit('hazard', 'chemicals.hazard_class_other', 60, seen, BASIS));
  }
  const numbers = new Set(own.flatMap(({ un }) => un ?? []));
  if (stated.un !== null && numbers.size > 0 && !numbers.has(stated.un)) {
    const seen = { ...params, stated: stated.un, expected: [...numbers].join(', ') };
    found.push(misfit('hazard', 'chemicals.un_other', 55, seen, BASIS));
  }
  return [...found, ...packingGroup(own, stated, params.substance)];
}

function packingGroup(
  own: Identification['hazards'],
  { packingGroup: stated }: StatedHazard,
  substance: string,
): Verdict[] {
  const groups = [...new Set(own.flatMap(({ packingGroups }) => packingGroups))];
  if (stated === null || groups.length === 0) return [];
  if (groups.includes(stated)) return [];
  const params = { substance, stated, expected: groups.join(', ') };
  return [misfit('packingGroup', 'chemicals.packing_group_other', 40, params, BASIS)];
}

const sameClass = (a: string, b: string): boolean =>
  a === b || (b.length === 1 && a.startsWith(b)) || (a.length === 1 && b.startsWith(a));

/** A gas in sacks, a liquid in sacks: packaging that cannot hold what is declared. */
export function packaging(
  identification: Identification,
  packageKind: string | null,
): Verdict | null {
  const { reading, hazards } = identification;
  const isGas =
    hazards.some(({ class: own }) => own?.startsWith('2')) || reading.physicalForm === 'gas';
  const isLiquid = reading.physicalForm === 'liquid' || reading.physicalForm === 'solution';
  const words = [...reading.packaging, packageKind ?? ''].join(' ');
  if (words.trim() === '') return notEvaluated('packaging', 'chemicals.packaging_not_stated');
  const isSack = /袋|bag|sack|^06$/i.test(words);
  if (!isSack || !(isGas || isLiquid)) return null;
  return misfit('packaging', 'chemicals.packaging_cannot_hold', 45, {
    substance: nameOf(identification),
    packaging: words.trim(),
  });
}
