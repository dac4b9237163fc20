// The axes laid over each other: every combination either makes sense or is refused with its reason.
import { describe, expect, test } from 'vitest';
import en from '../messages.en.json' with { type: 'json' };
import zh from '../messages.zh.json' with { type: 'json' };
import {
  AXIS_NAMES,
  catalogueOn,
  defaultChoice,
  everyChoice,
  pairsOf,
  VALUES,
} from './catalogue.ts';
import { composeMode } from './compose.ts';
import { conflictsOf } from './conflicts.ts';
import { AXES, type Axis, type ModeChoice } from './contract.ts';
import { STEPS } from './steps.ts';

const ON = '2026-07-01';
const IMPORT = { ieFlag: 'I', grade: 'certified' } as const;
const composed = (
  changes: Partial<ModeChoice>,
  on = ON,
  context: Parameters<typeof composeMode>[2] = IMPORT,
) => composeMode({ ...defaultChoice(on), ...changes }, on, context);
const stepsOf = (changes: Partial<ModeChoice>) => composed(changes).steps.map(({ id }) => id);
const DECLARING = ['file', 'fileInAdvance', 'fileSummary', 'fileAfterEntry', 'fileConsolidated'];

describe('every combination', () => {
  const all = [...everyChoice()];

  test('is walked: as many as the axes multiply to', () => {
    const product = AXIS_NAMES.reduce((n, axis) => n * AXES[axis].length, 1);
    expect(all).toHaveLength(product);
  });

  test('is composed into steps that make sense, or refused with a reason in both languages', () => {
    const faults: string[] = [];
    for (const choice of all) {
      for (const ieFlag of ['I', 'E'] as const) {
        const { steps, refusals, clocks, conditions } = composeMode(choice, ON, {
          ieFlag,
          grade: null,
        });
        const name = `${ieFlag} ${JSON.stringify(choice)}`;
        if (refusals.length > 0) {
          const silent = refusals.filter(({ code }) => !(code in zh) || !(code in en));
          if (silent.length > 0) faults.push(`${name}: ${silent.map(({ code }) => code)}`);
          continue;
        }
        const ids = steps.map(({ id }) => id);
        const has = (id: string) => ids.includes(id);
        const precedes = (a: string, b: string) =>
          !has(a) || !has(b) || ids.indexOf(a) < ids.indexOf(b);
        const declaring = ids.filter((id) => DECLARING.includes(id));
        const ending = ids.filter((id) => id === 'release' || id === 'releaseForUse');
        const examining = ids.filter((id) => id.startsWith('examine'));
        const isWhole =
          declaring.length === 1 &&
          ending.length === 1 &&
          examining.length === 1 &&
          has('decide') &&
          has('releaseForUse') === has('permitRemoval') &&
          conditions.forUse.size > 0 === has('permitRemoval') &&
          precedes('permitRemoval', 'releaseForUse') &&
          precedes('fileInAdvance', 'arrive') &&
          precedes('enterZone', 'fileAfterEntry') &&
          precedes('moveInBatches', 'fileConsolidated') &&
          precedes('startTransit', 'endTransit') &&
          precedes('fileSummary', 'complete') &&
          ids.at(-1) === 'close' &&
          new Set(clocks.map(({ kind }) => kind)).size === clocks.length;
        if (!isWhole) faults.push(`${name}: ${ids}`);
      }
    }
    expect(faults).toEqual([]);
  });

  test('of two values goes together, needs another, or never can; only the last have no choice at all', () => {
    const pairs = pairsOf(ON);
    const expected = AXIS_NAMES.flatMap((a, i) =>
      AXIS_NAMES.slice(i + 1).map((b) => AXES[a].length * AXES[b].length),
    ).reduce((sum, n) => sum + n, 0);
    expect(pairs).toHaveLength(expected);
    expect(
      pairs.filter(({ status, codes }) => (status === 'together') !== (codes.length === 0)),
    ).toEqual([]);
    const status = (a: string, b: string) =>
      pairs.find((pair) => pair.a === a && pair.b === b)?.status;
    expect(status('filing.twoStep', 'admission.twoStage')).toBe('together');
    expect(status('entry.enterFirst', 'transport.sea')).toBe('withAnother');
    expect(status('filing.advance', 'entry.enterFirst')).toBe('never');
    expect(status('filing.twoStep', 'place.fileInlandReleaseAtPort')).toBe('never');
  });

  test('every value is possible in some combination, and every conflict is met by some', () => {
    const possible = all.filter((choice) => conflictsOf(choice).length === 0);
    const unused = VALUES.filter(({ axis, id }) => !possible.some((choice) => choice[axis] === id));
    expect(unused).toEqual([]);
    const met = new Set(all.flatMap((choice) => conflictsOf(choice).map(({ code }) => code)));
    expect(
      catalogueOn(ON)
        .conflicts.map(({ code }) => code)
        .filter((code) => !met.has(code)),
    ).toEqual([]);
  });
});

