import { type Atoms, atomsOf, NO_ATOMS } from './atoms.ts';
import {
  ACID_SUFFIXES,
  ACIDS,
  CHAINS,
  CONNECTORS,
  IONS,
  MULTIPLES,
  PARENTS,
  PREFIXES,
  RINGS,
  SUFFIXES,
  VARIABLE,
} from './fragments.ts';

/** A part of a name and what it does to the sum of atoms. */
export interface Fragment {
  readonly kind:
    | ('parent' | 'prefix' | 'connector' | 'suffix' | 'acid' | 'ion' | 'element' | 'onium' | 'ring')
    | ('radical' | 'acyl' | 'bonds' | 'count' | 'empty');
  readonly atoms: Atoms;
  /** The charge of an ion, the free bonds of a radical, the hydrogens a bond takes, the number said. */
  readonly value: number;
}

const FRAGMENTS = new Map<string, Fragment>();

const put = (name: string, kind: Fragment['kind'], formula: string, value = 0): void => {
  if (!FRAGMENTS.has(name))
    FRAGMENTS.set(name, { kind, atoms: formula ? atomsOf(formula) : NO_ATOMS, value });
};

const entriesOf = (table: string): string[][] =>
  table
    .split(/[|\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => entry.split(' '));

/** A carboxylic acid by name gives its salts, its acyl, amide, nitrile and aldehyde. */
function putAcid(stem: string, formula: string, protons: number): void {
  put(`${stem}ic`, 'ion', `${formula} H-${protons}`, -protons);
  put(`${stem}at`, 'ion', `${formula} H-${protons}`, -protons);
  const acyl = `${formula} O-${protons} H-${3 * protons - protons}`;
  for (const ending of ['yl', 'oyl']) put(`${stem}${ending}`, 'prefix', acyl, protons);
  if (protons === 1) {
    put(`${stem}amido`, 'prefix', `${formula} O-1 N H-1`, 1);
    put(`${stem}oxy`, 'prefix', `${formula} H-2`, 1);
    put(`${stem}anilid`, 'parent', `${formula} O-1 N C6 H5`);
    put(`${stem}in`, 'ion', `${formula} H-1`, -1);
  } else put(`${stem}imid`, 'parent', `${formula} O-2 N H-1`);
  put(`${stem}amid`, 'parent', `${formula} O-${protons} N${protons} H${protons}`);
  for (const ending of ['onitril', 'nitril'])
    put(`${stem}${ending}`, 'parent', `${formula} O-${2 * protons} N${protons} H-${protons}`);
  put(`${stem}ohydrazid`, 'parent', `${formula} O-${protons} N${2 * protons} H${2 * protons}`);
  put(`${stem}aldehyd`, 'parent', `${formula} O-${protons}`);
}

/** A chain, and the same with double and triple bonds. */
function putChain(stem: string, carbons: number): void {
  const hydrogens = 2 * carbons + 2;
  const bonds = [
    ['', 0],
    ['an', 0],
    ['en', 2],
    ['yn', 4],
    ['adien', 4],
    ['atrien', 6],
    ['atetraen', 8],
    ['adiyn', 8],
    ['enyn', 6],
  ] as const;
  for (const [ending, less] of bonds)
    if (hydrogens >= less) put(`${stem}${ending}`, 'parent', `C${carbons}H${hydrogens - less}`);
}

function fill(): void {
  for (const [name = '', hydrogens = ''] of entriesOf(RINGS))
    put(name, 'ring', '', Number(hydrogens));
  for (const [name = '', n = ''] of entriesOf(MULTIPLES)) put(name, 'count', '', Number(n));
  for (const [name = '', ...of] of entriesOf(IONS))
    put(name, 'ion', of[0] ?? '', Number(of.at(-1)));
  for (const [name = '', symbol = ''] of entriesOf(VARIABLE)) put(name, 'element', symbol);
  for (const [name = '', ...of] of entriesOf(PARENTS)) put(name, 'parent', of.at(-1) ?? '');
  for (const [name = '', ...of] of entriesOf(PREFIXES))
    put(
      name,
      'prefix',
      of.join(' '),
      /(?:yl|oxy|o)$/.test(name) ? 1 : /(?:ylen|yliden|diyl)$/.test(name) ? 2 : 0,
    );
  for (const [name = '', formula = '', protons = ''] of entriesOf(ACIDS))
    putAcid(name, formula, Number(protons));
  for (const [name = '', ...of] of entriesOf(CONNECTORS)) put(name, 'connector', of.join(' '));
  for (const [name = '', ...of] of entriesOf(SUFFIXES)) put(name, 'suffix', of.join(' '));
  for (const [name = '', ...of] of entriesOf(ACID_SUFFIXES)) put(name, 'acid', of.join(' '));
  for (const [name = '', n = ''] of entriesOf(CHAINS)) putChain(name, Number(n));
  for (const [name, value] of [
    ['yl', 1],
    ['yliden', 2],
    ['ylen', 2],
    ['ylidyn', 3],
    ['diyl', 2],
    ['triyl', 3],
  ] as const)
    put(name, 'radical', '', value);
  for (const [name, value] of [
    ['en', 2],
    ['dien', 4],
    ['trien', 6],
    ['tetraen', 8],
    ['yn', 4],
    ['diyn', 8],
  ] as const)
    put(name, 'bonds', '', value);
  put('oyl', 'acyl', 'O H-2');
  put('amido', 'acyl', 'O N H-1');
  put('ium', 'onium', '');
  for (const name of ['an', 'e', 'a']) put(name, 'empty', '');
}
fill();

/** Children of a node by letter; 0 is none. */
const TRIE = {
  next: new Int32Array(26 * 40_000),
  ends: new Array<Fragment | null>(40_000).fill(null),
};
{
  let used = 1;
  for (const [name, fragment] of FRAGMENTS) {
    let node = 0;
    for (const sign of name.replaceAll('-', '')) {
      const slot = node * 26 + sign.charCodeAt(0) - 97;
      if (TRIE.next[slot] === 0) {
        TRIE.next[slot] = used;
        used += 1;
      }
      node = TRIE.next[slot] as number;
    }
    TRIE.ends[node] ??= fragment;
  }
}

const COST: Partial<Record<Fragment['kind'], number>> = { empty: 0.5, count: 1.2 };

const LONGEST = 160;
/** Of the word at hand: what each beginning costs, where its last fragment begins, and which it is. */
const cost = new Float64Array(LONGEST + 1);
const from = new Int16Array(LONGEST + 1);
const last: (Fragment | null)[] = new Array(LONGEST + 1).fill(null);

/** A word cut into the fewest known fragments; `null` where letters are left that nobody knows. */
export function cutIntoFragments(word: string): Fragment[] | null {
  const length = word.length;
  if (length > LONGEST) return null;
  cost.fill(Number.POSITIVE_INFINITY, 0, length + 1);
  cost[0] = 0;
  for (let start = 0; start < length; start += 1) {
    const so = cost[start] as number;
    if (so === Number.POSITIVE_INFINITY) continue;
    let node = 0;
    for (let end = start; end < length; end += 1) {
      const letter = word.charCodeAt(end) - 97;
      if (letter < 0 || letter > 25) return null;
      node = TRIE.next[node * 26 + letter] as number;
      if (node === 0) break;
      const fragment = TRIE.ends[node];
      if (!fragment) continue;
      const price = so + (COST[fragment.kind] ?? 1);
      if (price <= (cost[end + 1] as number)) {
        cost[end + 1] = price;
        from[end + 1] = start;
        last[end + 1] = fragment;
      }
    }
  }
  if (cost[length] === Number.POSITIVE_INFINITY) return null;
  const fragments: Fragment[] = [];
  for (let end = length; end > 0; end = from[end] as number) fragments.push(last[end] as Fragment);
  return fragments.reverse();
}
