import { localDateOf } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { DeclarationContent } from '../contract.ts';
import { drawSerialBlocks } from '../store.ts';

/** What the sequence counts by; the migration says the same. */
const BLOCK = 100;

/**
 * Serial numbers, drawn from the database by the hundred so that a filing does not ask for one. Two
 * servers never draw the same; what a server had drawn and not used when it stopped is skipped.
 */
export function createSerials(db: Db): (count: number) => Promise<number[]> {
  const drawn: number[] = [];
  return async (count) => {
    while (drawn.length < count) {
      const blocks = Math.ceil((count - drawn.length) / BLOCK);
      for (const first of await drawSerialBlocks(db, blocks)) {
        for (let n = 0; n < BLOCK; n += 1) drawn.push(first + n);
      }
    }
    return drawn.splice(0, count);
  };
}

/** 18 digits: office of declaration, year, 1 for import or 0 for export, serial (报关单号). */
export function declarationNumber(
  content: DeclarationContent,
  envelope: Envelope,
  serial: string,
): string {
  const year = localDateOf(envelope.occurredAt).slice(0, 4);
  const direction = content.ieFlag === 'I' ? '1' : '0';
  return `${content.declarationOffice}${year}${direction}${serial.padStart(9, '0')}`;
}
