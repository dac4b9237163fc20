import { join } from 'node:path';
import { Command } from 'commander';
import type { PositionRow } from '../books/contract.ts';
import type { Account, LedgerEvent } from '../contract.ts';
import { STORE } from '../engine/routes.ts';
import {
  type Ask,
  importedEvents,
  loadLedgerMapping,
  openBills,
  remoteInlet,
} from '../imports/index.ts';
import { quantity, quantityText } from '../quantity.ts';
import { type Stocktake, TAGS_AT_ONCE } from '../stocktake/contract.ts';
import { allRows, type BondedCommandDeps, commandOf, ledgerPath, type Shared } from './deps.ts';
import { explainCount } from './explain.ts';
import { describeImport, importFile } from './import.ts';
import { reconcile, tellDifferences } from './reconcile.ts';
import { openTrial } from './trial.ts';
import { fileWriteOff } from './write-off.ts';

interface ReplayOptions extends Shared {
  readonly ledger: string;
}

const OPENS = '2010-01-01';
/** The day after the last work order of the file ended. */
const COUNTED_AT = '2014-06-30T10:00:00.000Z';
const COUNTED_ON = '2014-06-30';
const COUNT = 'ADVENTUREWORKS';
const FILING = 'BH-ADVENTUREWORKS';

/** `jianghai bonded replay adventureworks DIR`: a whole factory, from its files to explained differences and a filing. */
export const replayCommand = (deps: BondedCommandDeps): Command =>
  new Command('replay').description('replay a known data set from end to end').addCommand(
    commandOf('adventureworks', 'import, bills, 65,535 orders, count, explanation and write-off')
      .argument('<folder>', 'the folder of AdventureWorks: WorkOrder.csv and original-dates/')
      .option('--ledger <id>', 'the trial ledger', 'H0000ADVENTURE')
      .action((folder: string, options: ReplayOptions) =>
        deps.withStage((askAs) =>
          openTrial(askAs, { id: options.ledger, opensOn: OPENS }).then(({ enterprise }) =>
            replay(enterprise, folder, options, deps),
          ),
        ),
      ),
  );

const WORDS = {
  zh: {
    simulated: [
      '以下为模拟，数据中没有：',
      '· 企业、关员和账册是虚构的；采购按到期日当作保税进口。',
      '· 工单没有实际领料数量，按开工日的 BOM 展开计算。',
      '· 期初库存：采购不足以覆盖耗用的部分，补为期初余额，每个料号另加 1000。',
      '· 料号没有 HS 编码和原产地，未归因的盘亏无法计税，核销转交关员。',
      '· 盘点数取自账面，另故意改动四处：少盘、迟记、重复领料、盘点多出。',
    ],
    opening: (parts: number) => `补期初余额：${parts} 个料号。`,
    changed: (what: string) => `改动：${what}`,
  },
  en: {
    simulated: [
      'Simulated, because the data does not have it:',
      '· The enterprise, its officer and the ledger are made up; purchases count as imports under bond on their due day.',
      '· Orders have no issue quantities: what they took is exploded by the bill of the day they began.',
      '· Opening stock: where purchases do not cover the use, the rest is an opening balance, and 1000 of each part beside it.',
      '· Parts have no tariff code and no origin: duty on an unexplained shortage cannot be assessed, so an officer must.',
      '· The count is taken from the book, with four changes made on purpose: one short, one late, one doubled, one over.',
    ],
    opening: (parts: number) => `Opening balances added for ${parts} parts.`,
    changed: (what: string) => `Changed: ${what}`,
  },
} as const;

const FILES = [
  ['original-dates/Product.csv', 'adventureworks-parts'],
  ['original-dates/BillOfMaterials.csv', 'adventureworks-bills'],
  ['original-dates/ProductInventory.csv', 'adventureworks-stock'],
  ['original-dates/PurchaseOrderDetail.csv', 'adventureworks-purchases'],
  ['WorkOrder.csv', 'adventureworks'],
] as const;

