import { localDateOf } from '../../../kernel/dates.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Chemicals } from '../../chemicals/index.ts';
import type { Actor } from '../../identity/index.ts';
import { readSubstances } from '../../risk/index.ts';
import type { Clearance } from '../service/index.ts';
import type { ChemicalWatch } from './contract.ts';
import { declaredLines } from './lines.ts';

/** What is recognised with less certainty is shown with what else it might be. */
const CERTAIN = 0.95;
const OTHERS_SHOWN = 3;

/**
 * What recognising substances brought: hit rates beside the random sample's, substances, and the least
 * certain recognitions with what the lists of today make of the same words.
 */
export async function chemicalWatch(
  actor: Actor,
  clearance: Clearance,
  { db, chemicals }: { readonly db: Db; readonly chemicals: Pick<Chemicals, 'findingsOf'> },
): Promise<ChemicalWatch> {
  const { period, detectors, sample, substances, unsure } = await readSubstances(db, {
    certain: CERTAIN,
  });
  const shown = [];
  for (const { subject, lineNo, ...seen } of unsure) {
    const { declaration } = await clearance.reads.detail(actor, subject);
    const on = localDateOf(declaration.filedAt ?? `${seen.day}T00:00:00Z`);
    const line = declaredLines(declaration.content, on).find((each) => each.lineNo === lineNo);
    if (!line) continue;
    const [findings] = chemicals.findingsOf([line]);
    const candidates = findings?.identification.candidates ?? [];
    shown.push({
      ...{ declaration: subject, lineNo, text: line.description ?? '', ...seen },
      others: candidates
        .slice(1, 1 + OTHERS_SHOWN)
        .map(({ name, zh, score }) => ({ name: zh ?? name, score })),
    });
  }
  return {
    ...{ period, sample, unsure: shown },
    ...{ detectors: [...detectors], substances: [...substances] },
  };
}
