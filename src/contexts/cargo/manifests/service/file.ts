import { parseInput } from '../../../../platform/input.ts';
import { type Actor, authorise, envelopeOf, type Permission } from '../../../identity/index.ts';
import { ManifestFiling, type ManifestResult } from '../contract.ts';
import * as permission from '../permissions.ts';
import { type FilingGroup, rehearse } from './commit.ts';
import type { ManifestDeps } from './deps.ts';
import { partOf } from './part.ts';

export interface FilingOptions {
  readonly dryRun?: boolean;
  readonly correlation?: string | null;
  /** What decides a dry run, where it is not what decides today. */
  readonly engine?: ManifestDeps['engine'];
}

/**
 * Files a manifest, or a report on one. The caller chooses the id: the same again is the same filing,
 * other content under it is refused. A voyage's manifest with an error is returned whole and may be
 * filed again, mended; a report is answered bill by bill.
 *
 * @param together writes it, with others under way.
 * @param dryRun does everything and keeps nothing: what it answers is what would happen.
 */
export async function fileManifest(
  deps: ManifestDeps,
  together: FilingGroup,
  actor: Actor,
  input: unknown,
  { dryRun = false, correlation = null, engine = deps.engine }: FilingOptions = {},
): Promise<ManifestResult> {
  const filing = parseInput(ManifestFiling, input);
  const { needed, carrier } = whoFiles(filing, actor);
  authorise(actor, needed, { organisations: [carrier] });
  const onBehalfOf = carrier === actor.organisationId ? null : carrier;
  const { occurredAt } = filing;
  const envelope = envelopeOf(deps, actor, { occurredAt, correlation, onBehalfOf });
  const request = { actor, filing, part: partOf(filing, envelope), envelope, needed };
  const outcome = await (dryRun ? rehearse({ ...deps, engine }, request) : together(request));
  if ('refused' in outcome) throw outcome.refused;
  return outcome.answer;
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
