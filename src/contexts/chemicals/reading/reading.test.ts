// One name is written in many ways; what is another substance must stay another.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, squash } from './canonical.ts';
import { casIn, isCas } from './cas.ts';
import { compositionOf } from './formula.ts';
import { takeApart } from './morphemes.ts';
import { normalise } from './normalise.ts';
import { readRemarks } from './remarks.ts';
import { soundOf } from './sound.ts';

const alike = (a: string, b: string): boolean => {
  const [left, right] = [canonical(a), canonical(b)];
  return (
    squash(left) === squash(right) ||
    JSON.stringify(takeApart(left)) === JSON.stringify(takeApart(right))
  );
};

test.each([
  ['2-propanol', 'propan-2-ol', true],
  ['isopropyl alcohol', '2-propanol', true],
  ['Acetic acid, ethyl ester', 'ethyl acetate', true],
  ['benzene, 1-chloro-2,4-dinitro-', '1-chloro-2,4-dinitrobenzene', true],
  ['1,2-dichlorobenzene', 'o-dichlorobenzene', true],
  ['p-chloroaniline', '4-chloroaniline', true],
  ['sulfuric acid, disodium salt', 'disodium sulphate', true],
  ['ferric chloride', 'iron(III) chloride', true],
  ['1,1-dimethylethyl acetate', 'tert-butyl acetate', true],
  ['冰醋酸', '乙酸', true],
  ['1-chloro-4-nitrobenzene', '4-nitro-1-chlorobenzene', true],
  ['cyclopentane, 1,2-dimethyl-, cis- (8CI)(9CI)', 'cis-1,2-dimethylcyclopentane', true],
  ['toluene,2,4-dichloro-a,a,a-trifluoro-', '2,4-dichloro-α, α,α-trifluorotoluene', true],
  ['diantimony trioxide', 'antimony trioxide', true],
  ['ammonia ....%', 'ammonia', true],
  ['sodium hypochlorite, solution ... % Cl active', 'sodium hypochlorite', true],
  ['1,1-dichloroethene', '1,1-dichloroethylene', true],
  ['2-methylpropanoic acid', 'isobutyric acid', true],
  ['sodium methoxide', 'sodium methanolate', true],
  ['4-methylaniline', 'p-toluidine', true],
  ['2-propenal', 'acrolein', true],
  ['benzene-1,3-diol', 'resorcinol', true],
  ['platinum(IV) oxide', 'platinum dioxide', true],
  ['iron(III) oxide', 'diiron trioxide', true],
  ['copper(I) oxide', 'dicopper oxide', true],
  ['(E)-but-2-ene', 'trans-but-2-ene', true],
  ['2,3-epoxypropyl acrylate', 'glycidyl acrylate', true],
  ['benzyl alcohol (JP16/NF/INN)', 'benzyl alcohol', true],
  ['methyl bromide [BSI:ISO]', 'methyl bromide', true],
  ['hexamethylenetetramine, tech.', 'hexamethylenetetramine', true],
  ['butyric acid, .gamma.-lactone', 'butyric acid, γ-lactone', true],
  ['?-bromotoluene', 'α-bromotoluene', true],
  ['cis-b-methylstyrene', 'cis-β-methylstyrene', true],
  ['ortho anisidine', 'o-anisidine', true],
  ['n-icosanol', 'icosanol', true],
  ['butanediol-1,4', '1,4-butanediol', true],
  ['cobalt, compd. with samarium', 'cobalt, compound with samarium', true],
  ['Schwefelsäure', 'sulfuric acid', true],
  ['chlorure de sodium', 'sodium chloride', true],
  ['acide lactique', 'lactic acid', true],
  ['Isobutylalkohol', 'isobutyl alcohol', true],
  ['n-butyl sulfide', 'dibutyl sulfide', true],
  ['benzoic acid chloride', 'benzoyl chloride', true],
  ['nitrotoluene, m-', '3-nitrotoluene', true],
  ['chlorate of potassium', 'potassium chlorate', true],
  ['ethyl butyl ketone', 'dibutyl ketone', false],
  ['undecanedioic acid', 'sebacic acid', false],
  ['platinum(II) oxide', 'platinum dioxide', false],
  ['chromium(III) oxide', 'chromium trioxide', false],
  ['4-methylaniline', 'N-methylaniline', false],
  ['trichloroethylene', 'vinyl chloride', false],
  ['cyclohexanecarbonyl chloride', 'phosgene', false],
  ['cis-but-2-ene', 'trans-but-2-ene', false],
  ['methylamine', 'ethylamine', false],
  ['1,2-dichlorobenzene', '1,3-dichlorobenzene', false],
  ['sodium nitrite', 'sodium nitrate', false],
  ['1-propanol', '2-propanol', false],
  ['sodium sulfite', 'sodium sulfide', false],
])('%s and %s: %s', (a, b, same) => expect(alike(a, b)).toBe(same));

test.each([
  ['saccharina', 'saccharin', true],
  ['fosforpentachlorid', 'phosphorpentachloride', true],
  ['aethylether', 'ethyl ether', true],
  ['methylamine', 'ethylamine', false],
])('%s and %s sound alike: %s', (a, b, same) => expect(soundOf(a) === soundOf(b)).toBe(same));

test('exactly one check digit is right', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 9_999_999 }),
      fc.integer({ min: 0, max: 99 }),
      (head, middle) => {
        const stem = `${head}-${String(middle).padStart(2, '0')}`;
        const right = Array.from({ length: 10 }, (_, digit) => `${stem}-${digit}`).filter(isCas);
        expect(right).toHaveLength(1);
      },
    ),
  );
  expect(casIn('CAS 108-88-3, 108-88-4; tel 020-88-1234')).toEqual([
    { cas: '108-88-3', isRight: true },
    { cas: '108-88-4', isRight: false },
  ]);
});

test('whatever is written, reading it ends and says the same twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const once = normalise(text);
      expect(normalise(once)).toBe(once);
      takeApart(canonical(text));
    }),
    { numRuns: 40 },
  );
});

describe('remarks', () => {
  test.each([
    ['hydrochloric acid 30-32% solution', 'hydrochloric acid', [30, 32]],
    ['甲苯 ≥99.5% 工业级', '甲苯', [99.5, 100]],
    ['盐酸 10%以下', '盐酸', [0, 10]],
    ['acetone not more than 40%', 'acetone', [0, 40]],
    ['丙酮 160kg/桶', '丙酮', null],
    // What it is kept wet with is neither a component nor its concentration.
    ['Trinitrotoluene, wetted with not less than 30% water, by mass', 'trinitrotoluene', null],
    ['ammonium picrate, dry or wetted with less than 10% water', 'ammonium picrate', null],
    ['苦味酸（含水不低于30%）', '苦味酸', null],
    ['含水硅酸镁', '含水硅酸镁', null],
  ])('%s', (text, rest, range) => {
    const read = readRemarks(normalise(text));
    expect([
      read.rest,
      read.concentration && [read.concentration.low, read.concentration.high],
    ]).toEqual([rest, range]);
  });
});

test('a formula is a composition, whatever the order', () => {
  expect([
    compositionOf('H2SO4'),
    compositionOf('Ca(OH)2'),
    compositionOf('no'),
    compositionOf('CuSO4·5H2O'),
  ]).toEqual(['H2O4S', 'CaH2O2', null, 'CuH10O9S']);
});
