import { conflictsOnShip } from '../src/contexts/chemicals/segregation/stowage.ts';
import type { Bench } from './bench.ts';
import { slowlyConflicting } from './segregation/slow-checker.ts';
import { randomFrom, randomStowage } from './segregation/stowages.ts';

const STOWAGES = 10_000;

/** Random stowages against a checker written apart, and what each takes. */
export const segregation: Bench = {
  name: 'segregation',
  about: 'Shipboard segregation of random stowages, beside a slow checker that compares all pairs.',
  async run({ quick }) {
    const random = randomFrom(7);
    const stowages = Array.from({ length: quick ? 150 : STOWAGES }, () => randomStowage(random));
    const started = performance.now();
    const ours = stowages.map(conflictsOnShip);
    const oursMs = performance.now() - started;
    const theirs = stowages.map(slowlyConflicting);
    const slowMs = performance.now() - started - oursMs;
    const keys = ours.map((conflicts) =>
      conflicts.map(({ containers, level }) => `${containers.join(' ')} ${level}`),
    );
    const disagreements = keys.filter(
      (found, index) => found.toSorted().join() !== theirs[index]?.toSorted().join(),
    ).length;
    return {
      figures: {
        disagreements,
        stowages: stowages.length,
        conflicts: keys.flat().length,
        check_ms: oursMs / stowages.length,
      },
      peers: { slow: { check_ms: slowMs / stowages.length } },
      ratios: { check: oursMs / slowMs },
    };
  },
};
