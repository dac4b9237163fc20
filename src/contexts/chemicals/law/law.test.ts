// What the law asks of a listed substance in real goods: a mixture below its share, a compound
// medicine and an inland movement ask for nothing; where nobody has said, nothing is decided and the
// question is told. Every quotation stands in the law word for word.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ListEntry } from '../contract.ts';
import articles from './articles.json' with { type: 'json' };
import { controlsOf, inForceOn, type SubstanceInGoods } from './control.ts';
import { positionOf } from './position.ts';

const entry = (cas: string, cls: string, more: Partial<ListEntry> = {}): ListEntry => ({
  ...{ list: 'cn_precursor', entry: `${cls}-1`, cas, names: { zh: cas, en: cas }, class: cls },
  ...{ salts: cls !== '3', basis: '附表', from: '2005-11-01', to: null },
  ...{ foundation: 'text', attributes: {}, ...more },
});
const of = (low: number, high = low, measure: 'mass' | 'volume' = 'mass') => ({
  concentration: { low, high, of: measure, seen: `${low}%` },
});
const plain: SubstanceInGoods = {
  ...{ concentration: null, isMixture: false, isSalt: false, isMedicine: false },
  ...{ isCompound: null, isAbroad: true, on: '2026-03-01' },
};
const TOLUENE = entry('108-88-3', '3');
const HYDROCHLORIC = entry('7647-01-0', '3');
const SULPHURIC = entry('7664-93-9', '3');
const ANHYDRIDE = entry('108-24-7', '2');
const EPHEDRINE = entry('299-42-3', '1', { entry: '1-12' });
const medicine = { isMedicine: true };

test.each<[string, ListEntry, Partial<SubstanceInGoods>, string, string]>([
  ['toluene itself', TOLUENE, {}, 'applies', 'substanceItself'],
  ['40 % toluene', TOLUENE, of(40), 'exempt', 'mixtureBelow'],
  ['40.1 % toluene', TOLUENE, of(40.1), 'applies', 'mixtureAbove'],
  ['30 to 50 % toluene', TOLUENE, of(30, 50), 'notEvaluated', 'concentrationUnknown'],
  ['60 % by volume', TOLUENE, of(60, 60, 'volume'), 'notEvaluated', 'concentrationUnknown'],
  ['a thinner with toluene', TOLUENE, { isMixture: true }, 'notEvaluated', 'concentrationUnknown'],
  ['hydrochloric acid', HYDROCHLORIC, {}, 'notEvaluated', 'concentrationUnknown'],
  ['10 % hydrochloric acid', HYDROCHLORIC, of(10), 'exempt', 'mixtureBelow'],
  ['31 % hydrochloric acid', HYDROCHLORIC, of(31), 'applies', 'mixtureAbove'],
  ['sulphuric acid', SULPHURIC, {}, 'notEvaluated', 'concentrationUnknown'],
  ['1 % acetic anhydride', ANHYDRIDE, { ...of(1), isMixture: true }, 'applies', 'mixtureAnyShare'],
  ['ephedrine hydrochloride', EPHEDRINE, { isSalt: true }, 'applies', 'salt'],
  [
    'ephedrine tablets',
    EPHEDRINE,
    { ...medicine, isCompound: false },
    'applies',
    'singlePreparation',
  ],
  ['compound tablets', EPHEDRINE, { ...medicine, isCompound: true }, 'exempt', 'compoundMedicine'],
  ['some tablets', EPHEDRINE, medicine, 'notEvaluated', 'compoundUnknown'],
  ['between zones', ANHYDRIDE, { isAbroad: false }, 'exempt', 'inlandMovement'],
  ['whereto is not said', ANHYDRIDE, { isAbroad: null }, 'notEvaluated', 'destinationUnknown'],
])('%s: %s', (_, listed, goods, control, reason) => {
  const [membership] = controlsOf([listed], { ...plain, ...goods }).memberships;
  expect(membership).toMatchObject({ control, reason });
});

test('an old declaration is judged by the lists of its day', () => {
  const old = entry('41661-47-6', '2', { from: '2025-07-20' });
  const struck = entry('1-1', '2', { to: '2020-01-01' });
  expect(inForceOn([old, struck], '2025-07-19')).toEqual([]);
  expect(inForceOn([old, struck], '2019-12-31')).toEqual([struck]);
  expect(inForceOn([old, struck], '2025-07-20')).toEqual([old]);
});

describe('what is then asked', () => {
  const ask = (listed: ListEntry, ieFlag: 'I' | 'E', goods: Partial<SubstanceInGoods> = {}) =>
    positionOf({ ...plain, ...goods, entries: [listed], hazards: [], ieFlag });

  test('a licence of the commerce department, by the words of the law', () => {
    const { requirements, questions } = ask(ANHYDRIDE, 'E');
    expect(requirements[0]).toMatchObject({
      ...{ kind: 'precursorLicence', authority: 'commerce', licenceKinds: ['3', 'G'] },
      ...{ days: 20, status: 'required', foundation: 'text' },
    });
    expect(requirements[0]?.articles.map(({ article }) => article)).toContain('第三十条');
    expect(questions).toEqual([]);
  });

  test('medicinal precursors take the medicines form to come in', () => {
    const kinds = (ieFlag: 'I' | 'E') =>
      ask(EPHEDRINE, ieFlag).requirements.map(({ kind }) => kind);
    expect(kinds('I')).toContain('precursorDrugForm');
    expect(kinds('E')).not.toContain('precursorDrugForm');
  });

  test('what is not known is asked, and what hangs on it is only perhaps required', () => {
    const { requirements, questions } = ask(HYDROCHLORIC, 'I');
    expect(questions).toEqual(['concentration']);
    expect(new Set(requirements.map(({ status }) => status))).toEqual(new Set(['perhaps']));
  });

  test('an exempt mixture asks for nothing', () => {
    expect(ask(HYDROCHLORIC, 'I', of(5)).requirements).toEqual([]);
  });
});

const LAWS = new URL('../../../../../shared/data/chem/cn-law-text/', import.meta.url);

test.skipIf(!existsSync(LAWS))('every quotation stands in its law', () => {
  const texts = readdirSync(LAWS).map((file) => ({
    file,
    // Paragraphs are set apart by empty lines there, and follow each other here.
    text: readFileSync(new URL(file, LAWS), 'utf8').replaceAll(/\s/g, ''),
  }));
  const missing = Object.values(articles)
    .filter(({ foundation }) => foundation === 'text')
    .filter(
      ({ law, text }) =>
        !texts.some(
          (its) => its.file.includes(law) && its.text.includes(text.replaceAll(/\s/g, '')),
        ),
    );
  expect(missing).toEqual([]);
});
