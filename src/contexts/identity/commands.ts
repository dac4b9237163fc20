import { Command } from 'commander';
import type { Db } from '../../platform/postgres/transaction.ts';
import type { AuditVerification } from './contract.ts';
import { verifyAudit } from './sealer.ts';
import { readAuditStatus } from './store/audit.ts';

export interface AuditCommandDeps {
  /** Opens the operational store for the length of one piece of work. */
  withDb<T>(work: (db: Db) => Promise<T>): Promise<T>;
  print(line: string): void;
  setExitCode(code: number): void;
}

/** `jianghai audit verify [--json]`: exits 1 and names the first broken link when the chain does not hold. */
export function auditCommand({ withDb, print, setExitCode }: AuditCommandDeps): Command {
  const audit = new Command('audit').description('the record of who did what');
  audit
    .command('verify')
    .description('walk the audit chain and name the first broken link')
    .option('--json', 'print the outcome as JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { found, status } = await withDb(async (db) => ({
        found: await verifyAudit(db),
        status: await readAuditStatus(db),
      }));
      if (!found.intact) setExitCode(1);
      if (json) return print(JSON.stringify({ ...found, unsealed: status.unsealed }));
      print(sentenceOf(found));
      print(`Unsealed rows, not covered by the chain yet: ${status.unsealed}.`);
      print(`Last hash: ${status.lastHash ?? 'none'}. Compare it with the one in the log.`);
    });
  return audit;
}

const REASONS: Readonly<Record<string, string>> = {
  'identity.seal_missing': 'the seal itself is missing',
  'identity.chain_cut': 'it does not stand on the seal before it',
  'identity.seal_altered': 'the seal was altered',
  'identity.row_missing': 'the row is missing',
  'identity.row_altered': 'the row was altered',
  'identity.row_added': 'the row was added, and nobody sealed it',
};

function sentenceOf({ firstBroken, batchesChecked, rowsChecked }: AuditVerification): string {
  const checked = `${batchesChecked} batches, ${rowsChecked} rows`;
  if (!firstBroken) return `The audit chain holds: ${checked}.`;
  const { batch, row, reason } = firstBroken;
  const where = row === null ? `batch ${batch}` : `batch ${batch}, row ${row}`;
  return `The audit chain is BROKEN at ${where}: ${REASONS[reason] ?? reason}. Up to there it holds: ${checked}.`;
}
