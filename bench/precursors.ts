import { type Random, randomFor } from '../demo/generate/random.ts';
import {
  createIdentifier,
  type Identifier,
} from '../src/contexts/chemicals/identify/identifier.ts';
import { shippedLists } from '../src/contexts/chemicals/lists/shipped.ts';
import type { Bench } from './bench.ts';
import { amid, disguise, mixScripts, slip, type Way } from './identify/noise.ts';
import { ORDINARY_GOODS } from './identify/ordinary.ts';
import { readSources } from './identify/sources.ts';

/** From this score a listed precursor holds the goods; below it, it is a note to the officer. */
const HOLDS_FROM = 0.9;
const LISTS = new Set(['cn_precursor', 'un_1988', 'eu_precursor', 'dea_list']);

interface Written {
  readonly way: Way;
  readonly text: string;
  readonly cas: string;
}

/** Every listed precursor in each way of writing it, by our generator, and ordinary goods that are none. */
export const precursors: Bench = {
  name: 'precursors',
  about:
    'Listed precursors, clean, mistyped, by trade name, in mixed script and disguised; and ordinary goods beside them.',
  async run({ quick, log }) {
    const identifier = createIdentifier(shippedLists());
    const written = writtenPrecursors(quick ? 1 : 4);
    const found = written.map((one) => ({ ...one, isFound: isFound(identifier, one) }));
    const ways = [...new Set(found.map(({ way }) => way))];
    const recallOf = (of: typeof found): number =>
      of.filter(({ isFound }) => isFound).length / of.length;
    for (const { way, text, cas, isFound } of found)
      if (!isFound) log(`missed (${way}): ${text} ${cas}`);
    const goods = [
      ...ORDINARY_GOODS,
      ...(await ordinaryChemicals(identifier, quick ? 100 : 3_000)),
    ];
    const alarms = goods.map((text) => ({ text, score: alarm(identifier, text) }));
    for (const { text, score } of alarms) if (score > 0) log(`alarm ${score.toFixed(2)}: ${text}`);
    const shareOf = (test: (score: number) => boolean): number =>
      alarms.filter(({ score }) => test(score)).length / goods.length;
    return {
      figures: {
        descriptions: written.length,
        recall: recallOf(found),
        ...Object.fromEntries(
          ways.map((way) => [`recall_${way}`, recallOf(found.filter((one) => one.way === way))]),
        ),
        ordinary_goods: goods.length,
        false_holds: shareOf((score) => score >= HOLDS_FROM),
        false_notes: shareOf((score) => score > 0 && score < HOLDS_FROM),
      },
      peers: {},
      ratios: {},
    };
  },
};

function writtenPrecursors(times: number): Written[] {
  const listed = new Set(
    shippedLists()
      .filter(({ list }) => list === 'memberships')
      .flatMap(({ rows }) => rows)
      .filter(({ attributes }) => LISTS.has(attributes.list ?? ''))
      .flatMap(({ cas }) => cas),
  );
  const random = randomFor('precursors', 'written');
  return shippedLists()
    .filter(({ list }) => list === 'substances')
    .flatMap(({ rows }) => rows)
    .filter(({ cas }) => listed.has(cas[0] ?? ''))
    .flatMap(({ cas, names, zh }) =>
      Array.from({ length: times }, () => ways(names, zh[0] ?? '', random)).flatMap((ways) =>
        ways.map((one) => ({ ...one, cas: cas[0] ?? '' })),
      ),
    );
}

function ways(names: readonly string[], zh: string, random: Random): Omit<Written, 'cas'>[] {
  const [english = '', ...aliases] = names;
  const trade = aliases.length > 0 ? random.pick(aliases) : english;
  const either = random.chance(0.5) ? zh : english;
  return [
    { way: 'clean', text: amid(either, random) },
    { way: 'typo', text: amid(slip(english, random), random) },
    { way: 'tradeName', text: amid(trade, random) },
    { way: 'mixedScript', text: amid(mixScripts(zh, english, random), random) },
    { way: 'disguise', text: disguise(either, random) },
  ];
}

const isFound = (identifier: Identifier, { text, cas }: Written): boolean =>
  identifier.identify(text).listed.some((entry) => LISTS.has(entry.list) && entry.cas === cas);

/** The highest score by which a text that is no precursor is taken for one; 0 when it is not. */
function alarm(identifier: Identifier, text: string): number {
  const { listed, candidates } = identifier.identify(text);
  const taken = new Set(listed.filter(({ list }) => LISTS.has(list)).map(({ cas }) => cas));
  return Math.max(0, ...candidates.filter(({ cas }) => taken.has(cas)).map(({ score }) => score));
}

/** Names of other substances, where a folder of lists is given: nearly all of them are ordinary. */
async function ordinaryChemicals(identifier: Identifier, count: number): Promise<string[]> {
  const random = randomFor('precursors', 'ordinary');
  const names = (await readSources()).filter(
    ({ source, cas }) => source === 'ec_inventory' && identifier.entriesOf(cas).length === 0,
  );
  return names.length === 0 ? [] : Array.from({ length: count }, () => random.pick(names).name);
}