async function replay(
  ask: Ask,
  folder: string,
  options: ReplayOptions,
  deps: BondedCommandDeps,
): Promise<void> {
  const words = WORDS[options.lang];
  const say = (line: string): void => {
    if (!options.json) deps.print(line);
  };
  for (const line of words.simulated) say(line);
  const inlet = remoteInlet(ask);
  for (const [at, [name, mapping]] of FILES.entries()) {
    const file = join(folder, name);
    if (at === 2) await openStock(ask, folder, options, say);
    const given = { ...options, mapping, refused: `${options.ledger}.${mapping}.refused.csv` };
    const outcome = await importFile(file, given, inlet, deps);
    say(`${name}:`);
    for (const line of describeImport(outcome, given, deps)) say(`  ${line}`);
  }
  const late = await changeBefore(ask, options.ledger, say, words.changed);
  await countFromBook(ask, options, say);
  const given = {
    ...options,
    stocktake: COUNT,
    mapping: '',
    base: 'consumption',
    book: 'occurred',
  };
  const stocktake = await reconcile(ask, undefined, given as Parameters<typeof reconcile>[2], deps);
  await ask('POST', ledgerPath(options.ledger, '/events'), { events: [late] });
  if (stocktake) await tellDifferences(ask, stocktake, given, deps);
  await explainCount(ask, given, deps);
  await fileWriteOff(
    ask,
    {
      ...options,
      filing: FILING,
      kind: 'normal',
      through: COUNTED_ON,
      stocktake: COUNT,
      sign: true,
    },
    deps,
  );
}

/** What recorded purchases do not cover, order by order as they are posted, comes in on the first day. */
async function openStock(
  ask: Ask,
  folder: string,
  { ledger, lang }: ReplayOptions,
  say: (line: string) => void,
): Promise<void> {
  const sums = new Map<string, number>();
  const short = new Map<string, number>();
  for (const [name, mappingName] of FILES.slice(2)) {
    const file = join(folder, name);
    const mapping = await loadLedgerMapping(mappingName);
    for await (const { kind, lines } of importedEvents(
      file,
      mapping,
      await openBills(mapping, file),
    ))
      for (const { part, quantity: amount } of lines) {
        const sign = kind === 'issued' ? -1 : kind === 'imported' || kind === 'received' ? 1 : 0;
        const sum = (sums.get(part) ?? 0) + sign * quantity(amount);
        sums.set(part, sum);
        short.set(part, Math.min(short.get(part) ?? 0, sum));
      }
  }
  const events = [...short].map(([part, missing]) => ({
    ...{ id: `OPENING-${part}`, kind: 'imported', occurredAt: `${OPENS}T00:00:00.000Z` },
    document: `OPENING-${part}`,
    lines: [{ part, quantity: quantityText(SPARE - missing) }],
  }));
  for (let at = 0; at < events.length; at += EVENTS_AT_ONCE)
    await ask('POST', ledgerPath(ledger, '/events'), {
      events: events.slice(at, at + EVENTS_AT_ONCE),
    });
  say(WORDS[lang].opening(events.length));
}

/** So that what is doubled on purpose is there to be issued. */
const SPARE = quantity('1000');
const EVENTS_AT_ONCE = 500;
const MADE_BY = 'WO-65000';

