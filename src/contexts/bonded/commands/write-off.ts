import { type Command, Option } from 'commander';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Ask } from '../imports/index.ts';
import {
  type Filing,
  type FilingDetail,
  FilingKind,
  type FilingRow,
  type FilingStatus,
} from '../writeoff/contract.ts';
import {
  allRows,
  type BondedCommandDeps,
  commandOf,
  type Language,
  ledgerPath,
  type Shared,
} from './deps.ts';
import { tableOf } from './table.ts';

interface WriteOffOptions extends Shared {
  readonly ledger: string;
  readonly filing: string;
  readonly kind: FilingKind;
  readonly through?: string;
  readonly stocktake?: string;
  readonly sign?: boolean;
  readonly check?: boolean;
}

/** `jianghai bonded write-off --ledger ID --filing ID`: a filing drafted from the journal, and signed by whoever may. */
export function writeOffCommand(deps: BondedCommandDeps): Command {
  return commandOf('write-off', 'draft a write-off filing (报核) from the journal and a count')
    .requiredOption('--ledger <id>', 'the ledger (账册)')
    .requiredOption('--filing <id>', 'the id of the filing; the same id is the same filing')
    .addOption(
      new Option('--kind <kind>', 'what is filed').choices(FilingKind.options).default('normal'),
    )
    .option('--through <day>', 'the last day it covers; of a supplementary filing none')
    .option('--stocktake <id>', 'the count its actual remainder comes from')
    .option('--sign', 'sign it too: examined at once; only the enterprise of the ledger may')
    .option('--check', 'draft it and tell what it would be; keep nothing')
    .action(async (options: WriteOffOptions) => {
      await deps.withAsk((ask) => fileWriteOff(ask, options, deps));
    });
}

/** Drafts a filing, signs it where that was asked, and tells what became of it. */
export async function fileWriteOff(
  ask: Ask,
  options: WriteOffOptions,
  deps: Pick<BondedCommandDeps, 'print' | 'sentenceOf'>,
): Promise<Filing> {
  const { ledger, filing: id, kind, through, stocktake, check, json } = options;
  const drafted = (await ask('POST', ledgerPath(ledger, '/filings'), {
    ...{ id, kind, stocktake: stocktake ?? null, dryRun: check === true },
    ...(through !== undefined && { through }),
  })) as FilingDetail;
  const path = ledgerPath(ledger, `/filings/${encodeURIComponent(id)}`);
  const mustSign = options.sign === true && check !== true && drafted.filing.status === 'drafted';
  const { filing } = mustSign ? ((await ask('POST', `${path}/sign`, {})) as FilingDetail) : drafted;
  const rows = check
    ? []
    : await allRows<FilingRow>(ask, `${path}/rows`, { limit: 500, only: 'different' });
  if (json) deps.print(JSON.stringify({ filing, rows }));
  else for (const line of told(filing, rows, options.lang, deps)) deps.print(line);
  return filing;
}

const STATUS: Readonly<Record<Language, Readonly<Record<FilingStatus, string>>>> = {
  zh: {
    ...{ drafted: '已起草，待企业签署', awaitingPayment: '待缴税或担保', atOfficer: '待关员审核' },
    ...{ decided: '待复核', writtenOff: '已核销', returned: '已退回', withdrawn: '已撤回' },
  },
  en: {
    ...{ drafted: 'drafted, to be signed', awaitingPayment: 'duty to be paid or guaranteed' },
    ...{ atOfficer: 'with an officer', decided: 'to be confirmed', writtenOff: 'written off' },
    ...{ returned: 'returned', withdrawn: 'withdrawn' },
  },
};
const WORDS = {
  zh: {
    heads: [
      '料号',
      '期初',
      '应剩余',
      '实际剩余',
      '差异',
      '单位',
      '已解释',
      '差异率',
      '短少',
      '税款',
    ],
    filing: (f: Filing) =>
      `报核 ${f.id}：${f.from} 至 ${f.through}，流水账截至第 ${f.lastSeq} 行。`,
    totals: ({ totals: t, tolerance }: Filing) =>
      `料件 ${t.materials}，成品 ${t.products}；短少 ${t.short}，溢余 ${t.over}，超容差（${tolerance.rate}）${t.beyondTolerance}，未盘 ${t.notCounted}，无法计税 ${t.unassessed}。`,
    duty: (payable: string, interest: string, bill: string) =>
      `应缴 ${payable} 元（其中缓税利息 ${interest} 元），税单 ${bill}。`,
  },
  en: {
    heads: [
      ...['part', 'opening', 'should remain', 'remains', 'difference', 'unit', 'explained'],
      ...['rate', 'short', 'duty'],
    ],
    filing: (f: Filing) =>
      `Filing ${f.id}: ${f.from} through ${f.through}, journal up to row ${f.lastSeq}.`,
    totals: ({ totals: t, tolerance }: Filing) =>
      `${t.materials} materials, ${t.products} products; ${t.short} short, ${t.over} over, ${t.beyondTolerance} beyond tolerance (${tolerance.rate}), ${t.notCounted} not counted, ${t.unassessed} without a computable duty.`,
    duty: (payable: string, interest: string, bill: string) =>
      `Owed: ${payable} yuan, of which interest ${interest}; bill ${bill}.`,
  },
} as const;

function told(
  filing: Filing,
  rows: readonly FilingRow[],
  lang: Language,
  { sentenceOf }: Pick<BondedCommandDeps, 'sentenceOf'>,
): string[] {
  const words = WORDS[lang];
  const heads = words.heads.map((head, at) => ({ head, isFigure: at >= 1 && at !== 5 }));
  const cells = rows.map((row) => [
    ...[row.part, row.opening, row.shouldRemain, row.actualRemain ?? '–', row.difference ?? '–'],
    ...[row.unit, row.explained, row.rate ?? '–', row.shortage, row.duty?.payable ?? '–'],
  ]);
  const { duty } = filing;
  return [
    ...(rows.length > 0 ? tableOf(heads, cells) : []),
    ...[words.filing(filing), words.totals(filing)],
    ...(duty ? [words.duty(duty.payable, duty.interest, duty.bill)] : []),
    ...filing.reasons.map((reason) => sentenceOf(reason as Refusal)[lang]),
    STATUS[lang][filing.status],
  ];
}