describe('every value', () => {
  test.each(VALUES.map((value) => [`${value.axis}.${value.id}`, value] as const))(
    '%s is described',
    (_, value) => {
      for (const text of [value.label, value.explanation]) {
        expect(text.zh).toMatch(/\p{Script=Han}/u);
        expect(text.en).not.toBe('');
      }
      expect(value.legalBasis).not.toBe('');
      const known = STEPS.map(({ id }) => id);
      expect([...value.steps, ...value.withoutSteps].filter((id) => !known.includes(id))).toEqual(
        [],
      );
    },
  );

  test.each([
    [
      {},
      [
        'conveyanceEnters',
        'arrive',
        'file',
        'decide',
        'checkDocuments',
        'examine',
        'payOrGuarantee',
        'release',
        'close',
      ],
    ],
    [
      { filing: 'advance' },
      [
        'fileInAdvance',
        'conveyanceEnters',
        'arrive',
        'decide',
        'checkDocuments',
        'examine',
        'payOrGuarantee',
        'release',
        'close',
      ],
    ],
    [
      { filing: 'twoStep' },
      [
        'fileSummary',
        'giveGuarantee',
        'conveyanceEnters',
        'arrive',
        'decide',
        'checkDocuments',
        'examine',
        'release',
        'complete',
        'close',
      ],
    ],
    [
      { admission: 'twoStage', place: 'destinationExamination' },
      [
        'conveyanceEnters',
        'arrive',
        'file',
        'decide',
        'checkDocuments',
        'payOrGuarantee',
        'permitRemoval',
        'examineAtDestination',
        'releaseForUse',
        'close',
      ],
    ],
    [
      { line: 'firstLine', entry: 'enterFirst' },
      [
        'conveyanceEnters',
        'enterZone',
        'fileAfterEntry',
        'decide',
        'checkDocuments',
        'examine',
        'release',
        'close',
      ],
    ],
    [
      { line: 'secondLine', batch: 'consolidated' },
      [
        'applyForBatches',
        'giveDeposit',
        'moveInBatches',
        'fileConsolidated',
        'decide',
        'checkDocuments',
        'examine',
        'payOrGuarantee',
        'release',
        'close',
      ],
    ],
    [
      { transit: 'transit', place: 'destinationExamination' },
      [
        'conveyanceEnters',
        'arrive',
        'startTransit',
        'endTransit',
        'file',
        'decide',
        'checkDocuments',
        'payOrGuarantee',
        'examineAtDestination',
        'release',
        'close',
      ],
    ],
  ] as [Partial<ModeChoice>, string[]][])('%j has its steps in order', (changes, expected) => {
    expect(stepsOf(changes)).toEqual(expected);
  });
});

describe('who may, and when', () => {
  const codes = (
    changes: Partial<ModeChoice>,
    on?: string,
    context?: Parameters<typeof composeMode>[2],
  ) => composed(changes, on, context).refusals.map(({ code }) => code);

  test('what has been replaced is refused since, and what came later is refused before', () => {
    const old = { place: 'fileInlandReleaseAtPort' } as const;
    expect(codes(old)).toEqual(['clearance.mode_no_longer_in_force']);
    expect(codes(old, '2017-06-30')).toEqual([]);
    expect(codes({ filing: 'twoStep' }, '2019-12-31')).toEqual(['clearance.mode_not_yet_in_force']);
  });

  test('the ordinary way is always open, on any day', () => {
    for (const on of ['1990-01-01', '2010-01-01', '2017-06-30', '2017-07-01', ON]) {
      expect(codes({}, on)).toEqual([]);
    }
  });

  test('some are for imports, and not for those who lost their credit; an unknown grade bars nothing', () => {
    expect(codes({ filing: 'twoStep' }, ON, { ieFlag: 'E', grade: null })).toEqual([
      'clearance.mode_for_imports_only',
    ]);
    expect(codes({ filing: 'twoStep' }, ON, { ieFlag: 'I', grade: 'dishonest' })).toEqual([
      'clearance.mode_not_for_this_grade',
    ]);
    expect(codes({ filing: 'twoStep' }, ON, { ieFlag: 'I', grade: null })).toEqual([]);
  });

  test('a refusal points at the field, and shows what was chosen there', () => {
    const { refusals } = composed({ filing: 'advance', line: 'firstLine', entry: 'enterFirst' });
    expect(refusals).toEqual([
      { code: 'clearance.mode_advance_comes_before_entry', path: 'filing', seen: 'advance' },
    ]);
  });
});

test('composing the same choice again costs nothing: it is the same object', () => {
  expect(composed({ filing: 'twoStep' })).toBe(composed({ filing: 'twoStep' }));
});

test('axes are named as they are described', () => {
  expect([...new Set(VALUES.map(({ axis }) => axis))]).toEqual(Object.keys(AXES) as Axis[]);
});
