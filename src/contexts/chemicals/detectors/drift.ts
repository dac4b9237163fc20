import type { Identification } from '../contract.ts';
import type { Verdict } from './contract.ts';
import { nameOf } from './tariff-code.ts';
import { misfit } from './verdict.ts';

export const STAGES = ['booking', 'declaration', 'manifest'] as const;
export type Stage = (typeof STAGES)[number];

/** What each stage of a consignment calls the goods; a stage that is not there is left out. */
export type Told = Partial<Record<Stage, Identification>>;

/**
 * The same consignment under other names: two stages name different substances, or one names a listed
 * or hazardous one where another names none. Stages that both name nothing known are not compared.
 */
export function drift(told: Told): Verdict[] {
  const found: Verdict[] = [];
  const stages = STAGES.filter((stage) => told[stage] !== undefined);
  stages.forEach((from, index) => {
    for (const to of stages.slice(index + 1)) {
      const verdict = between(from, told[from], to, told[to]);
      if (verdict) found.push(verdict);
    }
  });
  return found;
}

function between(
  from: Stage,
  a: Identification | undefined,
  to: Stage,
  b: Identification | undefined,
): Verdict | null {
  if (!a || !b || (a.unknown && b.unknown)) return null;
  if (!a.unknown && !b.unknown) {
    if (substancesOf(a).some((id) => substancesOf(b).includes(id))) return null;
    const params = { from, to, first: nameOf(a), second: nameOf(b) };
    return misfit('drift', 'chemicals.names_differ', 65, params, '海关法 第二十四条');
  }
  const [named, stage, other, silent] = a.unknown ? [b, to, a, from] : [a, from, b, to];
  const isTelling = named.listed.length > 0 || named.hazards.length > 0;
  if (!isTelling) return null;
  const params = { stage, silent, substance: nameOf(named), text: other.query.slice(0, 80) };
  return misfit('drift', 'chemicals.name_withheld', 55, params, '海关法 第二十四条');
}

const substancesOf = ({ candidates, reading }: Identification): string[] =>
  reading.components.flatMap(
    (_, index) => candidates.find(({ component }) => component === index)?.id ?? [],
  );

/** ISO 6346 type codes of containers that cannot rightly hold goods of a form. */
export function containerType(
  identification: Identification,
  typeCode: string | null,
): Verdict | null {
  if (typeCode === null || identification.unknown) return null;
  const group = typeCode.trim().toUpperCase().slice(2, 3);
  const isGas = identification.hazards.some(({ class: own }) => own?.startsWith('2'));
  const isSolid = ['solid', 'powder'].includes(identification.reading.physicalForm ?? '');
  const params = { substance: nameOf(identification), type: typeCode };
  if (group === 'T' && isSolid) return misfit('container', 'chemicals.container_tank', 30, params);
  if (group === 'U' && isGas)
    return misfit('container', 'chemicals.container_open_top', 30, params);
  return null;
}
