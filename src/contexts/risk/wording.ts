import type { FactSet, Label } from '../facts/index.ts';

/**
 * Numbers as sentences say them, the same in both languages. Written here rather than left to the
 * machine's locale data, because a decision must replay to the byte on another machine.
 */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 0.01) return String(Number(value.toPrecision(2)));
  return grouped(size >= 1000 ? value.toFixed(0) : value.toFixed(size >= 100 ? 1 : 2));
}

export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

const grouped = (digits: string): string =>
  digits.replace(/^(-?)(\d+)/, (_, sign, whole) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ','));

/** “1 earlier import”, “213 earlier imports”: only English minds the difference. */
export const counted = (count: number, one: string): string =>
  `${grouped(String(count))} ${one}${count === 1 ? '' : 's'}`;

export const isImport = (facts: FactSet): boolean => facts['declaration.ieFlag'] !== 'E';

/** The direction of trade in both languages: 进口 / import, 出口 / export. */
export const trade = (facts: FactSet): Label =>
  isImport(facts) ? { zh: '进口', en: 'import' } : { zh: '出口', en: 'export' };

/** A number among facts, for sentences and comparisons of a check that declared it reads it. */
export function numberOf(facts: FactSet, name: string): number {
  const value = facts[name];
  return typeof value === 'number' ? value : Number.NaN;
}

export const textOf = (facts: FactSet, name: string): string => String(facts[name] ?? '');
