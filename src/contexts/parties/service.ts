import { type LocalDate, localDateOf } from '../../kernel/dates.ts';
import { type Refusal, Refused } from '../../kernel/refusal.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Db, inTransaction } from '../../platform/postgres/transaction.ts';
import { type Actor, authorise, reachOf, recordAudit } from '../identity/index.ts';
import type {
  Enterprise,
  EnterpriseRow,
  EnterpriseSearch,
  Grade,
  GradePeriod,
  Zone,
} from './contract.ts';
import { gradeOf, problemsOf } from './grade.ts';
import { readEnterprises, writeEnterprises } from './permissions.ts';
import * as store from './store.ts';

export interface Parties {
  /**
   * The grade of an enterprise on a day, from memory: every decision asks. `null` for one that
   * customs does not know: what is not known is missing, not ordinary.
   */
  gradeOn(uscc: string, on: LocalDate): Grade | null;
  /** Reads all grades again, after another process has written some. */
  refresh(): Promise<void>;
  /** Registers or corrects enterprises, all or none; the same again changes nothing. */
  upsert(actor: Actor, enterprises: readonly Enterprise[]): Promise<{ written: number }>;
  list(
    actor: Actor,
    search: EnterpriseSearch,
  ): Promise<{ rows: EnterpriseRow[]; next: string | null }>;
  get(actor: Actor, uscc: string): Promise<Enterprise>;
  zones(actor: Actor, on: LocalDate | undefined): Promise<Zone[]>;
}

export async function createParties({ db, clock }: { db: Db; clock: Clock }): Promise<Parties> {
  const grades = new Map<string, readonly GradePeriod[]>();
  const today = (): LocalDate => localDateOf(clock.now());

  async function refresh(of: readonly string[] | null = null): Promise<void> {
    for (const known of await store.listGrades(db, of)) grades.set(known.uscc, known.grades);
  }

  await refresh();
  return {
    gradeOn(uscc, on) {
      const history = grades.get(uscc);
      return history ? gradeOf(history, on) : null;
    },

    refresh: () => refresh(),

    async upsert(actor, enterprises) {
      authorise(actor, writeEnterprises);
      refuseProblems(enterprises);
      const codes = enterprises.map(({ uscc }) => uscc);
      await inTransaction(db, async (tx) => {
        await store.saveEnterprises(tx, enterprises);
        await recordAudit(tx, {
          actor,
          operation: writeEnterprises.operation,
          subjects: codes.map((uscc) => `enterprise:${uscc}`),
          outcome: 'done',
          detail: { enterprises: codes.length },
          at: clock.now(),
        });
      });
      await refresh(codes);
      return { written: codes.length };
    },

    async list(actor, search) {
      const reach = reachOf(actor, readEnterprises);
      const found = await store.listEnterprises(
        db,
        { ...search, limit: search.limit + 1 },
        reach.any ? null : reach.organisations,
      );
      const on = today();
      const rows = found.slice(0, search.limit).map(({ grades: history, ...enterprise }) => ({
        ...enterprise,
        grade: gradeOf(history, on),
      }));
      const next = found.length > search.limit ? (rows.at(-1)?.uscc ?? null) : null;
      return { rows, next };
    },

    async get(actor, uscc) {
      authorise(actor, readEnterprises, { organisations: [uscc] });
      const enterprise = await store.findEnterprise(db, uscc);
      if (!enterprise)
        throw new Refused('not_found', { code: 'parties.enterprise_not_found', seen: uscc });
      return enterprise;
    },

    async zones(actor, on) {
      authorise(actor, readEnterprises);
      return store.listZones(db, on ?? today());
    },
  };
}

function refuseProblems(enterprises: readonly Enterprise[]): void {
  const problems: Refusal[] = [];
  const taken = new Set<string>();
  enterprises.forEach((enterprise, i) => {
    const path = `enterprises[${i}]`;
    problems.push(...problemsOf(enterprise, path));
    if (taken.has(enterprise.uscc)) {
      const { uscc: seen } = enterprise;
      problems.push({ code: 'parties.enterprise_repeated', path: `${path}.uscc`, seen });
    }
    taken.add(enterprise.uscc);
  });
  if (problems.length > 0) throw new Refused('invalid', problems);
}
