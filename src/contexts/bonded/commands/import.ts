import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import {
  type BringSummary,
  bring,
  createRefusedFile,
  type LedgerInlet,
  loadLedgerMapping,
  openBills,
  type RefusedCount,
  remoteInlet,
} from '../imports/index.ts';
import { type BondedCommandDeps, commandOf, type Language, type Shared } from './deps.ts';

interface ImportOptions extends Shared {
  readonly ledger: string;
  readonly mapping: string;
  readonly bom?: string;
  readonly refused?: string;
  readonly check?: boolean;
  /** The count that tags are of. */
  readonly stocktake?: string;
}

export interface Outcome extends BringSummary {
  readonly refusedRows: number;
  readonly refusedFor: readonly RefusedCount[];
  readonly refusedFile: string | null;
  readonly seconds: number;
  readonly rowsPerSecond: number;
}

/** `jianghai bonded import FILE --ledger ID --mapping NAME`: a file of any ERP into a bonded ledger. */
export function bondedImportCommand(deps: BondedCommandDeps): Command {
  return commandOf(
    'import',
    'bring a file of an ERP into a bonded ledger; bad rows go to a file, good ones go on',
  )
    .argument('<file>', 'CSV, NDJSON or XLSX')
    .requiredOption('--ledger <id>', 'the ledger (账册)')
    .requiredOption('--mapping <name>', 'a shipped mapping, or the path of your own')
    .option(
      '--bom <file>',
      'the bills of materials orders are exploded by, where the mapping does so',
    )
    .option('--refused <file>', 'where refused rows go; beside the file when left out')
    .option('--check', 'read the file and tell what would be sent; send nothing')
    .option('--stocktake <id>', 'the count (盘点) that tags are of')
    .action(async (file: string, options: ImportOptions) => {
      const outcome = options.check
        ? await importFile(file, options, null, deps)
        : await deps.withAsk((ask) => importFile(file, options, remoteInlet(ask), deps));
      if (options.json) deps.print(JSON.stringify(outcome));
      else for (const line of describeImport(outcome, options, deps)) deps.print(line);
      if (outcome.refusedRows > 0) deps.setExitCode(1);
    });
}

/** One file, read and sent on; without an inlet only read. */
export async function importFile(
  file: string,
  options: ImportOptions,
  inlet: LedgerInlet | null,
  deps: BondedCommandDeps,
): Promise<Outcome> {
  const started = performance.now();
  const mapping = await loadLedgerMapping(options.mapping);
  const explode = await openBills(mapping, file, options.bom);
  const refusedFile = options.refused ?? `${file}.refused.csv`;
  const refused = createRefusedFile(refusedFile, deps.sentenceOf);
  const bar = await startBar(file, options.lang, deps.progress);
  try {
    const summary = await bring({
      ...{ file, mapping, ledger: options.ledger, explode, inlet, refused },
      stocktake: options.stocktake ?? null,
      progress: (rows) => bar?.update(rows),
    });
    const { rows, counts } = await refused.end();
    const seconds = (performance.now() - started) / 1000;
    return {
      ...summary,
      ...{ refusedRows: rows, refusedFor: counts, refusedFile: rows > 0 ? refusedFile : null },
      ...{ seconds: Number(seconds.toFixed(3)), rowsPerSecond: Math.round(summary.rows / seconds) },
    };
  } finally {
    bar?.stop();
    await refused.end();
  }
}

/** A bar needs to know how far it is: the lines of a text are counted first, those of a workbook are not. */
async function startBar(
  file: string,
  language: Language,
  stream: NodeJS.WriteStream,
): Promise<SingleBar | null> {
  if (!stream.isTTY || extname(file).toLowerCase() === '.xlsx') return null;
  let lines = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  }
  const unit = { zh: '行', en: 'rows' }[language];
  const bar = new SingleBar({
    stream,
    format: `{bar} {percentage}% | {value}/{total} ${unit} | {eta_formatted}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
  });
  bar.start(lines, 0);
  return bar;
}

const OUTCOMES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  applied: { zh: '已记账', en: 'posted' },
  held: { zh: '待料暂挂', en: 'held until what they need is there' },
  confirms: { zh: '与核注清单核对，未另记账', en: 'confirm a list, which moves the goods itself' },
  repeated: { zh: '此前已收到，未重复记账', en: 'known already, not posted again' },
  refused: { zh: '账册未接受', en: 'refused by the ledger' },
};
const REASONS_SHOWN = 12;

const WORDS = {
  zh: {
    read: (o: Outcome) => `读取 ${o.rows} 行，用时 ${o.seconds} 秒（每秒 ${o.rowsPerSecond} 行）。`,
    passed: (count: number) => `不属账册而略过 ${count} 行。`,
    sent: (count: number) => `账册接受 ${count} 条。`,
    checked: (count: number) => `仅核对，未发送；可发送 ${count} 条。`,
    refused: (count: number) => `拒收 ${count} 行，原因：`,
    first: (line: number, sentence: string) => `第 ${line} 行起：${sentence}`,
    file: (file: string) => `拒收的行：${file}`,
  },
  en: {
    read: (o: Outcome) => `Read ${o.rows} rows in ${o.seconds} s (${o.rowsPerSecond} per second).`,
    passed: (count: number) => `Passed over ${count} rows that are not of the ledger.`,
    sent: (count: number) => `The ledger took ${count} entries.`,
    checked: (count: number) => `Only checked, nothing was sent; ${count} entries could be.`,
    refused: (count: number) => `Refused ${count} rows, because:`,
    first: (line: number, sentence: string) => `from line ${line}: ${sentence}`,
    file: (file: string) => `Refused rows: ${file}`,
  },
} as const;

export function describeImport(
  outcome: Outcome,
  { lang, check }: ImportOptions,
  deps: BondedCommandDeps,
): string[] {
  const words = WORDS[lang];
  const row = (count: number, text: string): string => `${String(count).padStart(9)}  ${text}`;
  const lines = [words.read(outcome), (check ? words.checked : words.sent)(outcome.sent)];
  for (const [name, count] of Object.entries(outcome.outcomes))
    lines.push(row(count, OUTCOMES[name]?.[lang] ?? name));
  if (outcome.passedOver > 0) lines.push(words.passed(outcome.passedOver));
  if (outcome.refusedRows > 0) lines.push(words.refused(outcome.refusedRows));
  for (const { times, first } of outcome.refusedFor.slice(0, REASONS_SHOWN)) {
    const { code, column, seen, line, params } = first;
    const refusal = { code, path: column, seen, params: { column, line, ...params } };
    lines.push(row(times, words.first(line, deps.sentenceOf(refusal)[lang])));
  }
  if (outcome.refusedFile) lines.push(words.file(outcome.refusedFile));
  return lines;
}
