import type { LedgerEvent } from '../contract.ts';
import { LedgerMapping, type LedgerMappingInput } from './contract.ts';
import { readEvents } from './events.ts';
import type { Explode } from './explosion.ts';
import type { RefusedRow } from './rows.ts';

/** A small MES: one row per line of an issue, several of one slip. */
export const issuesMapping = (changes: Partial<LedgerMappingInput> = {}): LedgerMapping =>
  LedgerMapping.parse({
    ...{
      name: 'issues',
      version: 1,
      label: { zh: '领料', en: 'Issues' },
      source: 'made for a test',
    },
    columns: {
      ...{ slip: ['Slip', '领料单'], at: 'At', wo: 'WO', part: 'Part', qty: 'Qty', move: 'Move' },
    },
    make: [
      {
        fields: {
          ...{ id: '{slip}', occurredAt: '{at}', order: '{wo}', part: '{part}', quantity: '{qty}' },
          kind: { from: '{move}', codes: { '261': 'issued', '262': 'returned', '311': null } },
        },
      },
    ],
    ...changes,
  });

/** A whole file, read. */
export async function readAll(
  file: string,
  mapping: LedgerMapping,
  explode: Explode | null = null,
) {
  const events: (LedgerEvent & { readonly line: number })[] = [];
  const refused: RefusedRow[] = [];
  let [rows, passedOver] = [0, 0];
  for await (const batch of readEvents(file, mapping, explode)) {
    for (const { line, value } of batch.events) events.push({ line, ...value });
    refused.push(...batch.refused);
    rows += batch.rows;
    passedOver += batch.passedOver;
  }
  return { events, refused, rows, passedOver };
}
