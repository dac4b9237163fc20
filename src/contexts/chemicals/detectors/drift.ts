import type { Identification } from '../contract.ts';
import type { Verdict } from './contract.ts';
import { nameOf } from './tariff-code.ts';
import { misfit } from './verdict.ts';

export const STAGES = ['manifest', 'declaration', 'storage'] as const;
export type Stage = (typeof STAGES)[number];

/** What each stage of a consignment calls its goods, one or several; a stage nobody has told of is left out. */
export type Told = Partial<Record<Stage, readonly Identification[]>>;

/**
 * The same consignment under other names: two stages name different substances, or one names a listed
 * or hazardous one where another names none. Stages that both name nothing known are not compared.
 */
export function drift(told: Told): Verdict[] {
  const stages = STAGES.filter((stage) => (told[stage] ?? []).length > 0);
  return stages.flatMap((from, index) =>
    stages
      .slice(index + 1)
      .flatMap((to) => between(from, told[from] ?? [], to, told[to] ?? []) ?? []),
  );
}

function between(
  from: Stage,
  a: readonly Identification[],
  to: Stage,
  b: readonly Identification[],
): Verdict | null {
  const first = a.filter(({ unknown }) => !unknown);
  const second = b.filter(({ unknown }) => !unknown);
  const [one] = first;
  const [other] = second;
  if (one && other) {
    const known = new Set(second.flatMap(substancesOf));
    if (first.flatMap(substancesOf).some((id) => known.has(id))) return null;
    const params = { from, to, first: nameOf(one), second: nameOf(other) };
    return misfit('drift', 'chemicals.names_differ', 65, params, '海关法 第二十四条');
  }
  const telling = [...first, ...second].find(
    ({ listed, hazards }) => listed.length > 0 || hazards.length > 0,
  );
  if (!telling) return null;
  const params = {
    ...{ stage: one ? from : to, silent: one ? to : from, substance: nameOf(telling) },
    text: ((one ? b : a)[0]?.query ?? '').slice(0, 80),
  };
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
