import { contentHash } from '../../../../kernel/canonical.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append, readStream } from '../../../../platform/event-log/event-log.ts';
import { type Db, inTransaction } from '../../../../platform/postgres/transaction.ts';
import { type Actor, recordAudit } from '../../../identity/index.ts';
import type { CasesToWithhold, WithheldCase, WithheldCaseRow } from '../contract.ts';
import { type CoverageEvent, type NewEvent, pointStream } from '../events.ts';
import { ownCoverage, readWithheld } from '../permissions.ts';
import { fold } from '../point.ts';
import * as store from '../store.ts';
import { type CoverageDeps, getState, nextEvent, record, requireNoAuthor } from './deps.ts';

export function createCases(deps: CoverageDeps) {
  const { db, clock } = deps;
  return {
    /** The withheld cases of a point, for its owner and for auditors; reading them is recorded. */
    async cases(actor: Actor, id: string): Promise<WithheldCaseRow[]> {
      await requireNoAuthor(deps, actor, readWithheld);
      const cases = await store.listCases(db, id);
      await recordAudit(db, {
        ...{ actor, operation: readWithheld.operation, subjects: [pointStream(id)] },
        ...{ outcome: 'done' as const, detail: { cases: cases.length }, at: clock.now() },
      });
      return cases;
    },

    /** Withholds cases; one that is withheld already stays as it is. */
    async withhold(actor: Actor, id: string, said: CasesToWithhold): Promise<WithheldCaseRow[]> {
      await requireNoAuthor(deps, actor, ownCoverage);
      const by = { point: id, withheldBy: actor.personId, withheldAt: clock.now() };
      const found = await pastFindings(db, said.subjects);
      const cases: WithheldCaseRow[] = [
        ...said.cases.map((filed) => ({ ...filed, ...by, source: 'filed' as const })),
        ...found.map((finding) => ({ ...finding, ...by, source: 'finding' as const })),
      ];
      await inTransaction(db, async (tx) => {
        await store.lockCatalogue(tx);
        const stream = pointStream(id);
        const events = (await readStream(tx, stream)) as CoverageEvent[];
        getState(fold(events), id);
        if (said.dryRun || cases.length === 0) return;
        const told = cases.map((row) => ({ id: row.id, hash: contentHash(row.facts) }));
        const withheld: NewEvent = { kind: 'risk.casesWithheld', payload: { cases: told } };
        await append(tx, [nextEvent(stream, events.length, withheld, { actor, clock })]);
        await store.saveCases(tx, cases);
        await record(tx, deps, actor, stream, { withheld: cases.length });
      });
      return cases;
    },
  };
}

/**
 * Findings may be withheld once the catalogue stands: earlier ones are what detectors were written
 * from.
 */
async function pastFindings(db: Db, subjects: readonly string[]): Promise<WithheldCase[]> {
  if (subjects.length === 0) return [];
  const [latest] = await store.listPeriods(db);
  if (!latest) throw new Refused('conflict', { code: 'risk.coverage_nothing_frozen' });
  const found = await store.findExamined(db, subjects);
  const late = new Map(
    found.flatMap(({ examinedAt, ...row }) =>
      examinedAt > latest.frozenAt ? [[row.id, row] as const] : [],
    ),
  );
  const wrong = subjects.filter((subject) => !late.has(subject));
  if (wrong.length === 0) return [...late.values()];
  throw new Refused(
    'invalid',
    wrong.map((subject) => ({ code: 'risk.coverage_case_unfit', path: 'subjects', seen: subject })),
  );
}
