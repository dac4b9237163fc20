import { usccCheckCharacter } from '../../../kernel/codes.ts';
import type { EventRecord } from '../../../kernel/event.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { type Actor, envelopeAt, type Role } from '../../identity/index.ts';
import type { PaperPassed } from '../gates/events.ts';
import { BatchContent, type BatchContentInput } from './contract.ts';

/** Makers for tests: an ordinary application, and what gates report. */

const usccOf = (first17: string): string => first17 + (usccCheckCharacter(first17) ?? '');
export const ENTERPRISE = usccOf('91310000MA1K3XYW4');
export const BUYER = usccOf('91310000607361234');

export const person = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  personId: name,
  name,
  postId: `${name}-post`,
  organisationId: ENTERPRISE,
  roles: [role],
  offices: [],
  mayBackdate: false,
  via: 'session',
  ...changes,
});
export const enterprise = person('lin', 'declarant');
export const officer = person('chen', 'portOfficer', { organisationId: '2225', offices: ['2225'] });

export const line = (
  lineNo: number,
  changes: Partial<BatchContentInput['lines'][number]> = {},
) => ({
  lineNo,
  partNo: `P-${lineNo}`,
  hsCode: '8482102000',
  description: '深沟球轴承',
  originCountry: 'DE',
  unit: '011',
  unitPrice: '5',
  currency: 'EUR',
  cap: '100',
  ...changes,
});

export function application(changes: Partial<BatchContentInput> = {}): BatchContent {
  return BatchContent.parse({
    zone: 'waigaoqiao-port',
    direction: 'out',
    office: '2225',
    regime: 'bonded',
    validFrom: '2026-07-01',
    validTo: '2026-12-31',
    deposit: '0',
    head: {
      declarationOffice: '2225',
      borderOffice: '2225',
      supervisionMode: '0110',
      levyNature: '101',
      tradeTerms: 'CIF',
      transportMode: 'Y',
      partnerCountry: 'DE',
      packageKind: '22',
      domestic: { uscc: BUYER, name: '上海浦江贸易有限公司' },
      overseas: { name: 'Elbe Handels GmbH', country: 'DE' },
    },
    lines: [line(1)],
    ...changes,
  });
}

let n = 0;
/** A line of a stock bill; a unit has a net mass of 1 kg and a gross mass of 1.1 kg. */
export const drawn = (lineNo: number, quantity: string) => ({
  lineNo,
  quantity,
  netMassKg: quantity,
  grossMassKg: String(Math.round(Number(quantity) * 1100) / 1000),
  packages: 1,
});

/** What gates write when a vehicle has passed the last of them. */
export async function completed(
  tx: Tx,
  at: string,
  papers: readonly Pick<PaperPassed, 'kind' | 'no' | 'lines'>[],
  passport = `Z2225E260702${String(++n).padStart(12, '0')}`,
): Promise<EventRecord> {
  const event: EventRecord = {
    id: `passport:${passport}@1`,
    stream: `passport:${passport}`,
    seq: 1,
    kind: 'cargo.passportCompleted',
    envelope: { ...envelopeAt(at, at, passport), actor: 'gate' },
    payload: { passport, papers: papers.map((paper) => ({ ...paper, isComplete: true })) },
  };
  await append(tx, [event]);
  return event;
}

export const stockBill = (no: string, ...lines: [number, string][]) => ({
  kind: 'stockBill' as const,
  no,
  lines: lines.map(([lineNo, quantity]) => ({ lineNo, quantity })),
});
