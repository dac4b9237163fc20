import type { Random } from '../../demo/generate/random.ts';
import {
  AdjustmentKind,
  type Charge,
  type DutyRequest,
  type DutyRequestLine,
  VALUATION_METHODS,
} from '../../src/contexts/duty/calculation/contract.ts';
import type { Cells, Tables } from './book.ts';

const TERMS = ['CIF', 'CFR', 'FOB', 'EXW', 'CI', 'FCA', 'FAS', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP'];
const UNITS = ['035', '035', '036', '070', '095', '096', '063', '007', '054', '001', '008', '030'];
const MASS = ['035', '036', '070'];
const PRODUCERS = [
  'Old Vine Estate',
  'Maison Orval',
  'LG Chem',
  'Iberica Carnes',
  'Unheard Of Ltd',
];
const MODES = [...Array(12).fill('0110'), '0615', '1233', '3100', '9739', null];
const NATURES = ['101', '101', '101', '789', '401', '811', '503', null, '199'];
/** Columns of a row of the tariff that were made up, and how often a row has them. */
const COLUMNS = [
  ['mfn', 0.99],
  ['mfnProvisional', 0.25],
  ['general', 0.97],
  ['quota', 0.2],
  ['quotaProvisional', 0.1],
  ['export', 0.3],
  ['exportProvisional', 0.15],
  ['vat', 0.995],
  ['consumption', 0.3],
] as const;

/**
 * A tariff as it could be but is not: rows with every column by value, by quantity and both, dated, over
 * and beside those that come with the platform.
 */
export function madeUpTariff(random: Random, files: Tables, rows: number): Tables {
  const tariff = Array.from({ length: rows }, (_, i) => madeUpRow(random, i)).flat();
  const codes = tariff.map(({ code = '' }) => code);
  const pacts = (files.tariff_agreement ?? []).map(({ code = '' }) => code);
  const origins = originsOf(files);
  const once = new Map<string, Cells>();
  for (let i = 0; i < rows * 2; i += 1) {
    const code = `${random.pick(codes)}.${random.pick(pacts)}`;
    once.set(code, { code, unit: random.pick(MASS), ...rated(random, 'rate') });
  }
  const special = new Map<string, Cells>();
  for (let i = 0; i < rows * 4; i += 1) {
    const kind = random.pick(['antiDumping', 'countervailing', 'safeguard', 'retaliatory']);
    const code = `${random.pick(codes)}.${kind}.${random.pick(origins)}`;
    const makers = random.chance(0.5) && `${random.pick(PRODUCERS)}=${percent(random)};Other Ltd=7`;
    special.set(code, {
      ...{ code, unit: random.pick(MASS), ...rated(random, 'rate') },
      ...(makers && { makers }),
    });
  }
  return {
    ...files,
    tariff: [...(files.tariff ?? []), ...tariff],
    tariff_agreement_rate: [...(files.tariff_agreement_rate ?? []), ...once.values()],
    tariff_special: [...(files.tariff_special ?? []), ...special.values()],
  };
}

/** Chapters 98 and 99 are nobody's. One row in four changes in the middle of 2026. */
function madeUpRow(random: Random, index: number): Cells[] {
  const digits = random.pick([4, 6, 8, 10]);
  const code = `${98 + (index % 2)}${String(index).padStart(8, '0')}`.slice(0, 2);
  const body = String(10 ** (digits - 2) + index).slice(-(digits - 2));
  const row = (): Cells => {
    const cells: Record<string, string> = { code: code + body, unit: random.pick(UNITS) };
    for (const [name, share] of COLUMNS) {
      if (random.chance(share)) Object.assign(cells, rated(random, name));
    }
    if ((cells.consumption ?? cells.consumptionPerUnit) && random.chance(0.3)) {
      cells.consumptionFrom = String(random.int(5000));
      cells.consumptionUnit = random.pick(UNITS);
    }
    return cells;
  };
  if (random.chance(0.75)) return [row()];
  return [
    { ...row(), to: '2026-07-01' },
    { ...row(), from: '2026-07-01' },
  ];
}

function rated(random: Random, name: string): Record<string, string> {
  const way = random.int(10);
  return {
    ...(way < 8 && { [name]: percent(random) }),
    ...(way > 6 && { [`${name}PerUnit`]: String(random.int(2_000_000) / 10_000) }),
  };
}

const percent = (random: Random): string =>
  random.pick(['0', '1', '6.5', '8', '9', '13', '17.35', '65', '99.5']);

const originsOf = (tables: Tables): string[] =>
  (tables.tariff_agreement ?? [])
    .flatMap(({ countries = '' }) => countries.split(' '))
    .concat('US', 'DE', 'BT');

/** Requests across everything the calculation knows; one in some lacks what it needs. */
export function requester(random: Random, tables: Tables): () => DutyRequest {
  const rows = tables.tariff ?? [];
  const origins = originsOf(tables);
  const pacts = (tables.tariff_agreement ?? []).map(({ code = '' }) => code);
  const membersOf = new Map(
    (tables.tariff_agreement ?? []).map(({ code = '', countries = '' }) => [
      code,
      countries.split(' '),
    ]),
  );
  const currencies = [...new Set((tables.exchange_rate ?? []).map(({ code = '' }) => code))];
  const rarely = <T>(value: T, other: T, share = 0.003): T =>
    random.chance(share) ? other : value;
  const money = (most: number): string =>
    (Math.ceil(random.next() ** 3 * most * 100) / 100).toFixed(2);
  const currency = (): string => (random.chance(0.4) ? 'CNY' : random.pick(currencies));
  const charge = (most: number, isFreight: boolean): Charge | null => {
    const way = random.int(isFreight ? 4 : 3);
    if (way === 0) return { kind: 'rate', percent: String(random.int(500) / 100) };
    if (way === 3) return { kind: 'perTonne', amount: money(most), currency: currency() };
    return rarely(
      { kind: 'total', amount: money(most), currency: currency() },
      null,
      isFreight ? 0.01 : 0.3,
    );
  };

  function line(index: number): DutyRequestLine {
    const row = random.pick(rows);
    const { code = '' } = row;
    const unit = rarely(row.unit ?? '007', random.pick(UNITS), 0.02);
    const hsCode = rarely(
      code + String(random.int(1e10)).padStart(10, '0').slice(code.length),
      '7700000000',
    );
    const preference = random.chance(0.35) ? random.pick(pacts) : null;
    const members = preference ? membersOf.get(preference) : undefined;
    const own = members && random.chance(0.8) ? random.pick(members) : random.pick(origins);
    return {
      lineNo: index + 1,
      hsCode: hsCode.slice(0, 10),
      originCountry: rarely<string | null>(own, null, 0.02),
      preference,
      originProof: random.chance(0.7) ? 'E-1' : null,
      quantity: rarely<string | null>(String(Math.ceil(random.next() * 1e6) / 100), null),
      unit,
      secondQuantity: String(1 + random.int(1e6)),
      secondUnit: row.consumptionUnit ?? random.pick(UNITS),
      netMassKg: rarely<string | null>(String(Math.ceil(random.next() * 1e7) / 1000), null),
      value: rarely<string | null>(
        money(random.pick([200, 20_000, 5_000_000])),
        random.pick([null, '0', '1,5']),
      ),
      ...(random.chance(0.2) && {
        adjustments: Array.from({ length: 1 + random.int(3) }, () => ({
          kind: random.pick(AdjustmentKind.options),
          amount: money(100),
          currency: currency(),
        })),
      }),
      ...(random.chance(0.05) && {
        valuation: {
          method: random.pick(VALUATION_METHODS.slice(1)),
          value: money(100_000),
          reason: 'x',
        },
      }),
      ...(random.chance(0.4) && { manufacturer: `  ${random.pick(PRODUCERS).toUpperCase()}` }),
      ...(random.chance(0.3) && { quotaCertificate: 'Q-1' }),
    };
  }

  let number = 0;
  return () => {
    number += 1;
    const isLong = random.chance(0.05);
    const month = random.int(36);
    const on = rarely(day(2025, month, random), day(2004, month, random), 0.01);
    return {
      declaration: `R-${number}`,
      on,
      ieFlag: random.chance(0.75) ? 'I' : 'E',
      supervisionMode: random.pick(MODES),
      levyNature: random.pick(NATURES),
      tradeTerms: rarely<string | null>(random.pick(TERMS), random.pick(['MKT', null])),
      currency: rarely<string | null>(currency(), random.pick(['XAU', null])),
      freight: charge(3000, true),
      insurance: charge(300, false),
      grossMassKg: String(1 + random.int(1e6)),
      ...(random.chance(0.3) && {
        conveyanceEnteredOn: day(2026, random.int(3), random),
        acceptedOn: day(2026, 1 + random.int(3), random),
      }),
      lines: Array.from({ length: isLong ? 50 : 1 + random.int(8) }, (_, i) => line(i)),
    };
  };
}

const day = (year: number, month: number, random: Random): string =>
  new Date(Date.UTC(year, month, 1 + random.int(31))).toISOString().slice(0, 10);
