import type { Relation } from '../src/contexts/risk/backtest/store/snapshot.ts';
import { type Analytics, quoteName, quoteText } from '../src/platform/analytics/analytics.ts';
import { COUNTRIES, GOODS, GRADES, HS6, MODES, OFFICES } from './rules/declarations.ts';

const DAYS = 730;
/** Rows made by one statement. */
const STEP = 1_000_000;
const NULL_SHARE = 0.04;
const NO_PEERS_SHARE = 0.25;

/** From the row's number and a salt, a number in [0, 1): the same on every machine. */
const draw = (salt: number): string => `((hash(i * 1000 + ${salt}) % 1000003)::double / 1000003)`;

const usual =
  (list: readonly string[]) =>
  (salt: number): string =>
    `([${list.map(quoteText).join(', ')}])[1 + floor(pow(${draw(salt)}, 2) * ${list.length})::integer]`;
/** Spread about a median over two orders of magnitude, most of it near by. */
const around =
  (median: number, places: number) =>
  (salt: number): string =>
    `round(${median} * exp(1.5 * (${draw(salt)} + ${draw(salt + 500)} - 1) * 2), ${places})`;
const count =
  (median: number) =>
  (salt: number): string =>
    `${around(median, 0)(salt)}::bigint`;

/** How each fact is drawn; a fact the rules come to ask for must be added here. */
const DRAWN: Readonly<Record<string, (salt: number) => string>> = {
  'declaration.office': usual(OFFICES),
  'declaration.mode': usual(MODES),
  'declaration.value': around(60_000, 2),
  'declaration.netMass': around(4_000, 2),
  'declaration.grossMass': around(4_400, 2),
  'declaration.packages': count(40),
  'declaration.lines': count(3),
  'goods.hs6': usual(HS6),
  'goods.origin': usual(COUNTRIES),
  'goods.description': (salt) =>
    `${usual(GOODS)(salt)} || '，型号' || (hash(i * 1000 + ${salt + 500}) % 900)`,
  'goods.unit': usual(['035', '007', '011']),
  'goods.netMass': around(3_000, 2),
  'goods.preference': usual(['none', 'RCEP', 'ACFTA', 'CHFTA']),
  'goods.taxRate': around(8, 2),
  'route.departure': usual(COUNTRIES),
  'route.share': (salt) => `round(pow(${draw(salt)}, 2), 4)`,
  'route.earlier': count(60),
  'party.importerGrade': usual(GRADES),
  'price.perKg': around(12, 2),
  'peers.count': count(200),
  'peers.priceMedian': around(12, 2),
  'peers.weightDeviation': (salt) => `round(6 * (${draw(salt)} + ${draw(salt + 500)} - 1), 3)`,
  'importer.earlier': count(25),
  'importer.findings': (salt) => `floor(4 * pow(${draw(salt)}, 4))::bigint`,
};

/** Decisions of two years in order of day, made inside the engine; some facts are missing. */
export async function fillDecided(
  pool: Analytics,
  relation: Relation,
  rows: number,
): Promise<void> {
  const facts = relation.facts.map(({ fact, column }, index) => {
    const drawn = DRAWN[fact];
    if (!drawn) throw new Error(`Nothing says how ${fact} is drawn.`);
    const salt = 10 + index;
    const lacksPeers = fact.startsWith('peers.') ? ` or ${draw(9)} < ${NO_PEERS_SHARE}` : '';
    return `case when ${draw(salt + 100)} < ${NULL_SHARE}${lacksPeers} then null
      else ${drawn(salt)} end as ${quoteName(column)}`;
  });
  const made = (from: string): string => `
    select 'D' || i as subject, date '2025-01-01' + (i * ${DAYS} // ${rows})::integer as day,
      ${draw(1)} < 0.02 as is_sampled,
      case when ${draw(2)} < 0.05 then ${draw(3)} < 0.2 end as found,
      ${facts.join(', ')}
    from ${from}`;
  await pool.run(`create table decided as ${made('range(0) as r(i)')}`);
  for (let from = 0; from < rows; from += STEP) {
    await pool.run(
      `insert into decided ${made(`range(${from}, ${Math.min(rows, from + STEP)}) as r(i)`)}`,
    );
  }
  await pool.checkpoint();
}
