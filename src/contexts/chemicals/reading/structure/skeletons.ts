import { createCutter, priceOf } from '../cutting.ts';
import { fromSmiles, type Molecule } from './molecule.ts';
import { ACIDS, CONNECTORS, GROUPS, PARENTS } from './parts.ts';

/** A molecule with its places: the atom of each locant, in their order. */
export interface Skeleton {
  readonly molecule: Molecule;
  readonly places: ReadonlyMap<string, number>;
}

/** A part of a word: what it is, and what it brings. */
export interface Part {
  readonly is:
    | ('parent' | 'acid' | 'chain' | 'group' | 'count' | 'bonds' | 'suffix' | 'radical' | 'ring')
    | ('hydro' | 'hetero' | 'empty' | 'per');
  readonly name: string;
  readonly skeleton: Skeleton | null;
  /** The length of a chain, a number said, hydrogens a bond takes, bonds a group or radical has. */
  readonly value: number;
  /** Where in a group the group before it is joined; -1 where it is not. */
  readonly inner: number;
}

const PARTS = new Map<string, Part>();

function put(name: string, is: Part['is'], more: Partial<Part> = {}): void {
  if (!PARTS.has(name)) PARTS.set(name, { is, name, skeleton: null, value: 0, inner: -1, ...more });
}

function skeletonOf(smiles: string, locants: string | undefined): Skeleton {
  const molecule = fromSmiles(smiles);
  const given = locants?.split(' ');
  const places = new Map<string, number>();
  for (let i = 0; i < molecule.size; i += 1) {
    const locant = given ? (given[i] ?? '-') : String(i + 1);
    if (locant !== '-') places.set(locant, i);
  }
  return { molecule, places };
}

const CHAINS =
  'meth eth prop but pent hex hept oct non dec undec dodec tridec tetradec pentadec hexadec heptadec octadec nonadec icos henicos docos tricos tetracos pentacos hexacos heptacos octacos';
const COUNTS =
  'mono 1|di 2|tri 3|tetra 4|penta 5|hexa 6|hepta 7|octa 8|nona 9|deca 10|undeca 11|dodeca 12|trideca 13|tetradeca 14|pentadeca 15|hexadeca 16|heptadeca 17|bis 2|tris 3|tetrakis 4|pentakis 5|hexakis 6|tetr 4|pent 5|hex 6';
const SUFFIX =
  'ol|thiol|amin|on|thion|al|nitril|imin|olat|oic|oat|amid|hydrazid|oyl|carboxylic|carboxylat|carbonitril|carbaldehyd|carboxamid|carbonyl|sulfonic|sulfonat|sulfonamid|sulfonyl|sulfinic|sulfinat|phosphonic|phosphonat|ic|at|acyl|onitril|aldehyd|anilid|carbothioamid|amidin|oxim';

/** The value of `-ylene`: two bonds at two places. */
export const JOINING = 12;

function fill(): void {
  for (const [is, table] of [
    ['parent', PARENTS],
    ['acid', ACIDS],
    ['group', GROUPS],
    ['group', CONNECTORS],
  ] as const)
    for (const entry of table.split(/[;\n]/).filter((one) => one.trim() !== '')) {
      const [head = '', tail] = entry.trim().split('|');
      const [names = '', smiles = '', at] = head.split(' ');
      const bonds = smiles.startsWith('=') ? 2 : 1;
      const skeleton = skeletonOf(smiles.replace(/^=+/, ''), tail);
      for (const name of names.split('/'))
        put(name, is, {
          skeleton,
          value: bonds,
          inner: at === undefined ? -1 : Number(at),
        });
    }
  CHAINS.split(' ').forEach((name, i) => {
    put(name, 'chain', { value: i + 1 });
    // In one piece, or `heptanone` would be seven times nonane.
    put(`${name}an`, 'chain', { value: i + 1 });
  });
  put('eicos', 'chain', { value: 20 });
  for (const entry of COUNTS.split('|')) {
    const [name = '', n = ''] = entry.split(' ');
    if (name.length > 1 && !PARTS.has(name)) put(name, 'count', { value: Number(n) });
  }
  for (const name of SUFFIX.split('|')) put(name, 'suffix');
  for (const [name, value] of [
    ['en', 1],
    ['yn', 2],
  ] as const)
    put(name, 'bonds', { value });
  for (const [name, value] of [
    ['yl', 1],
    ['yliden', 2],
    ['ylen', JOINING],
  ] as const)
    put(name, 'radical', { value });
  for (const name of ['an', 'e', 'a', 'o']) put(name, 'empty');
  put('cyclo', 'ring', { value: 1 });
  put('bicyclo', 'ring', { value: 2 });
  put('hydro', 'hydro', { value: 1 });
  for (const name of ['perfluoro', 'perchloro', 'perbromo']) put(name, 'per');
  for (const name of ['oxa', 'aza', 'thia', 'sila', 'phospha']) put(name, 'hetero');
}
fill();

const RINGS = new Map<string, { name: string; part: Part }[]>();
for (const [name, part] of PARTS) {
  const places = /^[\d,]+-/.exec(name)?.[0];
  if (places) RINGS.set(places, [...(RINGS.get(places) ?? []), { name, part }]);
}
for (const rings of RINGS.values()) rings.sort((a, b) => b.name.length - a.name.length);

/** Rings that are written with these locants: `1,3,5-triazin`. */
export const ringsAt = (places: string): readonly { name: string; part: Part }[] | undefined =>
  RINGS.get(places);

/** A run of letters cut into the fewest known parts; `null` where letters are left that nobody knows. */
export const cut = createCutter(
  [...PARTS].filter(([name]) => /^[a-z]+$/.test(name)),
  ({ is }) => priceOf(is),
);
