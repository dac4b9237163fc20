import { type EventRecord, place } from '../../../kernel/event.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { Problem } from '../contract.ts';
import type { ClearanceEvent } from '../events.ts';
import { isDrawn } from '../prohibitions/rule.ts';
import { fold } from './audit.ts';
import { type DutyReviews, reviewOf } from './correction.ts';
import type { AuditEvent, Payloads } from './events.ts';
import { begin, opened, write } from './service.ts';
import { findAudited, lockAudit } from './store.ts';

/**
 * The blue lane is released first and looked at afterwards: a share of it opens an audit.
 *
 * @param percent how many of a hundred; @param seed keeps secret which.
 */
export function auditFollowing({ seed, percent }: { seed: string; percent: number }) {
  return {
    name: 'clearance-audits',
    kinds: ['clearance.released'],
    async handle(tx: Tx, events: readonly EventRecord[]): Promise<void> {
      const drawn = (events as readonly ClearanceEvent[]).flatMap((event) => {
        if (event.kind !== 'clearance.released' || event.payload.lane !== 'blue') return [];
        const declaration = event.stream.slice(event.stream.indexOf(':') + 1);
        return isDrawn(seed, 'audit', declaration, percent) ? [{ declaration, event }] : [];
      });
      if (drawn.length === 0) return;
      const found = await findAudited(
        tx,
        drawn.map(({ declaration }) => declaration),
      );
      for (const { declaration, event } of drawn) {
        const about = found.find(({ id }) => id === declaration);
        if (!about) continue;
        const { organisation, office } = about;
        const envelope = { ...event.envelope, actor: 'system', post: null, cause: event.id };
        const opening = { origin: 'lane' as const, organisation, office, reason: 'blueLane' };
        const said = { ...opening, declarations: [declaration], disclosed: [] };
        await begin(tx, opened(`${declaration}-A`, said, envelope));
      }
    },
  };
}

const CONCLUDED = 'clearance.auditConcluded';

/**
 * What an audit recomputed is owed, or due back: each correction reviews the bill of its declaration. A
 * bill that cannot be reviewed any more is told of in the audit, and does not stop the others.
 */
export function auditDutyFollowing(duty: DutyReviews) {
  return {
    name: 'clearance-audit-duty',
    kinds: [CONCLUDED],
    async handle(tx: Tx, events: readonly EventRecord[]): Promise<void> {
      for (const event of events) await correctBy(duty, tx, event);
    },
  };
}

async function correctBy(duty: DutyReviews, tx: Tx, event: EventRecord): Promise<void> {
  const { corrections = [], statement } = event.payload as Payloads[typeof CONCLUDED];
  const audit = event.stream.slice(event.stream.indexOf(':') + 1);
  const envelope = { ...event.envelope, cause: event.id };
  const refused: Payloads['clearance.auditDutyRefused'][] = [];
  for (const correction of corrections) {
    const { declaration } = correction;
    try {
      await duty.correct(tx, declaration, reviewOf(audit, statement, correction), envelope);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ declaration, problems: error.refusals as Problem[] });
    }
  }
  if (refused.length === 0) return;
  await lockAudit(tx, audit);
  const before = (await readStream(tx, event.stream)) as AuditEvent[];
  const told = refused.map((payload) => ({
    kind: 'clearance.auditDutyRefused' as const,
    payload,
  }));
  const own = { ...envelope, actor: 'system', post: null };
  await write(tx, before, place(event.stream, fold(before)?.seq ?? 0, told, own));
}
