// Fits what `src/contexts/chemicals/index/` has learned, on withheld names of one half of the substances, and says how it does
// on the other: the network that puts candidates in order (`order.json`) and how sure the first is (`confidence.json`).
// Run: npx tsx bench/identify/fit.ts [--write]
import { writeFileSync } from 'node:fs';
import { randomFor } from '../../demo/generate/random.ts';
import { sigmoid, surenessFeatures } from '../../src/contexts/chemicals/index/confidence.ts';
import { dot } from '../../src/contexts/chemicals/index/net.ts';
import { type Case, gatherCases } from './cases.ts';
import { SETTINGS } from './settings.ts';
import { readSources } from './sources.ts';
import { inOrder, trainOrder, trainRank, trainSureness } from './train.ts';

/** Chosen on the fitting half: from here on nine and a half answers in ten are right. */
const THRESHOLD = 0.9;

const cases = gatherCases(await readSources(), (line) => {
  process.stderr.write(`${line}\n`);
});
const of = (half: Case['half']): Case[] => cases.filter((one) => one.half === half);
const order = trainOrder(of('fit'), randomFor('identify', 'order'));
const rank = trainRank(of('fit'), randomFor('identify', 'rank'));

/** The first answer to a case, what is seen of it, and whether it or one of the next four is right. */
function firstOf(one: Case) {
  const placed = inOrder(one, order);
  const [best, ...others] = placed.map(({ features }) => dot(rank, features));
  const first = placed[0];
  if (!first || best === undefined) return null;
  return {
    isRight: first.isRight,
    isInFive: placed.slice(0, 5).some(({ isRight }) => isRight),
    seen: surenessFeatures(first.features, best, others),
  };
}
type First = NonNullable<ReturnType<typeof firstOf>>;

const firsts = of('fit').flatMap((one) => firstOf(one) ?? []);
const sure = trainSureness(firsts, randomFor('identify', 'sure'));
const isAnswered = ({ seen }: First): boolean => sigmoid(dot(sure, seen)) >= THRESHOLD;

function tell(name: string, own: readonly Case[]): void {
  const found = own.flatMap((one) => firstOf(one) ?? []);
  const answered = found.filter(isAnswered);
  const share = (part: number, whole: number): string => (part / Math.max(1, whole)).toFixed(3);
  process.stdout.write(
    `${name} n=${own.length} hit@1 ${share(found.filter(({ isRight }) => isRight).length, own.length)} hit@5 ${share(found.filter(({ isInFive }) => isInFive).length, own.length)} answered ${share(answered.length, own.length)} precision ${share(answered.filter(({ isRight }) => isRight).length, answered.length)}\n`,
  );
}
tell('all', of('report'));
for (const [setting] of SETTINGS)
  for (const kind of ['lexical', 'between', 'unrelated'] as const)
    tell(
      `${setting} ${kind}`,
      of('report').filter((one) => one.setting === setting && one.kind === kind),
    );

if (process.argv.includes('--write')) {
  const write = (name: string, learned: object): void =>
    writeFileSync(
      new URL(`../../src/contexts/chemicals/index/${name}.json`, import.meta.url),
      `${JSON.stringify(learned)}\n`,
    );
  const fitted = { by: 'bench/identify/fit.ts', half: 'fit', names: of('fit').length };
  write('order', { fitted, order });
  write('confidence', { fitted, rank, sure, threshold: THRESHOLD });
}
