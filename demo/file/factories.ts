import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { PostAnswer } from '../../src/contexts/bonded/books/contract.ts';
import type { LedgerInput } from '../../src/contexts/bonded/contract.ts';
import { FACTORIES } from '../generate/generate.ts';
import { parseTable } from '../table.ts';
import { unlessDone } from './client.ts';
import { count } from './count.ts';
import { fileWriteOffs, type WriteOffPeople } from './write-off.ts';

const PER_REQUEST = { events: 500, papers: 1_000 } as const;
const REGISTERED_AT = '2026-06-24T02:00:00.000Z';
const APPROVED_AT = '2026-06-26T06:30:00.000Z';
const COUNT_ID = '2026-Q3';

/** Who sends for a factory, who signs and pays for it, and who answers for its office. */
interface FactoryPeople extends WriteOffPeople {
  readonly complain: (sentence: string) => void;
}

/**
 * Files the quarter of one factory as its ERP would: the ledger and its lists, every work order, the
 * papers of gates and scales, the count of the last day, and what follows of it for write-off. All of it may be
 * sent again without harm.
 */
export async function fileFactory(
  folder: string,
  ledger: string,
  people: FactoryPeople,
): Promise<void> {
  const { erp, officer, complain } = people;
  const text = (name: string) => readFile(join(folder, FACTORIES, ledger, name), 'utf8');
  const table = async (name: string) => parseTable(await text(name));
  const at = `/api/bonded/ledgers/${ledger}`;
  const registered = JSON.parse(await text('ledger.json')) as LedgerInput;
  await erp.post('/api/bonded/ledgers', { ledger: registered, occurredAt: REGISTERED_AT });
  await unlessDone(() =>
    officer.post(`${at}/answer`, { approve: true, note: '', occurredAt: APPROVED_AT }),
  );
  await erp.post(`${at}/parts`, { parts: await table('parts.csv') });
  await erp.post(`${at}/consumption`, { consumption: await table('consumption.csv') });
  for (const batch of batches(await text('events.ndjson'), PER_REQUEST.events)) {
    const { answers } = await erp.post<z.infer<typeof PostAnswer>>(
      `${at}/events`,
      `{"events":[${batch.join(',')}]}`,
    );
    for (const { event, outcome, problems } of answers) {
      if (outcome === 'refused') complain(`${ledger} ${event} refused: ${problems[0]?.code ?? ''}`);
    }
  }
  for (const batch of batches(await text('papers.ndjson'), PER_REQUEST.papers)) {
    await erp.post(`${at}/papers`, `{"papers":[${batch.join(',')}]}`);
  }
  const tags = await table('count.csv');
  await count(erp, `${at}/stocktakes`, { id: COUNT_ID, name: '三季度末盘点', tags });
  await fileWriteOffs(ledger, COUNT_ID, people);
}

function batches(text: string, size: number): string[][] {
  const lines = text.split('\n').filter((line) => line !== '');
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, index) =>
    lines.slice(index * size, (index + 1) * size),
  );
}
