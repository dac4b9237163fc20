import { type Atoms, atomsOf, NO_ATOMS } from './atoms.ts';
import { createCutter, priceOf } from './cutting.ts';
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

/** A word cut into the fewest known fragments; `null` where letters are left that nobody knows. */
export const cutIntoFragments = createCutter(
  Array.from(FRAGMENTS, ([name, fragment]) => [name.replaceAll('-', ''), fragment] as const),
  ({ kind }) => priceOf(kind),
);
