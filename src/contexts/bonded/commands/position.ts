import type { Command } from 'commander';
import type { PartPosition, PositionRow } from '../books/contract.ts';
import { allRows, type BondedCommandDeps, commandOf, ledgerPath, type Shared } from './deps.ts';
import { tableOf } from './table.ts';

interface PositionOptions extends Shared {
  readonly ledger: string;
  readonly part?: string;
  readonly site?: string;
  readonly at?: string;
}

const HEADS = {
  zh: {
    part: '料号',
    unit: '单位',
    remainder: '应剩余',
    accounts: '各账户',
    account: '账户',
    lot: '批次',
  },
  en: {
    ...{ part: 'part', unit: 'unit', remainder: 'remainder', accounts: 'accounts' },
    ...{ account: 'account', lot: 'lot' },
  },
} as const;
const MORE = {
  zh: { site: '场地', document: '单证', quantity: '数量' },
  en: { site: 'site', document: 'document', quantity: 'quantity' },
} as const;

/** `jianghai bonded position --ledger ID`: what must be there by the book, now or at a moment. */
export function positionCommand(deps: BondedCommandDeps): Command {
  return commandOf('position', 'what must be there by the book (应剩余), part by part')
    .requiredOption('--ledger <id>', 'the ledger (账册)')
    .option('--part <part>', 'one part, with all its lots')
    .option('--site <site>', 'at one site only')
    .option('--at <moment>', 'as it stood then: an ISO 8601 moment')
    .action(async (options: PositionOptions) => {
      await deps.withAsk(async (ask) => {
        const { ledger, part, site, at } = options;
        if (part !== undefined && at === undefined) {
          const path = ledgerPath(ledger, `/position/${encodeURIComponent(part)}`);
          printPart((await ask('GET', path)) as PartPosition, options, deps);
          return;
        }
        const path = ledgerPath(ledger, at === undefined ? '/position' : '/position-at');
        const rows = await allRows<PositionRow>(ask, path, { site, at, q: part, limit: 500 });
        printRows(rows, options, deps);
      });
    });
}

function printRows(
  rows: readonly PositionRow[],
  { json, lang }: PositionOptions,
  { print }: BondedCommandDeps,
): void {
  if (json) {
    print(JSON.stringify({ rows }));
    return;
  }
  const heads = HEADS[lang];
  const columns = [
    ...[{ head: heads.part }, { head: heads.remainder, isFigure: true }, { head: heads.unit }],
    { head: heads.accounts },
  ];
  const told = rows
    .filter(({ accounts }) => Object.keys(accounts).length > 0)
    .map(({ part, remainder, unit, accounts }) => [
      ...[part, remainder, unit],
      Object.entries(accounts)
        .map(([account, quantity]) => `${account} ${quantity}`)
        .join(', '),
    ]);
  for (const line of tableOf(columns, told)) print(line);
}

function printPart(
  position: PartPosition,
  { json, lang }: PositionOptions,
  { print }: BondedCommandDeps,
): void {
  if (json) {
    print(JSON.stringify(position));
    return;
  }
  const { remainder, unit, part } = position;
  print(`${part}: ${HEADS[lang].remainder} ${remainder} ${unit}`);
  const heads = { ...HEADS[lang], ...MORE[lang] };
  const columns = [
    ...[{ head: heads.account }, { head: heads.site }, { head: heads.lot }],
    ...[{ head: heads.document }, { head: heads.quantity, isFigure: true }],
  ];
  const rows = position.lots.map(({ account, site, lot, document, quantity }) => [
    ...[account, site, lot, document ?? '', quantity],
  ]);
  for (const line of tableOf(columns, rows)) print(line);
}
