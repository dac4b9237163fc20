// Fits the network of `src/contexts/chemicals/index/order.json`, by which candidates are ordered, on withheld names of one
// half of the substances and says how it does on the other. Run: npx tsx bench/identify/fit-order.ts [--write]
import { writeFileSync } from 'node:fs';
import { randomFor } from '../../demo/generate/random.ts';
import { type Case, gatherCases } from './cases.ts';
import { readSources } from './sources.ts';
import { placeOf, trainOrder } from './train.ts';

const cases = gatherCases(await readSources(), ['fit', 'report'], (line) => {
  process.stderr.write(`${line}\n`);
});
const of = (half: Case['half']): Case[] => cases.filter((one) => one.half === half);
const order = trainOrder(of('fit'), randomFor('identify', 'rank'));

const share = (places: readonly number[], below: number): string =>
  (places.filter((place) => place < below).length / Math.max(1, places.length)).toFixed(3);
for (const half of ['fit', 'report'] as const) {
  const places = of(half)
    .filter(({ kind }) => kind === 'lexical')
    .map((one) => placeOf(one, order));
  process.stdout.write(
    `${half}: ${places.length} variants, first ${share(places, 1)}, of five ${share(places, 5)}\n`,
  );
}
if (process.argv.includes('--write'))
  writeFileSync(
    new URL('../../src/contexts/chemicals/index/order.json', import.meta.url),
    `${JSON.stringify({ fitted: { by: 'bench/identify/fit-order.ts', half: 'fit', names: of('fit').length }, order })}\n`,
  );
