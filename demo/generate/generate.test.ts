// A quarter is generated: the same twice, as a broker would file it, with the truth kept apart.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BillInput,
  ManifestFiling,
  type VoyageInput,
} from '../../src/contexts/cargo/manifests/contract.ts';
import {
  DeclarationContent,
  type DeclarationInput,
  Filing,
} from '../../src/contexts/clearance/contract.ts';
import { isUscc } from '../../src/kernel/codes.ts';
import { localDateOf } from '../../src/kernel/dates.ts';
import { compare, decimal, multiply, sum, toText } from '../../src/kernel/decimal.ts';
import {
  ANSWERS_FILE,
  type Answer,
  type CargoAnswer,
  IRREGULARITIES,
  isAboutCargo,
  isAboutStock,
  type SealedAnswer,
} from '../answers.ts';
import { corrected } from '../file/steps.ts';
import { parseTable } from '../table.ts';
import { readRows } from './catalogue.ts';
import { type FiledArrival, type FiledDeclaration, generate, type Manifest } from './generate.ts';
import type { QuayReport } from './quay.ts';

const SCALE = 3000;
const home = mkdtempSync(join(tmpdir(), 'jianghai-demo-'));
const folder = join(home, 'one');
let manifest: Manifest;
let filings: FiledDeclaration[];
let arrivals: FiledArrival[];
let answers: Answer[];
let cargoAnswers: CargoAnswer[];

const readLines = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
const readDays = <T>(kind: string): T[] =>
  readdirSync(join(folder, kind))
    .sort()
    .flatMap((name) => readLines<T>(join(folder, kind, name)));
/** A filing that was put right has the same id with `-2`; the slip before it is meant to be returned. */
const isSlip = (id: string, ids: ReadonlySet<string>) => ids.has(`${id}-2`);
const accepted = (): FiledDeclaration[] => {
  const ids = new Set(filings.map((filing) => filing.id));
  return filings.filter((filing) => !isSlip(filing.id, ids));
};

beforeAll(async () => {
  manifest = await generate({ folder, scale: SCALE });
  filings = readDays<FiledDeclaration>('declarations');
  arrivals = readDays<FiledArrival>('arrivals');
  const sealed = readLines<SealedAnswer>(join(folder, ANSWERS_FILE));
  cargoAnswers = sealed.filter(isAboutCargo);
  answers = sealed.filter(
    (answer): answer is Answer => !isAboutCargo(answer) && !isAboutStock(answer),
  );
});
afterAll(() => rmSync(home, { recursive: true }));

describe('the same seed', () => {
  test('gives the same bytes, another seed others', async () => {
    const again = join(home, 'again');
    const other = join(home, 'other');
    await generate({ folder: again, scale: 300 });
    const first = await generate({ folder: join(home, 'first'), scale: 300 });
    const second = await generate({ folder: other, scale: 300, seed: 'another' });
    const files = readdirSync(again, { recursive: true, encoding: 'utf8' }).sort();
    expect(files.length).toBeGreaterThan(180);
    for (const name of files) {
      if (statSync(join(again, name)).isDirectory()) continue;
      expect(readFileSync(join(again, name)).equals(readFileSync(join(home, 'first', name)))).toBe(
        true,
      );
    }
    expect(second.sha256).not.toBe(first.sha256);
  });

  test('is not generated twice into one folder', async () => {
    const before = statSync(join(folder, 'manifest.json')).mtimeMs;
    expect(await generate({ folder, scale: SCALE })).toEqual(manifest);
    expect(statSync(join(folder, 'manifest.json')).mtimeMs).toBe(before);
  });
});

