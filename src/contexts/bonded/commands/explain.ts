import type { Command } from 'commander';
import type {
  Cause,
  CauseRow,
  ExplanationCheck,
  ExplanationRow,
  ExplanationRun,
} from '../explain/contract.ts';
import type { Ask } from '../imports/index.ts';
import {
  allRows,
  type BondedCommandDeps,
  commandOf,
  type Language,
  ledgerPath,
  type Shared,
} from './deps.ts';
import { tableOf } from './table.ts';

interface ExplainOptions extends Shared {
  readonly ledger: string;
  readonly stocktake: string;
}

/** `jianghai bonded explain --ledger ID --stocktake ID`: why a count and the book differ. */
export function explainCommand(deps: BondedCommandDeps): Command {
  return commandOf(
    'explain',
    'attribute the differences of a closed count to what the records show',
  )
    .requiredOption('--ledger <id>', 'the ledger (账册)')
    .requiredOption('--stocktake <id>', 'the count')
    .action(async (options: ExplainOptions) => {
      await deps.withAsk((ask) => explainCount(ask, options, deps));
    });
}

const CAUSES: Readonly<Record<Language, Readonly<Record<Cause, string>>>> = {
  zh: {
    ...{ notPosted: '未记账或迟记', cutOff: '截止', unitFactor: '单位换算', version: '单耗版本' },
    ...{ scrapNotDeclared: '边角料或残次品未报', substitution: '替代料', duplicate: '重复记账' },
    ...{ missingReversal: '漏冲销', inTransit: '在途或外发', bondedMixed: '保税非保税混用' },
    ...{ reworkTwice: '返工重复领料', countingError: '清点有误' },
  },
  en: {
    ...{ notPosted: 'not posted or late', cutOff: 'cut-off', unitFactor: 'unit factor' },
    ...{ version: 'consumption version', scrapNotDeclared: 'scrap not declared' },
    ...{ substitution: 'substitute', duplicate: 'entered twice' },
    ...{ missingReversal: 'missing reversal', inTransit: 'in transit or outsourced' },
    ...{ bondedMixed: 'bonded and domestic mixed', reworkTwice: 'rework issued twice' },
    countingError: 'counting error',
  },
};

const WORDS = {
  zh: {
    heads: ['料号', '账户', '场地', '差异', '单位', '类别', '原因', '数量', '记录'],
    ...{ explained: '已归因', possible: '可能', residual: '未归因' },
    summary: ({ run, figures: f }: ExplanationRun) =>
      `第 ${run} 次归因：有差异 ${f.differing} 处，全部归因 ${f.explainedWhole}，部分 ${f.explainedInPart}，未归因 ${f.unexplained}；其中 ${f.withPossible} 处有可能的原因（不冲减差异）。`,
    hash: ({ evidenceHash }: ExplanationRun) => `证据哈希 ${evidenceHash}`,
  },
  en: {
    heads: [
      ...['part', 'account', 'site', 'difference', 'unit', 'class', 'cause', 'quantity'],
      'records',
    ],
    ...{ explained: 'explained', possible: 'possible', residual: 'unexplained' },
    summary: ({ run, figures: f }: ExplanationRun) =>
      `Run ${run}: of ${f.differing} differences ${f.explainedWhole} are explained, ${f.explainedInPart} in part, ${f.unexplained} not at all; behind ${f.withPossible} of the rest something is possible (and nothing is taken off).`,
    hash: ({ evidenceHash }: ExplanationRun) => `Evidence ${evidenceHash}`,
  },
} as const;
const RECORDS_SHOWN = 2;

/** Explains a count and tells what came of it, difference by difference. */
export async function explainCount(
  ask: Ask,
  { ledger, stocktake, json, lang }: ExplainOptions,
  { print }: BondedCommandDeps,
): Promise<ExplanationRun> {
  const path = ledgerPath(ledger, `/stocktakes/${encodeURIComponent(stocktake)}`);
  const run = (await ask('POST', `${path}/explain`, {})) as ExplanationRun;
  const rows = await allRows<ExplanationRow>(ask, `${path}/explanation`, {
    ...{ run: run.run, limit: 500 },
  });
  if (json) {
    print(JSON.stringify({ ...run, rows }));
    return run;
  }
  const words = WORDS[lang];
  const columns = words.heads.map((head, at) => ({ head, isFigure: at === 3 || at === 7 }));
  for (const line of tableOf(
    columns,
    rows.flatMap((row) => cellsOf(row, lang)),
  ))
    print(line);
  print(words.summary(run));
  print(words.hash(run));
  return run;
}

function cellsOf(row: ExplanationRow, lang: Language): string[][] {
  const words = WORDS[lang];
  const where = [row.part, row.account, row.site, row.difference, row.unit];
  const cause = (kind: string, { cause: name, quantity, records }: CauseRow): string[] => [
    ...[...where, kind, CAUSES[lang][name], quantity],
    records.slice(0, RECORDS_SHOWN).join(' '),
  ];
  return [
    ...row.explained.map((each) => cause(words.explained, each)),
    ...(row.residual === '0' ? [] : [[...where, words.residual, '', row.residual, '']]),
    ...row.possible.flatMap(({ causes }, at) =>
      causes.map((each) => cause(`${words.possible} ${at + 1}`, each)),
    ),
  ];
}

/** Whether the last run of a count can be made again from the records. */
export const checkOf = (ask: Ask, ledger: string, stocktake: string): Promise<ExplanationCheck> =>
  ask(
    'GET',
    ledgerPath(ledger, `/stocktakes/${encodeURIComponent(stocktake)}/explanation/check`),
  ) as Promise<ExplanationCheck>;
