// Enterprises: their grades through the change of 2026-04-01, registration, and reading within reach.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usccCheckCharacter } from '../../kernel/codes.ts';
import { Refused } from '../../kernel/refusal.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import type { Actor, Role } from '../identity/index.ts';
import { chainOf } from './chain.ts';
import { Enterprise, type Grade } from './contract.ts';
import { gradeOf, problemsOf } from './grade.ts';
import { createParties } from './service.ts';

const uscc = (serial: number): string => {
  const first17 = `91310000${String(serial).padStart(9, '0')}`;
  return `${first17}${usccCheckCharacter(first17)}`;
};
const enterprise = (serial: number, grades: [Grade, string, string?][] = []): Enterprise =>
  Enterprise.parse({
    uscc: uscc(serial),
    nameZh: `浦江${serial}号贸易有限公司`,
    nameEn: `Pujiang ${serial} Trading`,
    customsRegNo: '3122260001',
    registeredOn: '2019-05-01',
    grades: grades.map(([grade, from, to]) => ({ grade, from, to })),
  });
const actor = (role: Role, organisationId = '2200'): Actor => ({
  ...{ personId: 'p1', name: 'P', postId: 'post', organisationId },
  ...{ roles: [role], offices: [], mayBackdate: false, via: 'session' },
});

describe('the grade of a day', () => {
  const history = enterprise(1, [
    ['advancedCertified', '2024-01-01', '2025-01-01'],
    ['seriouslyDishonest', '2026-05-01'],
  ]).grades;

  test.each([
    ['2023-12-31', 'registered'],
    ['2024-01-01', 'advancedCertified'],
    ['2025-01-01', 'registered'],
    ['2026-03-31', 'registered'],
    ['2026-04-01', 'regular'],
    ['2026-05-01', 'seriouslyDishonest'],
  ])('on %s: %s', (on, grade) => {
    expect(gradeOf(history, on)).toBe(grade);
  });
});

describe('what is wrong with an enterprise', () => {
  test.each<[string, Enterprise, string[]]>([
    ['nothing', enterprise(1, [['advancedCertified', '2024-01-01']]), []],
    ['its code', { ...enterprise(1), uscc: '913100000000000010' }, ['parties.uscc_malformed']],
    [
      'a grade of the new five before the change',
      enterprise(1, [['certified', '2026-03-31', '2026-06-01']]),
      ['parties.grade_unknown_then'],
    ],
    [
      'a grade of the old three after the change',
      enterprise(1, [['registered', '2026-01-01']]),
      ['parties.grade_unknown_then'],
    ],
    [
      'periods that overlap, and one that is empty',
      enterprise(1, [
        ['dishonest', '2026-06-01', '2026-06-01'],
        ['regular', '2026-05-01'],
      ]),
      ['parties.grade_period_empty', 'parties.grade_periods_overlap'],
    ],
  ])('%s', (_, subject, codes) => {
    expect(problemsOf(subject, 'enterprises[0]').map((p) => p.code)).toEqual(codes);
  });
});

describe('registration', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());
  const clock = { now: () => '2026-11-22T00:00:00.000Z' };

  test('an operator registers; grades are known at once; the same again changes nothing', async () => {
    const parties = await createParties({ db: database.db, clock });
    const operator = actor('operator');
    const known = [enterprise(1, [['dishonest', '2026-06-01']]), enterprise(2)];
    expect(parties.gradeOn(uscc(1), '2026-07-01')).toBeNull();
    await parties.upsert(operator, known);
    await parties.upsert(operator, known);
    expect(parties.gradeOn(uscc(1), '2026-07-01')).toBe('dishonest');
    expect(parties.gradeOn(uscc(2), '2026-07-01')).toBe('regular');
    expect(await parties.get(operator, uscc(1))).toEqual(known[0]);

    const again = await createParties({ db: database.db, clock });
    expect(again.gradeOn(uscc(1), '2026-07-01')).toBe('dishonest');
    await again.upsert(operator, [enterprise(1)]);
    expect(again.gradeOn(uscc(1), '2026-07-01')).toBe('regular');
  });

  test('every problem is told at once and nothing is written', async () => {
    const parties = await createParties({ db: database.db, clock });
    const bad = [enterprise(7), enterprise(7), { ...enterprise(8), uscc: 'X' }];
    const refused = await parties.upsert(actor('operator'), bad).catch((error) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused.refusals.map((r: { path: string }) => r.path)).toEqual([
      'enterprises[1].uscc',
      'enterprises[2].uscc',
    ]);
    expect(parties.gradeOn(uscc(7), '2026-07-01')).toBeNull();
  });

  test('lists go by code, a page at a time; a declarant sees its own enterprise only', async () => {
    const parties = await createParties({ db: database.db, clock });
    await parties.upsert(
      actor('operator'),
      [11, 12, 13].map((n) => enterprise(n)),
    );
    const search = { q: '浦江1', after: '', limit: 2 };
    const first = await parties.list(actor('portOfficer'), search);
    expect(first.rows).toHaveLength(2);
    expect(first.next).toBe(first.rows[1]?.uscc);
    const declarant = actor('declarant', uscc(12));
    expect((await parties.list(declarant, { ...search, q: '' })).rows.map((r) => r.uscc)).toEqual([
      uscc(12),
    ]);
    await expect(parties.get(declarant, uscc(13))).rejects.toThrow('identity.not_permitted');
    await expect(parties.upsert(declarant, [enterprise(12)])).rejects.toThrow(
      'identity.not_permitted',
    );
    expect((await parties.list(actor('auditor'), { ...search, q: '%' })).rows).toEqual([]);
  });

  test('a zone has the regime of the day', async () => {
    const parties = await createParties({ db: database.db, clock });
    const regimeOn = async (on: string) =>
      (await parties.zones(actor('auditor'), on)).find(({ code }) => code === 'yangshan')?.regime;
    expect(await regimeOn('2004-01-01')).toBeUndefined();
    expect(await regimeOn('2020-05-15')).toBe('bondedPort');
    expect(await regimeOn('2020-05-16')).toBe('specialComprehensiveBondedZone');
  });
});

test('the chain of an import runs from the seller abroad to the end user here', () => {
  const party = (name: string) => ({ uscc: null, name, country: null });
  const parties = {
    ...{ declarant: party('broker'), domestic: party('domestic'), owner: party('owner') },
    ...{ overseas: party('overseas'), forwarder: null, terminal: null, carrier: party('line') },
  };
  const rolesOf = (ieFlag: 'I' | 'E') =>
    Object.fromEntries(chainOf({ ieFlag, parties }).map(({ role, name }) => [role, name]));
  expect(rolesOf('I')).toEqual({
    ...{ shipper: 'overseas', carrier: 'line', broker: 'broker' },
    ...{ importer: 'domestic', endUser: 'owner' },
  });
  expect(rolesOf('E')).toEqual({
    ...{ shipper: 'owner', carrier: 'line', broker: 'broker', importer: 'overseas' },
  });
});
