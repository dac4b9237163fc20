import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ExplanationRow } from '../../src/contexts/bonded/explain/contract.ts';
import { signedQuantity } from '../../src/contexts/bonded/quantity.ts';
import type { Answer } from './fault.ts';
import { filesIn } from './files.ts';
import { type Claim, type Score, score } from './score.ts';

const PROGRAM = fileURLToPath(new URL('../../../bin/jianghai.js', import.meta.url));
const LEDGER = 'H0000BENCH';
const COUNT = 'BENCH';

export interface Told {
  readonly score: Score;
  /** Seconds of each command, from its start to its end: with starting PostgreSQL, where it has to. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** Takes the files of a year through the public command line, in a data folder of its own, and scores what it says. */
export async function explainByProgram(folder: string, data: string): Promise<Told> {
  const files = filesIn(folder);
  const seconds: Record<string, number> = {};
  const run = async (name: string, ...words: string[]): Promise<string> => {
    const started = performance.now();
    const told = await jianghai(['bonded', ...words, '--ledger', LEDGER, '--json', '--data', data]);
    seconds[name] = (seconds[name] ?? 0) + (performance.now() - started) / 1000;
    return told;
  };
  const bring = (file: string, mapping: string) =>
    run('import_s', 'import', file, '--mapping', mapping, '--refused', `${file}.refused`);
  await run('trial_s', 'trial', '--opens', '2025-01-01', '--sites', 'main,annex');
  await bring(files.parts, 'jianghai-parts');
  await bring(files.consumption, 'jianghai-consumption');
  await bring(files.alternatives, 'jianghai-alternatives');
  await bring(files.ledger, 'jianghai');
  await bring(files.papers, 'jianghai-papers');
  await run('reconcile_s', 'reconcile', files.tags, '--stocktake', COUNT);
  await bring(files.late, 'jianghai');
  const { rows } = JSON.parse(await run('explain_s', 'explain', '--stocktake', COUNT)) as {
    rows: ExplanationRow[];
  };
  const sealed = JSON.parse(await readFile(files.answers, 'utf8')) as {
    answers: Answer[];
    noisy: string[];
  };
  return {
    score: score({ answers: sealed.answers, noisy: new Set(sealed.noisy) }, claimsIn(rows)),
    seconds,
  };
}

const claimsIn = (rows: readonly ExplanationRow[]): Claim[] =>
  rows.flatMap(({ part, account, site, explained }) =>
    explained.map(({ cause, grade, quantity, records }) => ({
      ...{ part, account, site, cause, grade, records },
      quantity: signedQuantity(quantity),
    })),
  );

/** One command, as a person types it. Refused rows are told of, and are no failure of the command. */
function jianghai(words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LOG_LEVEL: 'warn' },
    });
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (told.trim() !== '' && (code === 0 || code === 1)) resolve(told);
      else reject(new Error(`jianghai ${words.join(' ')} ended with ${code}.`));
    });
  });
}
