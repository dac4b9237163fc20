// A customs user drops in the official file as it is published. What is wrong in it is set aside with its reason, what
// it would change is shown first, and an older version never replaces a newer one.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createIdentifier } from '../identify/identifier.ts';
import { gatherLists, openIdentifying } from '../open.ts';
import { compareLists } from './difference.ts';
import { kindOf, textOf } from './folder.ts';
import { acceptList, keepList, proposedLists, proposeList, readKept, rejectList } from './kept.ts';
import { createListLoading } from './loading.ts';
import { readList } from './read-list.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-lists-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the published shapes are recognised by their headings', () => {
  test.each([
    [
      'index_no,name,ec,cas,hazard_class,h_codes\n001,"hydrogen; H2",215,1333-74-0,Flam. Gas 1,H220',
      'clp',
      '1333-74-0',
      'hydrogen',
    ],
    [
      'ec_no,cas,ec_name,formula\n200-001-8,50-00-0,Formaldehyde,CH2O',
      'ec_inventory',
      '50-00-0',
      'Formaldehyde',
    ],
    ['序号,品名,别名,CAS,备注\n1,阿片,鸦片,8008-60-4,', 'cn_hazardous', '8008-60-4', undefined],
    [
      'cus,cn_code,cas_rn,ec_number,un_number,nomen,name\n0010,2902300000,108-88-3,203,1294,IUPAC,toluene',
      'cus',
      '108-88-3',
      'IUPAC',
    ],
    [
      '4\t78-96-6\tC3H9NO\t75\tS\tI\tK\t1-aminopropan-2-ol\tmipa',
      'names',
      '78-96-6',
      '1-aminopropan-2-ol',
    ],
    ['CAS No\tChemical name\n64-17-5\tEthanol', 'names', '64-17-5', 'Ethanol'],
  ])('%#', (text, kind, cas, name) => {
    const { rows, setAside } = readList(text);
    expect([kindOf(text), rows[0]?.cas[0], rows[0]?.names[0], setAside]).toEqual([
      kind,
      cas,
      name,
      0,
    ]);
  });

  test('a file of unknown columns is refused, unless it is said which is which', () => {
    const text = 'Stoff,Nummer\nToluol,108-88-3';
    expect(() => readList(text)).toThrow('chemicals.columns_unknown');
    expect(readList(text, { name: 'Stoff', cas: 'Nummer' }).rows).toHaveLength(1);
  });
});

test('rows that are wrong are set aside with their reasons', () => {
  const { rows, rejects } = readList(
    'cas,name\n108-88-3,toluene\n108-88-4,toluene\n108-88-3,toluene\n67-64-1\n67-64-1,\n,acetone\n67-64-1,acetone\n',
  );
  expect(rows.map(({ names }) => names[0])).toEqual(['toluene', 'acetone']);
  expect(rejects.map(({ code, path }) => `${path} ${code}`)).toEqual([
    'line 3 chemicals.cas_check_digit',
    'line 4 chemicals.row_repeated',
    'line 5 chemicals.cells_disagree',
    'line 6 chemicals.name_missing',
    'line 7 chemicals.number_missing',
  ]);
});

test('a version is shown, kept, and succeeded; one that is older is refused', async () => {
  const clock = createManualClock('2026-11-22T00:00:00.000Z');
  const file = join(folder, 'hazcat.csv.gz');
  const kept = join(folder, 'kept');
  const put = (rows: string) => writeFile(file, gzipSync(`序号,品名,别名,CAS,备注\n${rows}`));
  const load = async (version: string, from: string, dryRun = false) => {
    const said = { list: 'cn_hazardous', source: '应急管理部', version, from };
    return keepList(kept, { text: await textOf(file), said, dryRun }, clock);
  };

  await put('1,氨,液氨,7664-41-7,\n2,甲醇钠,,124-41-4,\n');
  expect((await load('2015', '2015-05-01', true)).difference).toMatchObject({ added: 2 });
  expect(await readKept(kept)).toEqual([]);
  await load('2015', '2015-05-01');
  expect((await load('2015', '2015-05-01')).isKnown).toBe(true);

  await put('1,氨,液氨;氨气,7664-41-7,\n3,柴油,,68334-30-5,\n');
  const { difference } = await load('2022', '2023-01-01');
  expect(difference).toMatchObject({ added: 1, removed: 1, changed: 1, unchanged: 0 });
  await put('1,氨,液氨,7664-41-7,\n');
  await expect(load('2018', '2018-01-01')).rejects.toThrow('chemicals.list_older');

  const { lists } = await gatherLists({ kept });
  const { entriesOf, identify } = createIdentifier(lists);
  const listed = (cas: string, on: string) =>
    entriesOf(cas, on).filter(({ list }) => list === 'cn_hazardous').length;
  expect([listed('124-41-4', '2020-01-01'), listed('124-41-4', '2023-01-01')]).toEqual([1, 0]);
  expect([listed('68334-30-5', '2022-12-31'), listed('68334-30-5', '2023-01-01')]).toEqual([0, 1]);
  expect(identify('柴油', '2026-01-01').listed).toMatchObject([
    { foundation: 'official', basis: '应急管理部, 2022' },
  ]);
  expect(JSON.parse(await readFile(join(kept, 'lists.json'), 'utf8'))).toHaveLength(2);
});

