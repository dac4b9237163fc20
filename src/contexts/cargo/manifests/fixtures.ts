import { usccCheckCharacter } from '../../../kernel/codes.ts';
import type { Envelope } from '../../../kernel/event.ts';
import { createManualClock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Actor, envelopeAt, type Role } from '../../identity/index.ts';
import { createEngine, loadPolicy } from '../../risk/index.ts';
import { type ClaimRequest, prepareClaims, recordClaims } from './claims.ts';
import type { BillInput, VoyageInput } from './contract.ts';
import { createManifests } from './service/index.ts';

/** Makers for tests: a ship with its bills, the people at the quay, and what declarations claim. */

const usccOf = (first17: string): string => first17 + (usccCheckCharacter(first17) ?? '');
export const CARRIER = usccOf('91310000631234567');
export const IMPORTER = usccOf('91310000607361234');

export const actor = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  personId: name,
  name,
  postId: `${name}-post`,
  organisationId: name,
  roles: [role],
  offices: [],
  mayBackdate: false,
  via: 'session',
  ...changes,
});
export const carrier = actor('carrier', 'carrier', { organisationId: CARRIER });
export const terminal = actor('terminal', 'terminal');
const atWaigaoqiao = { organisationId: '2225', offices: ['2225'] };
export const officer = actor('officer', 'portOfficer', atWaigaoqiao);
export const colleague = actor('colleague', 'portOfficer', atWaigaoqiao);

export const bill = (number: string, changes: Partial<BillInput> = {}): BillInput => ({
  number,
  packages: 10,
  packageKind: '22',
  grossMassKg: '1050',
  description: '深沟球轴承',
  shipper: { name: 'Elbe Handels GmbH', country: 'DE' },
  consignee: { name: '上海浦江贸易有限公司', uscc: IMPORTER, country: 'CN' },
  loadingPort: 'DEHAM',
  dischargePort: 'CNSHA',
  containers: [{ number: 'CSQU3054383', sizeType: '22G1', seals: ['S1'] }],
  ...changes,
});

export const voyage = (
  id: string,
  bills: BillInput[],
  changes: Partial<VoyageInput> = {},
): VoyageInput => ({
  kind: 'original',
  id,
  carrier: CARRIER,
  conveyance: { mode: '2', name: 'COSCO SHIPPING ARIES', registration: '9783497' },
  voyageNo: '041E',
  office: '2225',
  terminal: 'terminal',
  date: '2026-07-04',
  bills,
  ...changes,
});

export const claim = (
  declaration: string,
  transportDocNo: string,
  packages: number | null,
  grossMassKg: string | null,
  changes: Partial<ClaimRequest> = {},
): ClaimRequest => ({
  ...{ declaration, transportDocNo, packages, grossMassKg },
  lines: [1],
  ieFlag: 'I',
  organisation: IMPORTER,
  at: '2026-07-02T01:00:00.000Z',
  ...changes,
});

export const envelope = (at = '2026-07-02T01:00:00.000Z', by = 'broker'): Envelope => ({
  ...envelopeAt(at, at, null),
  actor: by,
  organisation: IMPORTER,
});

/** A quay with its people at work: what they file and report, and what declarations take. */
export function openQuay(db: Db) {
  const clock = createManualClock('2026-07-02T01:00:00.000Z');
  const manifests = createManifests({
    db,
    clock,
    engine: createEngine({ policy: loadPolicy(), seed: 's' }),
    inForce: (_, code) => code !== 'XX',
    committed: () => undefined,
  });
  let n = 0;
  const next = (letters: string): string => `${letters}${++n}`;
  return {
    clock,
    manifests,
    next,
    kindsOf: async (number: string) =>
      (await readStream(db, `bill:${number}`)).map(({ kind }) => kind.replace('cargo.', '')),
    detail: (number: string) => manifests.reads.detail(officer, number),

    /** A bill on a ship of its own. */
    async manifested(changes: Partial<BillInput> = {}, header: Partial<VoyageInput> = {}) {
      const number = next('COSU');
      const filing = voyage(next('M'), [bill(number, changes)], header);
      const { outcome, problems } = await manifests.file(carrier, filing);
      if (outcome !== 'accepted') throw new Error(JSON.stringify(problems));
      return number;
    },

    report: (kind: 'arrival' | 'tally' | 'loading', bills: object[], more: object = {}) =>
      manifests.file(kind === 'loading' ? carrier : terminal, {
        ...{ kind, id: next('R'), premises: '外四期', bills },
        ...more,
      }),

    /** What a group of filings does: asks, and records what was promised. */
    declare: (...requests: ClaimRequest[]) =>
      inTransaction(db, async (tx) => {
        const prepared = await prepareClaims(tx, requests);
        const accepted = requests.flatMap((request) => {
          const answer = prepared.get(request.declaration);
          if (!answer || answer.problems.length > 0) return [];
          return [{ request, kept: answer.kept, envelope: envelope(clock.now()) }];
        });
        await recordClaims(tx, accepted);
        return requests.map((request) => prepared.get(request.declaration));
      }),
  };
}
export type Quay = ReturnType<typeof openQuay>;
