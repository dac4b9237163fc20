import type { z } from 'zod';
import type {
  Axis,
  ModeCatalogue,
  ModeChoice,
  ModeValue,
} from '../../../../../../src/contexts/clearance/modes/contract.ts';
import { useAsk } from '../../../../parts/queries.ts';
import { useFromFiling, useValue } from '../filing-store.tsx';

export type Catalogue = z.infer<typeof ModeCatalogue>;
export type Value = Catalogue['values'][number];
export type Choice = Partial<Record<Axis, string>>;

/** Axes a person chooses here; what carries the goods is a field of its own. */
export const CHOSEN_AXES = [
  'filing',
  'admission',
  'line',
  'entry',
  'batch',
  'place',
  'transit',
] as const satisfies readonly Axis[];
export type ChosenAxis = (typeof CHOSEN_AXES)[number];

export const useCatalogue = (): Catalogue | undefined => useAsk<Catalogue>('/api/modes').data;

const TRANSPORTS: Readonly<Record<string, ModeChoice['transport']>> = {
  '2': 'sea',
  '3': 'rail',
  '4': 'road',
  '5': 'air',
};
const transportOf = (mode: string): string => TRANSPORTS[mode] ?? 'other';

/** What is meant where nothing was chosen: the first value of the axis that is in force. */
export function ordinaryOf(catalogue: Catalogue, axis: Axis): string {
  const values = catalogue.values.filter((value) => value.axis === axis);
  return (values.find(({ inForce }) => inForce) ?? values[0])?.id ?? '';
}

/** Why a value cannot be chosen beside what stands on the other axes; empty when it can. */
export function reasonsAgainst(
  catalogue: Catalogue,
  value: ModeValue & { readonly inForce: boolean },
  choice: Choice,
  ieFlag: string,
): readonly { readonly code: string; readonly params: Readonly<Record<string, string>> }[] {
  const { label, only, axis, id } = value;
  if (only && only !== ieFlag) {
    return [{ code: 'clearance.mode_for_imports_only', params: { zh: label.zh, en: label.en } }];
  }
  const wanted: Choice = { ...choice, [axis]: id };
  return catalogue.conflicts
    .filter(
      ({ when }) =>
        when[axis] !== undefined &&
        Object.entries(when).every(([other, values]) =>
          values.includes(wanted[other as Axis] ?? ''),
        ),
    )
    .map(({ code }) => ({ code, params: {} }));
}

/** Where the filing stands on every axis, chosen or meant. */
export function useChoice(catalogue: Catalogue): Choice {
  const transport = useValue('transport.mode');
  const said = useFromFiling((content) =>
    CHOSEN_AXES.map((axis) =>
      axis === 'filing' ? content.filing : (content.modes?.[axis] ?? ''),
    ).join('|'),
  ).split('|');
  const chosen = CHOSEN_AXES.map((axis, at) => [axis, said[at] || ordinaryOf(catalogue, axis)]);
  return { ...Object.fromEntries(chosen), transport: transportOf(transport) };
}

/** Whether a field may wait for the second step: only a summary leaves anything open. */
export function useMayWait(path: string): boolean {
  const filing = useValue('filing');
  const isSummary = filing === 'twoStep';
  const { data } = useAsk<Catalogue>('/api/modes', {}, isSummary);
  if (!isSummary) return false;
  const plain = path.replace(/\[\d+\]/g, '[]');
  return (
    data?.values.some(
      ({ axis, id, mayWait }) => axis === 'filing' && id === filing && mayWait.includes(plain),
    ) ?? false
  );
}