test('what a version changes is told row by row and column by column', () => {
  const rows = (text: string) => readList(`cas,name,class,limit\n${text}`).rows;
  const before = rows('108-88-3,toluene,3,40\n67-64-1,acetone,3,\n64-17-5,ethanol,3,\n');
  const after = rows('108-88-3,toluene,3,30\n67-64-1,acetone,3,\n7664-93-9,sulphuric acid,8,\n');
  const { counts, changes, tell } = compareLists(before, after);
  expect(counts).toEqual({ added: 1, changed: 1, removed: 1, unchanged: 1 });
  expect(changes.map(({ change, row }) => `${change} ${row}`)).toEqual([
    'added 7664-93-9 sulphuric acid',
    'changed 108-88-3 toluene',
    'removed 64-17-5 ethanol',
  ]);
  expect(tell('108-88-3 toluene')).toEqual([{ field: 'limit', before: '40', after: '30' }]);
  expect(tell('64-17-5 ethanol')).toContainEqual({ field: 'class', before: '3', after: '' });
});

test('a version that waits is in nobody’s way until it is accepted, and goes when it is not', async () => {
  const clock = createManualClock('2026-11-22T00:00:00.000Z');
  const kept = join(folder, 'proposed');
  const given = (version: string, rows: string) => ({
    text: `cas,name\n${rows}`,
    said: { list: 'names', source: 'ours', version, from: '2026-12-01' },
  });
  const by = { proposedBy: 'analyst', post: 'p1', proposedAt: clock.now() };
  await proposeList(kept, given('1', '275-51-4,azulene\n'), by);
  await proposeList(kept, given('1b', '275-51-4,azulene\n281-23-2,adamantane\n'), by);
  const [waiting, ...others] = await proposedLists(kept);
  expect([waiting?.version, others, await readKept(kept)]).toEqual(['1b', [], []]);
  if (waiting) await acceptList(kept, waiting, 'supervisor', clock);
  expect([await proposedLists(kept), (await readKept(kept))[0]?.rows.length]).toEqual([[], 2]);

  const late = { ...given('2', '275-51-4,azulene\n') };
  const next = { ...late, said: { ...late.said, from: '2027-01-01' } };
  await proposeList(kept, next, by);
  const [second] = await proposedLists(kept);
  await keepList(kept, { ...given('3', '78-93-3,butanone\n'), said: { ...next.said } }, clock);
  if (second) {
    await expect(acceptList(kept, second, 'supervisor', clock)).rejects.toThrow('list_older');
    await rejectList(kept, second);
    await expect(readFile(join(kept, second.file))).rejects.toThrow('ENOENT');
  }
  expect(await proposedLists(kept)).toEqual([]);
});

test('a list loaded by another process reaches an identifier that runs', async () => {
  const clock = createManualClock('2026-11-22T00:00:00.000Z');
  const kept = join(folder, 'running');
  const running = await openIdentifying(kept);
  const knows = (name: string) => {
    const { unknown, candidates } = running.identify(name);
    return unknown ? null : candidates[0]?.cas;
  };
  const load = async (version: string, from: string, rows: string) => {
    const said = { list: 'names', source: 'ours', version, from };
    await keepList(kept, { text: `cas,name\n${rows}`, said }, clock);
  };
  expect([await running.catchUp(), knows('azulene')]).toEqual([false, null]);
  await load('1', '2026-01-01', '275-51-4,azulene\n');
  expect(knows('azulene')).toBe(null);
  expect([await running.catchUp(), knows('azulene')]).toEqual([true, '275-51-4']);
  expect(await running.catchUp()).toBe(false);
  await load('2', '2026-02-01', '275-51-4,azulene\n281-23-2,adamantane\n');
  expect([await running.catchUp(), knows('adamantane')]).toEqual([true, '281-23-2']);
});

test('the command line can leave a version waiting, and says so', async () => {
  const keptFolder = () => join(folder, 'left-waiting');
  const clock = createManualClock('2026-11-22T00:00:00.000Z');
  const file = join(folder, 'clp.csv');
  await writeFile(file, 'Nummer,Stoff\n108-88-3,toluene\n');
  const asked = {
    ...{ table: 'chemical_clp', file, source: 'ECHA', version: 'ATP17', from: '2021-12-01' },
    ...{ columns: ['cas=Nummer', 'name=Stoff'], dryRun: false, propose: true },
  };
  const { lines } = await createListLoading({ clock, keptFolder }).load(asked);
  expect(lines.at(-1)).toContain('clp: 1 rows wait to be put in force');
  expect(await readKept(keptFolder())).toEqual([]);
  expect(await proposedLists(keptFolder())).toMatchObject([
    { list: 'clp', proposedBy: 'commandLine', mapping: { cas: 'Nummer', name: 'Stoff' } },
  ]);
});
