import { contentHash } from '../../../../kernel/canonical.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import type { Problem } from '../../contract.ts';
import type { ManifestFiling, ManifestResult } from '../contract.ts';
import type { KnownPart, ManifestPart } from '../store/manifests.ts';

/** A filing as a part of its manifest; a report is one part of one. */
export function partOf(filing: ManifestFiling, envelope: Envelope): ManifestPart {
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

/**
 * What was answered before to whoever filed this part; `null` when it is new. Refused when it was filed
 * with other content, or says something else of the voyage than the manifest's other parts.
 */
export function answeredBefore(
  part: ManifestPart,
  known: KnownPart | undefined,
): ManifestResult | null {
  const { before = null, header = null } = known ?? {};
  if (before?.contentHash === part.contentHash) return { ...before.answer, repeated: true };
  if (before) {
    throw new Refused('conflict', {
      code: 'cargo.manifest_id_has_other_content',
      path: 'id',
      params: { filed: before.contentHash.slice(0, 12), now: part.contentHash.slice(0, 12) },
    });
  }
  if (header && isVoyage(part)) ensureSameHeader(part, header);
  return null;
}

const isVoyage = ({ kind }: ManifestPart): boolean => kind === 'original' || kind === 'preLoading';

function ensureSameHeader(part: ManifestPart, header: NonNullable<KnownPart['header']>): void {
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

/** The answer to a manifest with an error: nothing of it is written. */
export const returned = (part: ManifestPart, refusals: readonly Refusal[]): ManifestResult => ({
  ...{ id: part.id, part: part.part, kind: part.kind, outcome: 'returned', repeated: false },
  problems: refusals.map((each): Problem => ({ ...each, params: { ...each.params } })),
  bills: [],
});
