import { FEATURES } from '../../src/contexts/chemicals/index/among.ts';
import { comparisons } from '../../src/contexts/chemicals/index/lookup.ts';
import { buildNameIndex } from '../../src/contexts/chemicals/index/name-index.ts';
import { joinLists } from '../../src/contexts/chemicals/lists/knowledge.ts';
import { joinHan, unmask } from '../../src/contexts/chemicals/reading/disguise.ts';
import { normalise } from '../../src/contexts/chemicals/reading/normalise.ts';
import { readRemarks, tidied } from '../../src/contexts/chemicals/reading/remarks.ts';
import { SETTINGS } from './settings.ts';
import { toLists } from './sources.ts';
import { type Kind, type SourceName, withhold } from './withheld.ts';

/** A withheld name and the names of the index that were compared with it. */
export interface Case {
  readonly setting: string;
  readonly half: 'fit' | 'report';
  readonly kind: Kind;
  readonly count: number;
  /** The features of one candidate after the other. */
  readonly features: Float32Array;
  readonly substances: Int32Array;
  readonly isRight: Uint8Array;
}

/** Names withheld of each setting and half: of those with many variants more, for there is most to learn. */
const LIMITS: Readonly<Record<string, number>> = { clp: 500, pubchem: 800, mixed: 1_000, ec: 500 };

/** Withholds names of both halves as the bench does, and compares each with what is near. */
export function gatherCases(sources: readonly SourceName[], log: (line: string) => void): Case[] {
  const cases: Case[] = [];
  for (const [setting, isWithheld] of SETTINGS) {
    const { indexed } = withhold(sources, isWithheld, 'fit', 0);
    const { names, substances } = joinLists(toLists(indexed));
    const index = buildNameIndex(names);
    const listsOf = (substance: number): number => substances[substance]?.lists ?? 1;
    for (const half of ['fit', 'report'] as const) {
      const { withheld } = withhold(sources, isWithheld, half, LIMITS[setting] ?? 0);
      for (const { name, kind, named } of withheld) {
        const text = textOf(name);
        const found = comparisons(index, listsOf, text);
        const features = new Float32Array(found.length * FEATURES.length);
        found.forEach((one, i) => {
          features.set(one.features, i * FEATURES.length);
        });
        cases.push({
          ...{ setting, half, kind, features, count: found.length },
          substances: Int32Array.from(found, ({ substance }) => substance),
          isRight: Uint8Array.from(found, ({ substance }) =>
            named.includes(substances[substance]?.cas ?? '') ? 1 : 0,
          ),
        });
      }
    }
    log(`${setting}: ${index.size} names, ${cases.length} cases`);
  }
  return cases;
}

/** A name as it is looked up by likeness: without remarks, Han together. */
const textOf = (name: string): string =>
  joinHan(readRemarks(tidied(unmask(normalise(name)).text)).rest);
