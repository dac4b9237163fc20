import { contentHash } from '../../../../kernel/canonical.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { parseInput } from '../../../../platform/input.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  recordAudit,
} from '../../../identity/index.ts';
import type { Problem } from '../../contract.ts';
import { ManifestFiling, type ManifestResult, type VoyageManifest } from '../contract.ts';
import { type ManifestPayloads, manifestStreamOf, type Voyage } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/manifests.ts';
import type { ManifestDeps } from './deps.ts';
import { answerReport } from './report.ts';
import { answerVoyage, voyageFrom } from './voyage.ts';

export interface FilingOptions {
  readonly dryRun?: boolean;
  readonly correlation?: string | null;
}

/**
 * Files a manifest, or a report on one. The caller chooses the id: the same again is the same filing,
 * other content under it is refused. A voyage's manifest with an error is returned whole and may be
 * filed again, mended; a report is answered bill by bill.
 *
 * @param dryRun does everything and keeps nothing: what it answers is what would happen.
 */
export async function fileManifest(
  deps: ManifestDeps,
  actor: Actor,
  input: unknown,
  { dryRun = false, correlation = null }: FilingOptions = {},
): Promise<ManifestResult> {
  const filing = parseInput(ManifestFiling, input);
  const { needed, carrier } = whoFiles(filing, actor);
  authorise(actor, needed, { organisations: [carrier] });
  const onBehalfOf = carrier === actor.organisationId ? null : carrier;
  const { occurredAt } = filing;
  const envelope = envelopeOf(deps, actor, { occurredAt, correlation, onBehalfOf });
  const part = partOf(filing, envelope);
  const before = await store.findPart(deps.db, part.id, part.part);
  if (before) return again(part, before);
  try {
    const { answer, bills } = await inTransaction(deps.db, async (tx) => {
      const kept = await keep(deps, tx, { actor, filing, part, envelope, needed });
      if (dryRun) throw new Rehearsed(kept.answer);
      return kept;
    });
    deps.committed(bills);
    return answer;
  } catch (error) {
    if (error instanceof Rehearsed) return error.answer;
    if (!(error instanceof Refused) || error.kind !== 'invalid') throw error;
    return returned(part, error.refusals);
  }
}

/** Ends a rehearsal: the transaction is undone, the answer is kept. */
class Rehearsed extends Error {
  readonly answer: ManifestResult;
  constructor(answer: ManifestResult) {
    super('A rehearsal ends without being kept.');
    this.answer = answer;
  }
}

/** What filing needs, and the organisation it is filed for. */
function whoFiles(
  filing: ManifestFiling,
  actor: Actor,
): { needed: Permission; carrier: string | null } {
  const own = actor.organisationId;
  switch (filing.kind) {
    case 'original':
    case 'preLoading':
      return { needed: permission.fileManifest, carrier: filing.carrier ?? own };
    case 'loading':
      return { needed: permission.reportLoading, carrier: own };
    case 'arrival':
    case 'tally':
      return { needed: permission.reportCargo, carrier: own };
  }
}

interface Kept {
  readonly actor: Actor;
  readonly filing: ManifestFiling;
  readonly part: store.ManifestPart;
  readonly envelope: Envelope;
  readonly needed: Permission;
}

async function keep(
  deps: ManifestDeps,
  tx: Tx,
  { actor, filing, part, envelope, needed }: Kept,
): Promise<{ answer: ManifestResult; bills: readonly string[] }> {
  const before = await store.claimPart(tx, part);
  if (before) return { answer: again(part, before), bills: [] };
  if (isVoyage(filing)) await ensureSameHeader(tx, part);
  const { problems, bills } = isVoyage(filing)
    ? await answerVoyage(deps, tx, filing, envelope)
    : await answerReport(tx, filing, envelope);
  const answer: ManifestResult = {
    ...{ id: part.id, part: part.part, kind: part.kind, outcome: 'accepted', repeated: false },
    ...{ problems, bills },
  };
  const voyage: Voyage | null = isVoyage(filing) ? voyageFrom(filing) : null;
  const numbers = bills.map(({ number }) => number);
  const stream = manifestStreamOf(part.id);
  await append(tx, [
    {
      id: `${stream}@${part.part}`,
      ...{ stream, seq: part.part, kind: 'cargo.manifestFiled' as const, envelope },
      payload: {
        ...{ kind: part.kind, part: part.part, of: part.of, contentHash: part.contentHash },
        ...{ bills: numbers, voyage },
      } satisfies ManifestPayloads['cargo.manifestFiled'],
    },
  ]);
  await store.keepAnswer(tx, answer);
  await recordAudit(tx, {
    actor,
    operation: needed.operation,
    subjects: [stream],
    outcome: 'done',
    detail: { kind: part.kind, bills: bills.length },
    at: envelope.recordedAt,
  });
  return { answer, bills: numbers };
}

const isVoyage = (filing: ManifestFiling): filing is VoyageManifest =>
  filing.kind === 'original' || filing.kind === 'preLoading';

function partOf(filing: ManifestFiling, envelope: Envelope): store.ManifestPart {
  const { id, kind, bills } = filing;
  const shared = {
    ...{ id, kind, contentHash: contentHash(filing), bills: bills.length },
    filedAt: envelope.occurredAt,
  };
  const none = { carrier: null, office: null, terminal: null, date: null, direction: null };
  if (kind === 'arrival' || kind === 'tally') {
    const { premises } = filing;
    const where = { ...none, terminal: premises, conveyance: null, voyageNo: null };
    return { ...shared, ...where, part: 1, of: 1 };
  }
  if (kind === 'loading') {
    const { conveyance, voyageNo, premises } = filing;
    const where = { ...none, terminal: premises, conveyance: conveyance.name, voyageNo };
    return { ...shared, ...where, part: 1, of: 1, direction: 'E' };
  }
  const { part, carrier, office, terminal, conveyance, voyageNo, date } = filing;
  return {
    ...shared,
    ...{ carrier, office, terminal, voyageNo, date, conveyance: conveyance.name },
    ...{ part: part.number, of: part.of, direction: kind === 'original' ? 'I' : 'E' },
  };
}

/** The parts of a manifest are one manifest: what they say of the voyage must be the same. */
async function ensureSameHeader(tx: Tx, part: store.ManifestPart): Promise<void> {
  const header = await store.findHeader(tx, part.id, part.part);
  if (!header) return;
  const differing = (['kind', 'of', 'carrier', 'voyageNo', 'conveyance'] as const).filter(
    (field) => header[field] !== part[field],
  );
  if (differing.length === 0) return;
  throw new Refused(
    'conflict',
    differing.map((field) => ({
      code: 'cargo.parts_disagree',
      path: field === 'of' ? 'part.of' : field,
      seen: String(part[field] ?? ''),
      params: { before: String(header[field] ?? '') },
    })),
  );
}

function again(
  part: store.ManifestPart,
  before: { contentHash: string; answer: ManifestResult },
): ManifestResult {
  if (before.contentHash === part.contentHash) return { ...before.answer, repeated: true };
  throw new Refused('conflict', {
    code: 'cargo.manifest_id_has_other_content',
    path: 'id',
    params: { filed: before.contentHash.slice(0, 12), now: part.contentHash.slice(0, 12) },
  });
}

const returned = (part: store.ManifestPart, refusals: readonly Refusal[]): ManifestResult => ({
  ...{ id: part.id, part: part.part, kind: part.kind, outcome: 'returned', repeated: false },
  problems: refusals.map((each): Problem => ({ ...each, params: { ...each.params } })),
  bills: [],
});