describe('what is filed', () => {
  test('fills every day of the quarter, in order of time, under ids that never repeat', () => {
    expect(manifest.days).toHaveLength(92);
    expect(filings).toHaveLength(manifest.declarations);
    expect(new Set(filings.map((filing) => filing.id)).size).toBe(filings.length);
    for (const { date } of manifest.days) {
      const day = readLines<FiledDeclaration>(join(folder, 'declarations', `${date}.ndjson`));
      expect(day.every((filing) => localDateOf(filing.occurredAt) === date)).toBe(true);
      const times = day.map((filing) => filing.occurredAt);
      expect(times).toEqual([...times].sort());
    }
  });

  test('has the shape of the contract and not a field more', () => {
    for (const { id, content, occurredAt } of filings) {
      Filing.parse({ id, content, occurredAt });
      expect(unknownFields(content, DeclarationContent.parse(content))).toEqual([]);
    }
  });

  test('adds up as a broker’s software sees to it', () => {
    for (const { id, content } of accepted()) {
      const { lines } = content;
      const total = (of: 'value' | 'netMassKg') =>
        toText(sum(lines.map((line) => decimal(String(line[of])))));
      expect(lines.length, id).toBeGreaterThanOrEqual(1);
      expect(lines.length, id).toBeLessThanOrEqual(8);
      expect(total('value'), id).toBe(content.totalValue);
      expect(total('netMassKg'), id).toBe(content.netMassKg);
      const [net, gross] = [
        decimal(String(content.netMassKg)),
        decimal(String(content.grossMassKg)),
      ];
      expect(compare(net, gross), id).toBeLessThanOrEqual(0);
      for (const line of lines) {
        const price = multiply(decimal(String(line.quantity)), decimal(String(line.unitPrice)));
        const value = Number(line.value);
        const distance = Math.abs(Number(toText(price)) - value);
        expect(distance, id).toBeLessThanOrEqual(Math.max(1, value * 0.005));
        expect(Math.min(value, Number(line.quantity), Number(line.netMassKg)), id).toBeGreaterThan(
          0,
        );
      }
    }
  });

  test('names registered enterprises whose codes check', () => {
    const register = new Map(
      parseTable(readFileSync(join(folder, 'enterprises.csv'), 'utf8')).map((row) => [
        row.uscc,
        row,
      ]),
    );
    expect([...register.keys()].every((uscc) => isUscc(uscc ?? ''))).toBe(true);
    for (const { content } of accepted()) {
      const { declarant, domestic, owner, forwarder } = content.parties;
      for (const party of [declarant, domestic, owner, forwarder]) {
        expect(register.get(party?.uscc ?? '')?.nameZh).toBe(party?.name);
      }
    }
  });

  test('is confirmed to have arrived once, after it was filed, where it was not returned', () => {
    const filedAt = new Map(accepted().map((filing) => [filing.id, filing.occurredAt]));
    expect(new Set(arrivals.map((arrival) => arrival.id)).size).toBe(arrivals.length);
    for (const { id, occurredAt } of arrivals)
      expect(occurredAt > (filedAt.get(id) ?? '9')).toBe(true);
    expect(arrivals.length / filedAt.size).toBeGreaterThan(0.95);
  });
});

const tables = new URL('../../src/contexts/reference/tables/', import.meta.url);
describe.skipIf(!existsSync(tables))('codes', () => {
  const codes = (table: string) =>
    new Set(
      parseTable(readFileSync(new URL(`${table}.csv`, tables), 'utf8')).map((row) => row.code),
    );

  test('are in the shipped code tables', () => {
    const used = new Map<string, Set<string>>();
    const use = (table: string, ...list: (string | null | undefined)[]) => {
      const known = used.get(table) ?? new Set();
      for (const code of list) if (code) known.add(code);
      used.set(table, known);
    };
    for (const { content } of accepted()) {
      const { transport, parties } = content;
      use(
        'customs_office',
        content.declarationOffice,
        content.borderOffice,
        content.examinationOffice,
      );
      use('supervision_mode', content.supervisionMode);
      use('levy_nature', content.levyNature);
      use('trade_terms', content.tradeTerms);
      use('currency', content.currency);
      use('transport_mode', transport.mode);
      use('package_kind', content.packages.kind);
      use('country', transport.partnerCountry, parties.overseas?.country, parties.carrier?.country);
      for (const licence of content.licences ?? []) use('licence_kind', licence.kind);
      for (const document of content.documents ?? []) use('document_kind', document.kind);
      for (const line of content.lines) {
        use('country', line.originCountry);
        use('unit', line.unit);
        use('preference', line.preference);
      }
    }
    for (const [table, list] of used) {
      const known = codes(table);
      expect([table, [...list].filter((code) => !known.has(code))]).toEqual([table, []]);
    }
  });
});

describe('at the quay', () => {
  const lineOf = (numbers: ReadonlyMap<string, BillInput>, number: string) => {
    const bill = numbers.get(number);
    if (!bill) throw new Error(`${number} is on no manifest.`);
    return bill;
  };
  const bills = () =>
    new Map(
      readDays<VoyageInput>('voyages').flatMap(({ bills: all }) =>
        all.map((bill) => [bill.number ?? '', bill] as const),
      ),
    );

  test('manifests and reports have the shape of the contract, and every declared bill is on one', () => {
    const manifests = readDays<VoyageInput>('voyages');
    for (const each of [...manifests, ...readDays<QuayReport>('reports')]) {
      ManifestFiling.parse(each);
    }
    const numbers = manifests.flatMap(({ bills: all }) =>
      all.flatMap(({ number, houses = [] }) =>
        houses.length === 0 ? [number] : houses.map((house) => `${number}*${house.number}`),
      ),
    );
    const known = new Set(numbers);
    const declared = filings.map(({ content }) => content.transport.transportDocNo ?? '');
    expect(declared.filter((number) => number !== '' && !known.has(number))).toEqual([]);
    expect(new Set(declared.filter((number) => number.includes('*'))).size).toBeGreaterThan(6);
  });

  test('houses add up to their master', () => {
    const masters = [...bills().values()].filter(({ houses = [] }) => houses.length > 0);
    expect(masters.length).toBeGreaterThan(2);
    for (const { number, packages, grossMassKg, houses = [] } of masters) {
      const mass = sum(houses.map((house) => decimal(String(house.grossMassKg))));
      expect(compare(mass, decimal(String(grossMassKg))), String(number)).toBe(0);
      expect(houses.reduce((total, house) => total + (house.packages ?? 0), 0)).toBe(packages);
      expect(houses.length).toBeGreaterThanOrEqual(2);
    }
  });

  test('what is counted is what was manifested, save for what was planted; each arrives once', () => {
    const manifested = bills();
    const planted = new Map(cargoAnswers.map((answer) => [answer.id, answer]));
    const reports = readDays<QuayReport>('reports');
    const of = (kind: QuayReport['kind']) =>
      reports.filter((each) => each.kind === kind).flatMap((each) => each.bills);
    const [arrivedBills, counted, loaded] = [of('arrival'), of('tally'), of('loading')];
    const declared = new Map(
      filings.map(({ id, content }) => [id, content.transport.transportDocNo]),
    );
    const confirmed = new Set(arrivals.map(({ id }) => declared.get(id)));
    expect(arrivedBills.filter(({ number }) => confirmed.has(number))).toEqual([]);
    for (const list of [arrivedBills, counted, loaded]) {
      expect(new Set(list.map(({ number }) => number)).size).toBe(list.length);
      expect(list.length).toBeGreaterThan(5);
    }
    for (const { number, packages, damaged, containers } of [...counted, ...loaded]) {
      const bill = lineOf(manifested, number);
      const isHonest =
        packages === bill.packages &&
        !damaged &&
        (!containers ||
          containers.every((box, n) => box.seals[0] === bill.containers?.[n]?.seals?.[0]));
      // A seal or damage cannot be told by whoever only loads.
      if (!isHonest) expect(planted.has(`bill:${number}`), number).toBe(true);
    }
    const ids = new Set([...manifested.keys()].map((number) => `bill:${number}`));
    expect(cargoAnswers.filter(({ id }) => !ids.has(id))).toEqual([]);
    expect(cargoAnswers.length).toBeGreaterThan(0);
    expect(reports.length).toBeLessThan(manifest.days.length * 6);
  });
});

