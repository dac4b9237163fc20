// A sender is answered in its own standard: what we write is read again and says the same.
import { expect, test } from 'vitest';
import type { Receipt } from '../contract.ts';
import { readMessage } from '../reading/read.ts';
import { answerOf } from './answer.ts';

const receipt = (standard: string, outcome: 'filed' | 'returned'): Receipt => ({
  ...{
    id: 'a'.repeat(32),
    partner: 'P',
    receivedAt: '2026-07-02T01:02:03.456Z',
    hash: 'h',
    bytes: 9,
  },
  ...{ repeated: false, dryRun: false, standard, kind: 'declaration', outcome, problems: [] },
  signature: { status: 'unsigned', algorithm: null, key: null },
  documents: [
    {
      ...{ standard, kind: 'declaration', reference: 'JH-1', outcome },
      ...{ record: { kind: 'declaration', id: 'P.JH-1' }, number: '222520261000000001' },
      problems:
        outcome === 'filed'
          ? []
          : [{ code: 'clearance.required', path: 'levyNature', severity: 'error' }],
    },
  ],
});
const say = () => ({ zh: '请填写。', en: 'Fill it in.' });
const SENT = { message: { sender: 'BROKER', receiver: 'CUSTOMS' } };

test.each([
  ['DecMessage', 'filed', 'DecImportResponse', { code: '0', id: 'JH-1' }],
  ['DecMessage', 'returned', 'DecImportResponse', { code: '1', text: 'levyNature: 请填写。' }],
  ['INV101', 'filed', 'CommonResponse', { code: '0', id: 'JH-1', outcome: 'received' }],
  ['SAS121', 'returned', 'CommonResponse', { code: '1', outcome: 'failed' }],
  ['SAS121', 'filed', 'CommonResponse', { code: '0', outcome: 'received' }],
  [
    'WCO-DEC',
    'filed',
    'WCO-RES',
    { outcome: 'accepted', declaration: { id: 'JH-1', number: '222520261000000001' } },
  ],
  [
    'WCO-DEC',
    'returned',
    'WCO-RES',
    { outcome: 'rejected', errors: [{ code: 'clearance.required', text: 'Fill it in.' }] },
  ],
  [
    'CUSDEC',
    'filed',
    'CUSRES',
    { outcome: 'accepted', message: { sender: 'CUSTOMS', receiver: 'BROKER' } },
  ],
  [
    'CUSCAR',
    'returned',
    'CUSRES',
    { outcome: 'rejected', errors: [{ path: 'levyNature', text: 'Fill it in.' }] },
  ],
] as const)('%s, %s, is answered by %s', (standard, outcome, by, says) => {
  const answer = answerOf(receipt(standard, outcome), SENT, say);
  const { documents, problems } = readMessage(Buffer.from(answer.text));
  expect(problems).toEqual([]);
  expect(documents).toMatchObject([{ standard: by, document: says }]);
  expect(answer.standard).toBe(by);
});

test('a standard with no answer that we write is answered as JSON', () => {
  const asked = receipt('MT1401', 'filed');
  const { standard, mediaType, text } = answerOf(asked, {}, say);
  expect([standard, JSON.parse(text)]).toEqual([null, asked]);
  expect(mediaType).toContain('json');
});
