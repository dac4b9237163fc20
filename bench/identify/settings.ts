import type { SourceName } from './withheld.ts';

/** What is withheld, setting by setting: whole sources as a national list would come, and some of all. */
export const SETTINGS: readonly (readonly [string, (name: SourceName) => boolean])[] = [
  ['clp', ({ source }) => source === 'clp'],
  ['pubchem', ({ source }) => source === 'pubchem-small'],
  ['mixed', ({ source, name }) => source !== 'ec_inventory' && hashOf(name) % 4 === 0],
  ['ec', ({ source, cas }) => source === 'ec_inventory' && hashOf(cas) % 2 === 0],
];

const hashOf = (text: string): number =>
  [...text].reduce((hash, sign) => (hash * 33 + (sign.codePointAt(0) ?? 0)) % 1_000_003, 7);
