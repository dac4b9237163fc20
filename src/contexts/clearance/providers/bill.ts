import {
  type AcceptedClaim,
  type ClaimRequest,
  giveBackClaim,
  type PreparedClaim,
  prepareClaims,
  recordClaims,
} from '../../cargo/index.ts';
import type { Problem } from '../contract.ts';
import type { Requirement } from '../events.ts';
import type { FilingProvider, FilingRequest, Prepared } from '../provider.ts';

/** The manifest: goods must stand on a bill, and nobody declares more than there is of it. */
export const billProvider: FilingProvider = {
  kinds: ['manifestMatched'],
  async prepare(tx, requests) {
    const answers = await prepareClaims(tx, requests.map(toClaim));
    return new Map([...answers].map(([id, answer]) => [id, toPrepared(answer)]));
  },
  async record(tx, accepted) {
    await recordClaims(
      tx,
      accepted.map(({ kept, ...request }) => ({
        request: toClaim(request),
        kept: kept as AcceptedClaim['kept'],
        envelope: request.envelope,
      })),
    );
  },
  giveBack: giveBackClaim,
};

function toClaim({ id, content, at }: FilingRequest): ClaimRequest {
  return {
    declaration: id,
    transportDocNo: content.transport.transportDocNo,
    packages: content.packages.count,
    grossMassKg: content.grossMassKg,
    lines: content.lines.map(({ lineNo }) => lineNo),
    ieFlag: content.ieFlag,
    organisation: content.parties.declarant?.uscc ?? null,
    at,
  };
}

function toPrepared({ problems, requirement, arrived, kept }: PreparedClaim): Prepared {
  const requirements: Requirement[] = requirement ? [{ ...requirement, dueAt: null }] : [];
  if (arrived) {
    requirements.push({
      kind: 'arrivalConfirmed',
      owner: arrived.premises,
      legalBasis: '海关法 第二十四条第二款',
      metAt: arrived.at,
      evidence: arrived.premises,
      dueAt: null,
    });
  }
  return { problems: problems as readonly Problem[], requirements, kept };
}
