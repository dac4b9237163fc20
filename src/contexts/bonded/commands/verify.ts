import type { Command } from 'commander';
import type { Stocktake } from '../stocktake/contract.ts';
import { allRows, type BondedCommandDeps, commandOf, ledgerPath, type Shared } from './deps.ts';
import { checkOf } from './explain.ts';

interface VerifyOptions extends Shared {
  readonly ledger: string;
}

/** What the server says of a journal; see `JournalVerdict`. */
interface Verdict {
  readonly intact: boolean;
  readonly rowsChecked: number;
  readonly unsealed: number;
  readonly firstBroken: { readonly seq: number | null; readonly reason: string } | null;
}

const WORDS = {
  zh: {
    intact: (v: Verdict) => `日记账完好：已核验 ${v.rowsChecked} 行，${v.unsealed} 行待封存。`,
    broken: (seq: number | null, why: string) => `日记账第 ${seq ?? '–'} 行处断裂：${why}。`,
    same: (id: string, run: number) => `盘点 ${id} 第 ${run} 次归因：可由原始记录重现。`,
    other: (id: string, run: number) => `盘点 ${id} 第 ${run} 次归因：与原始记录不符。`,
  },
  en: {
    intact: (v: Verdict) =>
      `The journal is whole: ${v.rowsChecked} rows checked, ${v.unsealed} not yet sealed.`,
    broken: (seq: number | null, why: string) =>
      `The journal does not hold at row ${seq ?? '–'}: ${why}.`,
    same: (id: string, run: number) => `Count ${id}, run ${run}: made again from the records.`,
    other: (id: string, run: number) => `Count ${id}, run ${run}: not what the records give.`,
  },
} as const;

/** `jianghai bonded verify --ledger ID`: the journal's chain, and every explanation from its records. */
export function verifyCommand(deps: BondedCommandDeps): Command {
  return commandOf('verify', 'walk the chain of the journal, and make every explanation again')
    .requiredOption('--ledger <id>', 'the ledger (账册)')
    .action(async ({ ledger, json, lang }: VerifyOptions) => {
      await deps.withAsk(async (ask) => {
        const journal = (await ask('GET', ledgerPath(ledger, '/journal/verification'))) as Verdict;
        const counts = await allRows<Stocktake>(ask, ledgerPath(ledger, '/stocktakes'));
        const explanations = [];
        for (const { id, explanations: runs } of counts)
          if (runs > 0) explanations.push({ stocktake: id, ...(await checkOf(ask, ledger, id)) });
        if (!journal.intact || explanations.some(({ isSame }) => !isSame)) deps.setExitCode(1);
        if (json) {
          deps.print(JSON.stringify({ journal, explanations }));
          return;
        }
        const words = WORDS[lang];
        const { firstBroken } = journal;
        if (firstBroken) {
          const why = deps.sentenceOf({ code: firstBroken.reason })[lang];
          deps.print(words.broken(firstBroken.seq, why));
        } else deps.print(words.intact(journal));
        for (const { stocktake, run, isSame } of explanations)
          deps.print((isSame ? words.same : words.other)(stocktake, run));
      });
    });
}
