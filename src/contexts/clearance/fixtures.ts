import { usccCheckCharacter } from '../../kernel/codes.ts';
import { type Envelope, place } from '../../kernel/event.ts';
import { envelopeAt } from '../identity/index.ts';
import { DeclarationContent, type DeclarationInput, ExaminationRecord } from './contract.ts';
import { fold, type State } from './declaration.ts';
import { type ClearanceEvent, type NewEvent, streamOf } from './events.ts';

/** Makers for tests: an ordinary declaration, and lives told event by event. */

export const usccOf = (first17: string): string => first17 + (usccCheckCharacter(first17) ?? '');
export const BROKER = usccOf('91310000MA1K3XYW4');
export const IMPORTER = usccOf('91310000607361234');

export function content(changes: Partial<DeclarationInput> = {}): DeclarationContent {
  return DeclarationContent.parse({
    filing: 'standard',
    ieFlag: 'I',
    declarationOffice: '2225',
    borderOffice: '2225',
    examinationOffice: '2225',
    supervisionMode: '0110',
    levyNature: '101',
    parties: {
      declarant: { uscc: BROKER, name: '上海江海报关有限公司' },
      domestic: { uscc: IMPORTER, name: '上海浦江贸易有限公司' },
      overseas: { name: 'Elbe Handels GmbH', country: 'DE' },
      terminal: { name: '外高桥港区四期' },
    },
    tradeTerms: 'CIF',
    transport: {
      mode: '2',
      conveyance: 'COSCO SHIPPING ARIES',
      voyageNo: '041E',
      transportDocNo: 'COSU6301234560',
      partnerCountry: 'DE',
      date: '2026-07-01',
    },
    packages: { kind: '22', count: 10 },
    grossMassKg: '1050',
    netMassKg: '1000',
    currency: 'EUR',
    totalValue: '5000',
    lines: [
      {
        lineNo: 1,
        hsCode: '8482102000',
        description: '深沟球轴承',
        originCountry: 'DE',
        quantity: '1000',
        unit: '011',
        netMassKg: '1000',
        unitPrice: '5',
        value: '5000',
      },
    ],
    ...changes,
  });
}

const MINUTE_MS = 60_000;
const START = Date.parse('2026-07-01T01:00:00.000Z');

/** Events a minute apart, each by whoever is named; `system` when nobody is. */
export function told(
  id: string,
  steps: readonly (NewEvent & { by?: string; post?: string })[],
): ClearanceEvent[] {
  return steps.flatMap(({ by, post, ...event }, index) => {
    const at = new Date(START + index * MINUTE_MS).toISOString();
    const envelope: Envelope = {
      ...envelopeAt(at, at, id),
      ...(by ? { actor: by } : {}),
      post: post ?? null,
      organisation: BROKER,
    };
    return place(streamOf(id), index, [event as NewEvent], envelope);
  });
}

/** A filed and accepted declaration in a lane, then whatever else is told. */
export function life(
  lane: 'red' | 'yellow' | 'blue' | 'green',
  steps: readonly (NewEvent & { by?: string; post?: string })[] = [],
  { mandatory = false }: { mandatory?: boolean } = {},
): State {
  const id = 'D1';
  const red: NewEvent[] =
    lane === 'red'
      ? [
          {
            kind: 'clearance.examinationOrdered',
            payload: { examination: 'D1-X1', office: '2225', reason: 'targeting', repeats: null },
          },
        ]
      : [];
  const state = fold(
    told(id, [
      { kind: 'clearance.submitted', payload: { content: content(), contentHash: 'h1' } },
      { kind: 'clearance.accepted', payload: { number: '222520261000000001' } },
      {
        kind: 'clearance.decided',
        payload: { decisionId: 'x', lane, score: 0, selectedBy: 'none', checks: [], mandatory },
      },
      ...red,
      ...steps,
    ]),
  );
  if (!state) throw new Error('A life begins with a filing.');
  return state;
}

/** A clean examination by two officers, the cargo side present and signing. */
export const record = (changes: object = {}) =>
  ExaminationRecord.parse({
    methods: ['unpackPartly'],
    officers: ['陈立', '周敏'],
    attendance: { name: '王强', signature: '王强', absentReason: null },
    ...changes,
  });
