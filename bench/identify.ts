import assert from 'node:assert/strict';
import {
  createIdentifier,
  type Identifier,
} from '../src/contexts/chemicals/identify/identifier.ts';
import { buildNameIndex } from '../src/contexts/chemicals/index/name-index.ts';
import { joinLists } from '../src/contexts/chemicals/lists/knowledge.ts';
import { shippedLists } from '../src/contexts/chemicals/lists/shipped.ts';
import { hasHan } from '../src/contexts/chemicals/reading/normalise.ts';
import { type Bench, type BenchOptions, quantile } from './bench.ts';
import { noisyChinese } from './identify/noisy-zh.ts';
import { type Peer, peersOf } from './identify/peers.ts';
import { SETTINGS } from './identify/settings.ts';
import { DATA, readSources, toLists } from './identify/sources.ts';
import { type SourceName, type Withheld, withhold } from './identify/withheld.ts';

const EXTENT = { long: { withheld: 500, peers: 300 }, quick: { withheld: 40, peers: 20 } };
const NAMES_TO_BUILD = 120_000;

/** An answer to a withheld name, told apart by what the name has in common with the known ones. */
interface Answer {
  readonly kind: Withheld['kind'];
  readonly isFirst: boolean;
  readonly isInFive: boolean;
  /** The same where only the list the name was taken from counts, though others give the name to another substance. */
  readonly isFirstStrictly: boolean;
  readonly isNamedTwice: boolean;
  readonly isUnknown: boolean;
  readonly ms: number;
}

/**
 * Names are withheld, the index is built of the rest, and each withheld name is asked end to end. Thresholds
 * were fitted on the other half of the substances. Lexical, from trigram likeness 0.5 to some known name of its
 * substance; unrelated, below 0.15; those between count for precision and coverage only. A name that the lists themselves
 * give to two substances is right for either; the figures that end in `strict` take the list it was withheld from alone.
 */
export const identify: Bench = {
  name: 'identify',
  about: `Withheld chemical names against MiniSearch, FlexSearch and uFuzzy over the same names (lists from ${DATA}, else ours alone).`,
  async run(options) {
    const sources = await readSources();
    const hasData = sources.some(({ source }) => source === 'ec_inventory');
    if (!hasData)
      options.log(`Without ${DATA} only the shipped lists are measured: too few to quote.`);
    const settings = hasData ? SETTINGS : ([['shipped', isEveryThird]] as const);
    const extent = options.quick ? EXTENT.quick : EXTENT.long;
    const answers: Answer[] = [];
    const peers: Record<string, Record<string, number>> = {};
    for (const [setting, isWithheld] of settings) {
      const { indexed, withheld } = withhold(sources, isWithheld, 'report', extent.withheld);
      const identifier = createIdentifier(toLists(indexed));
      const own = withheld.map((one) => ask(identifier, one));
      answers.push(...own);
      tell(options, setting, own);
      if (setting !== settings[0]?.[0]) continue;
      const lexical = withheld.filter(({ kind }) => kind === 'lexical').slice(0, extent.peers);
      for (const peer of peersOf(indexed)) peers[peer.name] = measure(peer, lexical);
    }
    const built = measureBuild(sources, options.quick ? 5_000 : NAMES_TO_BUILD);
    const figures = { ...figuresOf(answers), ...built, ...chinese(), ...unlistedChinese(sources) };
    return { figures, peers, ratios: {} };
  },
};

const isEveryThird = ({ name }: SourceName): boolean => name.length % 3 === 0;

function ask(identifier: Identifier, { name, cas, kind, named }: Withheld): Answer {
  const started = performance.now();
  const { candidates, unknown } = identifier.identify(name);
  return {
    ...{ kind, isUnknown: unknown, ms: performance.now() - started },
    isFirst: named.includes(candidates[0]?.cas ?? ''),
    isInFive: candidates.slice(0, 5).some((candidate) => named.includes(candidate.cas ?? '')),
    isFirstStrictly: candidates[0]?.cas === cas,
    isNamedTwice: named.length > 1,
  };
}

const share = <T>(of: readonly T[], test: (one: T) => boolean): number =>
  of.length === 0 ? Number.NaN : of.filter(test).length / of.length;