describe('the truth', () => {
  test('is planted at its rates', () => {
    const rates = new Map(
      readRows('irregularities.csv').map((row) => [row.kind, Number(row.rate)]),
    );
    expect([...rates.keys()].sort()).toEqual([...IRREGULARITIES].sort());
    const count = (kind: string) => answers.filter((answer) => answer.irregularity === kind).length;
    for (const [kind = '', rate] of rates) {
      // A split consignment is several declarations; everything else is due one at a time.
      const slack = kind === 'splitConsignment' ? 5 : 2;
      expect(Math.abs(count(kind) - rate * SCALE), kind).toBeLessThanOrEqual(slack);
    }
    const share = manifest.irregular / manifest.declarations;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.03);
  });

  test('speaks only of declarations that were filed and not returned', () => {
    const ids = new Set(accepted().map((filing) => filing.id));
    expect(answers.filter((answer) => !ids.has(answer.id))).toEqual([]);
  });

  test('corrects what was declared into something that adds up', () => {
    const byId = new Map(filings.map((filing) => [filing.id, filing.content]));
    const amendable = answers.filter((answer) => answer.disposition === 'amend');
    expect(amendable.length).toBeGreaterThan(10);
    for (const { id, truth } of amendable) {
      const declared = DeclarationContent.parse(byId.get(id));
      const right = corrected(declared, truth);
      expect(right, id).not.toEqual(declared);
      const total = sum(right.lines.map((line) => decimal(line.value ?? '0')));
      expect(toText(total), id).toBe(right.totalValue);
    }
  });

  test('never leaks into what is filed', () => {
    const words = readRows('irregularities.csv').flatMap((row) => [row.kind ?? '', row.zh ?? '']);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(ndjson|csv)$/.test(name) && name !== ANSWERS_FILE,
    );
    for (const name of files) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect([name, words.filter((word) => text.includes(word))]).toEqual([name, []]);
    }
    expect(statSync(join(folder, ANSWERS_FILE)).mode & 0o077).toBe(0);
  });

  test('is accompanied by honest declarations that look odd', () => {
    const odd = answers.filter((answer) => answer.outlier !== null);
    expect(odd.length).toBeGreaterThan(SCALE * 0.004);
    expect(odd.every((answer) => answer.finding === null && !answer.irregularity)).toBe(true);
  });
});

test('enterprises hold three grades until 2026-04-01 and five since', () => {
  const rows = parseTable(readFileSync(join(folder, 'enterprise-grades.csv'), 'utf8'));
  const before = rows.filter((row) => (row.from ?? '') < '2026-04-01');
  const after = rows.filter((row) => (row.from ?? '') >= '2026-04-01');
  expect(new Set(before.map((row) => row.grade))).not.toContain('certified');
  expect(new Set(after.map((row) => row.grade))).not.toContain('registered');
  expect(before.every((row) => row.to === '2026-04-01')).toBe(true);
});

/** Fields that the contract does not know, as paths. */
function unknownFields(given: unknown, known: unknown, path = ''): string[] {
  if (typeof given !== 'object' || given === null) return [];
  if (typeof known !== 'object' || known === null) return [path];
  return Object.entries(given as DeclarationInput).flatMap(([key, value]) =>
    key in known
      ? unknownFields(value, (known as Record<string, unknown>)[key], `${path}.${key}`)
      : [`${path}.${key}`],
  );
}
