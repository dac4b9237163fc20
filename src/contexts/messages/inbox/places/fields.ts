import type { Understood } from '../../reading/standard.ts';
import type { FieldPlace } from '../contract.ts';

export type Documents = readonly Pick<Understood, 'document'>[];

/** Most differing fields that are told of one part of a message. */
const DIFFERENCES_MAX = 20;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const stepsOf = (path: string): string[] =>
  path === '' ? [] : path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');

const within = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** The value at `lines[2].hsCode`; `undefined` where there is none. */
export function fieldAt(document: unknown, path: string): unknown {
  let value = document;
  for (const step of stepsOf(path)) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** What a field stands in: `lines[2]` of `lines[2].hsCode`, `''` for the document; `null` of that. */
export function parentOf(path: string): string | null {
  if (path === '') return null;
  return path.endsWith(']')
    ? path.slice(0, path.lastIndexOf('['))
    : path.slice(0, Math.max(path.lastIndexOf('.'), 0));
}

/** The values that stand at a place itself, and then those of what stands in it; lists apart. */
export function leavesUnder(document: unknown, path: string): string[] {
  const value = fieldAt(document, path);
  if (Array.isArray(value)) return value.length > 0 ? leavesUnder(document, `${path}[0]`) : [];
  if (!isRecord(value)) return [];
  const entries = Object.entries(value);
  const own = entries
    .filter(([, each]) => each !== null && typeof each !== 'object')
    .map(([name]) => within(path, name));
  const further = entries
    .filter(([, each]) => isRecord(each))
    .flatMap(([name]) => leavesUnder(document, within(path, name)));
  return [...own, ...further];
}

/** Fields that are otherwise in the second than in the first. An entry gone from a list is one difference. */
export function firstDifferences(before: Documents, after: Documents): FieldPlace[] {
  const found: FieldPlace[] = [];
  for (const [document, { document: one }] of before.entries()) {
    compare(one, after[document]?.document, '', (path) => {
      if (path !== '' && found.length < DIFFERENCES_MAX) found.push({ document, path });
    });
    // Behind one that is gone, each would be told for its neighbour.
    if (before.length !== after.length && found.length > 0) break;
  }
  return found;
}

function compare(one: unknown, other: unknown, path: string, tell: (path: string) => void): void {
  if (one === other) return;
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) {
    const at = one.findIndex((each, n) => JSON.stringify(each) !== JSON.stringify(other[n]));
    tell(at < 0 ? path : `${path}[${at}]`);
  } else if (Array.isArray(one) && Array.isArray(other)) {
    one.forEach((each, n) => {
      compare(each, other[n], `${path}[${n}]`, tell);
    });
  } else if (isRecord(one) && (isRecord(other) || other === undefined)) {
    for (const [name, each] of Object.entries(one)) {
      compare(each, other?.[name], within(path, name), tell);
    }
  } else tell(path);
}
