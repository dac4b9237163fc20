// What a name says a molecule is made of, told from the name alone, is the formula of the textbooks.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atomsOf } from './atoms.ts';
import { canonical } from './canonical.ts';
import { compositionOfName } from './composition.ts';

const madeOf = (name: string) => compositionOfName(canonical(name));

describe('systematic names, in each kind of nomenclature', () => {
  test.each([
    ['4-methylbenzenesulfonic acid', 'C7H8O3S'],
    ['1-phenylethanone', 'C8H8O'],
    ['4,4′-methylenedianiline', 'C13H14N2'],
    ['hexane-1,6-diamine', 'C6H16N2'],
    ['prop-2-en-1-ol', 'C3H6O'],
    ['buta-1,3-diene', 'C4H6'],
    ['3,4-dihydro-2H-pyran', 'C5H8O'],
    ['2-(dimethylamino)ethanol', 'C4H11NO'],
    ['N,N-dimethylformamide', 'C3H7NO'],
    ['2,4-dichlorophenoxyacetic acid', 'C8H6Cl2O3'],
    ['trichloro(ethyl)silane', 'C2H5Cl3Si'],
    ['cyclohexanecarboxylic acid', 'C7H12O2'],
    ['tricyclohexylphosphine', 'C18H33P'],
    ['benzene, 1-chloro-2,4-dinitro-', 'C6H3ClN2O4'],
    ['diethyl phthalate', 'C12H14O4'],
    ['acetic acid, 2-ethylhexyl ester', 'C10H20O2'],
    ['glycerol tripalmitate', 'C51H98O6'],
    ['O,O-diethyl O-(4-nitrophenyl) phosphorothioate', 'C10H14NO5PS'],
    ['dimethyl methylphosphonate', 'C3H9O3P'],
    ['acetic anhydride', 'C4H6O3'],
    ['phthalic anhydride', 'C8H4O3'],
    ['methyl ethyl ketone', 'C4H8O'],
    ['bis(2-chloroethyl) ether', 'C4H8Cl2O'],
    ['diethylene glycol monobutyl ether', 'C8H18O3'],
    ['ethylene oxide', 'C2H4O'],
    ['tert-butyl hydroperoxide', 'C4H10O2'],
    ['toluene diisocyanate', 'C9H6N2O2'],
    ['calcium chloride', 'CaCl2'],
    ['ferric chloride', 'FeCl3'],
    ['diphosphorus pentaoxide', 'P2O5'],
    ['sulfuric acid, disodium salt', 'Na2SO4'],
    ['potassium permanganate', 'KMnO4'],
    ['titanium fluoride (TiF4), (T-4)-', 'TiF4'],
    ['perfluorooctanoic acid', 'C8HF15O2'],
  ])('%s is %s', (name, formula) => expect(madeOf(name)).toEqual(atomsOf(formula)));
});

test.each([
  'vestrol',
  'naphtha',
  'copper oxide',
  'gases (petroleum), light',
  '甲苯',
  'plastic chairs',
])('of %s nothing is said', (name) => expect(madeOf(name)).toBe(null));

/** Chains by carbon atoms, written apart from the product's own table. */
const CHAINS: readonly (readonly [number, string])[] = [
  ...([
    [3, 'prop'],
    [5, 'pent'],
    [6, 'hex'],
    [7, 'hept'],
    [8, 'oct'],
    [9, 'non'],
    [10, 'dec'],
  ] as const),
  ...([
    [11, 'undec'],
    [13, 'tridec'],
    [14, 'tetradec'],
    [16, 'hexadec'],
    [18, 'octadec'],
  ] as const),
];
const MANY = ['', '', 'di', 'tri', 'tetra'];

test('esters and halides of any chain come out as counted by hand', () => {
  const chain = fc.constantFrom(...CHAINS);
  fc.assert(
    fc.property(chain, chain, fc.integer({ min: 1, max: 4 }), ([a, acid], [b, alcohol], n) => {
      const ester = madeOf(`${alcohol}yl ${acid}anoate`);
      expect(ester).toEqual(atomsOf(`C${a + b}H${2 * (a + b)}O2`));
      const halide = madeOf(`${'1,'.repeat(n - 1)}1-${MANY[n]}chloro${acid}ane`);
      expect(halide).toEqual(atomsOf(`C${a}H${2 * a + 2 - n}Cl${n}`));
    }),
    { numRuns: 60 },
  );
});