function figuresOf(answers: readonly Answer[]): Record<string, number> {
  const of = (kind: Answer['kind']): Answer[] => answers.filter((one) => one.kind === kind);
  const answered = answers.filter(({ isUnknown }) => !isUnknown);
  return {
    withheld: answers.length,
    lexical: of('lexical').length,
    unrelated: of('unrelated').length,
    hit_at_1_lexical: share(of('lexical'), ({ isFirst }) => isFirst),
    hit_at_5_lexical: share(of('lexical'), ({ isInFive }) => isInFive),
    hit_at_1_lexical_strict: share(of('lexical'), ({ isFirstStrictly }) => isFirstStrictly),
    named_twice: answers.filter(({ isNamedTwice }) => isNamedTwice).length,
    abstain_unrelated: share(of('unrelated'), ({ isUnknown }) => isUnknown),
    precision_not_abstained: share(answered, ({ isFirst }) => isFirst),
    precision_strict: share(answered, ({ isFirstStrictly }) => isFirstStrictly),
    coverage: answered.length / answers.length,
    coverage_lexical: share(of('lexical'), ({ isUnknown }) => !isUnknown),
    p95_ms: quantile(
      answers.map(({ ms }) => ms),
      0.95,
    ),
  };
}

function tell({ log }: BenchOptions, setting: string, answers: readonly Answer[]): void {
  const told = Object.entries(figuresOf(answers)).map(
    ([name, value]) => `${name} ${value.toFixed(3)}`,
  );
  log(`${setting}: ${told.join(', ')}`);
}

function measure(peer: Peer, lexical: readonly Withheld[]): Record<string, number> {
  const times: number[] = [];
  const hits = lexical.map(({ name, cas }) => {
    const started = performance.now();
    const found = peer.search(name);
    times.push(performance.now() - started);
    return found.indexOf(cas);
  });
  return {
    hit_at_1_lexical: share(hits, (place) => place === 0),
    hit_at_5_lexical: share(hits, (place) => place >= 0 && place < 5),
    p95_ms: quantile(times, 0.95),
  };
}

function measureBuild(sources: readonly SourceName[], count: number): Record<string, number> {
  const { names } = joinLists(toLists(sources.slice(-count)));
  const started = performance.now();
  const index = buildNameIndex(names);
  const seconds = (performance.now() - started) / 1000;
  const text = names.reduce((sum, { text }) => sum + 2 * (text.length + 24), 0);
  return { names_built: names.length, build_s: seconds, index_mb: (index.bytes + 2 * text) / 1e6 };
}

/**
 * Chinese names where every list is in English, as when only foreign lists are loaded: what the reading of Chinese alone is
 * worth. The Chinese names are those of the lists that come along.
 */
function unlistedChinese(sources: readonly SourceName[]): Record<string, number> {
  const english = sources.filter(({ name }) => !hasHan(name));
  const known = new Set(english.map(({ cas }) => cas));
  const asked = [
    ...new Map(
      sources
        .filter(({ name, cas }) => hasHan(name) && known.has(cas))
        .map((one) => [`${one.cas} ${one.name}`, one]),
    ).values(),
  ];
  const identifier = createIdentifier(toLists(english));
  const answers = asked.map(({ name, cas }) => {
    const { candidates, unknown } = identifier.identify(name);
    const place = candidates.findIndex((one) => one.cas === cas);
    return { place, unknown };
  });
  const answered = answers.filter(({ unknown }) => !unknown);
  return {
    unlisted_chinese: asked.length,
    unlisted_chinese_hit_at_1: share(answers, ({ place }) => place === 0),
    unlisted_chinese_hit_at_5: share(answers, ({ place }) => place >= 0 && place < 5),
    unlisted_chinese_precision: share(answered, ({ place }) => place === 0),
    unlisted_chinese_coverage: answered.length / answers.length,
  };
}

/** Our noisy Chinese descriptions over the shipped lists: what the reading covers, not what is met in earnest. */
function chinese(): Record<string, number> {
  const identifier = createIdentifier(shippedLists());
  const noisy = noisyChinese();
  assert(noisy.length >= 500, 'The Chinese set has at least five hundred descriptions.');
  const first = (of: typeof noisy): number =>
    share(of, ({ text, cas }) => identifier.identify(text).candidates[0]?.cas === cas);
  return {
    chinese_descriptions: noisy.length,
    chinese_hit_at_1: first(noisy),
    chinese_by_hand_hit_at_1: first(noisy.filter(({ by }) => by === 'hand')),
  };
}