/** An issue is doubled before the count; another comes only after it, and is given back. */
async function changeBefore(
  ask: Ask,
  ledger: string,
  say: (line: string) => void,
  changed: (what: string) => string,
): Promise<Partial<LedgerEvent>> {
  const order = async (name: string) =>
    (await ask('GET', ledgerPath(ledger, `/orders/${name}`))) as {
      uses: { part: string; used: string }[];
      entries: { event: string; kind: string; occurredAt: string }[];
    };
  const { uses, entries } = await order(MADE_BY);
  const issued = entries.find(({ kind }) => kind === 'issued');
  const lines = uses.map(({ part, used }) => ({ part, quantity: used }));
  const again = { id: `${MADE_BY}-issued-again`, kind: 'issued', order: MADE_BY };
  const occurredAt = issued?.occurredAt ?? COUNTED_AT;
  if (!entries.some(({ event }) => event === again.id))
    await ask('POST', ledgerPath(ledger, '/events'), { events: [{ ...again, occurredAt, lines }] });
  say(changed(`${MADE_BY} issued twice`));
  const late = lines.slice(0, 1).map(({ part }) => ({ part, quantity: '5' }));
  say(changed(`5 of part ${late[0]?.part} issued to WO-LATE, told after the count`));
  return {
    ...{ id: 'WO-LATE-issued', kind: 'issued', order: 'WO-LATE' },
    ...{ occurredAt: '2014-06-20T08:00:00.000Z', lines: late as LedgerEvent['lines'] },
  };
}

const STOCKS: Partial<Readonly<Record<Account, string>>> = {
  ...{ rawMaterial: 'materials', semiFinished: 'semiFinished', finished: 'finished' },
  scrap: 'scrap',
};

/** A tag for everything the book holds: what was changed on purpose was never there, or is there. */
async function countFromBook(
  ask: Ask,
  { ledger, lang }: ReplayOptions,
  say: (line: string) => void,
): Promise<void> {
  const path = ledgerPath(ledger, `/stocktakes/${COUNT}`);
  const { status } = (await ask('POST', ledgerPath(ledger, '/stocktakes'), {
    ...{ id: COUNT, name: 'AdventureWorks' },
  })) as Stocktake;
  // Replayed again, everything is as it was.
  if (status === 'closed') return;
  const rows = await allRows<PositionRow>(ask, ledgerPath(ledger, '/position-at'), {
    ...{ at: COUNTED_AT, limit: 1_000 },
  });
  const really = await corrections(ask, ledger, rows);
  for (const [what] of really.told) say(WORDS[lang].changed(what));
  const tags = rows.flatMap(({ part, accounts }) =>
    Object.entries(accounts).flatMap(([account, held]) => {
      const stock = STOCKS[account as Account];
      if (stock === undefined || held.startsWith('-')) return [];
      const counted = quantity(held) + (really.of.get(`${part} ${account}`) ?? 0);
      const amount = quantityText(Math.max(0, counted));
      return [{ tag: `${part}-${account}`, part, stock, quantity: amount, countedAt: COUNTED_AT }];
    }),
  );
  for (let at = 0; at < tags.length; at += TAGS_AT_ONCE)
    await ask('POST', `${path}/tags`, { tags: tags.slice(at, at + TAGS_AT_ONCE) });
}

/** What really is there beside the book: the doubled issue never left, the late one did; one short, one over. */
async function corrections(ask: Ask, ledger: string, rows: readonly PositionRow[]) {
  const { uses } = (await ask('GET', ledgerPath(ledger, `/orders/${MADE_BY}`))) as {
    uses: { part: string; used: string }[];
  };
  const kindOf = new Map(rows.map(({ part, kind }) => [part, kind]));
  const of = new Map<string, number>();
  const told: [string][] = [];
  const add = (part: string, by: number): void => {
    const key = `${part} ${STORE[kindOf.get(part) ?? 'material']}`;
    of.set(key, (of.get(key) ?? 0) + by);
  };
  // The order's page tells the doubled issue and the first: half of what it used was never taken.
  for (const { part, used } of uses) add(part, quantity(used) / 2);
  const [first] = uses;
  if (first) add(first.part, -quantity('5'));
  const held = rows.filter(
    ({ part, accounts }) =>
      quantity((accounts.rawMaterial ?? '0').replace('-', '')) > quantity('100') &&
      !uses.some((use) => use.part === part),
  );
  const [short, over] = held;
  if (short) {
    add(short.part, -quantity('7'));
    told.push([`7 of part ${short.part} are gone`]);
  }
  if (over) {
    add(over.part, quantity('3'));
    told.push([`3 of part ${over.part} were found beside the book`]);
  }
  return { of, told };
}
