import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ExplanationRow } from '../../src/contexts/bonded/explain/contract.ts';
import { signedQuantity } from '../../src/contexts/bonded/quantity.ts';
import type { Claim } from './claim.ts';

const PROGRAM = fileURLToPath(new URL('../../../bin/jianghai.js', import.meta.url));
const LEDGER = 'H0000BENCH';
const COUNT = 'BENCH';

/** The files of one year, in the order in which they are brought. */
export interface Delivery {
  readonly opens: string;
  readonly sites: readonly string[];
  readonly brought: readonly (readonly [file: string, mapping: string])[];
  readonly tags: string;
  /** Events that came after the count was closed. */
  readonly late: string | null;
}

export interface Explained {
  readonly rows: readonly ExplanationRow[];
  readonly claims: readonly Claim[];
  /** Seconds of each command, from its start to its end: with starting PostgreSQL, where it has to. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** One command of `jianghai bonded`, in words; it answers what was printed. */
export type Command = (words: readonly string[]) => Promise<string>;

/** Takes the files of a year through the public command line, and reads what it says. */
export async function explainFiles(delivery: Delivery, command: Command): Promise<Explained> {
  const seconds: Record<string, number> = {};
  const run = async (name: string, ...words: string[]): Promise<string> => {
    const started = performance.now();
    const told = await command([...words, '--ledger', LEDGER, '--json']);
    seconds[name] = (seconds[name] ?? 0) + (performance.now() - started) / 1000;
    return told;
  };
  const bring = (file: string, mapping: string) =>
    run('import_s', 'import', file, '--mapping', mapping, '--refused', `${file}.refused`);
  await run('trial_s', 'trial', '--opens', delivery.opens, '--sites', delivery.sites.join(','));
  for (const [file, mapping] of delivery.brought) await bring(file, mapping);
  await run('reconcile_s', 'reconcile', delivery.tags, '--stocktake', COUNT);
  if (delivery.late !== null) await bring(delivery.late, 'jianghai');
  const { rows } = JSON.parse(await run('explain_s', 'explain', '--stocktake', COUNT)) as {
    rows: ExplanationRow[];
  };
  return { rows, claims: claimsIn(rows), seconds };
}

const claimsIn = (rows: readonly ExplanationRow[]): Claim[] =>
  rows.flatMap(({ part, account, site, explained }) =>
    explained.map(({ cause, grade, quantity, records }) => ({
      ...{ part, account, site, cause, grade, records },
      quantity: signedQuantity(quantity),
    })),
  );

/** As a person types it, in a data folder of its own. Refused rows are told of, and are no failure of the command. */
export const jianghai =
  (data: string): Command =>
  (words) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [PROGRAM, 'bonded', ...words, '--data', data], {
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
        else reject(new Error(`jianghai bonded ${words.join(' ')} ended with ${code}.`));
      });
    });
