// A manifest file of a carrier is read into filings, and says which row it could not read.
import { expect, test } from 'vitest';
import { readManifest, template } from './read-manifest.ts';

const file = (name: string, text: string): File => new File([text], name);

test('rows of one number are one bill; rows of a house are its house bill', async () => {
  const head = '提单号,分提单号,件数,毛重,货名,收货人,箱号,箱型,封志';
  const rows = [
    'M1,,10,1050,轴承,浦江贸易,CSQU3054383,22G1,S1 S2',
    'M1,,,,,,TRHU2170410,22G1,',
    'M2,,8,80,拼箱货,,CSQU3054383,22G1,',
    'M2,H1,5,50,轴承,,,,',
    'M2,H2,3,30,螺母,,,,',
  ];
  const read = await readManifest(file('ship.csv', [head, ...rows].join('\n')));
  if (read.kind !== 'bills') throw new Error(read.kind);
  const [first, second] = read.bills;
  expect(first).toMatchObject({ number: 'M1', packages: 10, grossMassKg: '1050' });
  expect(first?.containers?.map(({ number, seals }) => [number, seals])).toEqual([
    ['CSQU3054383', ['S1', 'S2']],
    ['TRHU2170410', []],
  ]);
  expect(second?.houses?.map(({ number, packages }) => [number, packages])).toEqual([
    ['H1', 5],
    ['H2', 3],
  ]);
});

test('a JSON filing is taken as it is; what cannot be read is said', async () => {
  expect(await readManifest(file('m.json', '{"kind":"original"}'))).toEqual({
    kind: 'filing',
    filing: { kind: 'original' },
  });
  expect(await readManifest(file('m.json', '{'))).toEqual({ kind: 'unreadable', why: 'json' });
  expect(await readManifest(file('m.csv', 'a,b\n1,2'))).toMatchObject({ why: 'columns' });
  expect(await readManifest(file('m.xlsx', 'no zip'))).toMatchObject({ why: 'workbook' });
});

test('the template is a table that reads as no bills', async () => {
  for (const language of ['zh', 'en'] as const) {
    const read = await readManifest(file('t.csv', template(language)));
    expect(read).toEqual({ kind: 'bills', bills: [] });
  }
});
