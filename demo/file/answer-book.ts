import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ANSWERS_FILE, type Answer } from '../answers.ts';

/**
 * The sealed answers, opened one consignment at a time by the demo examiner when it stands before
 * that consignment. Nothing else asks, so nothing the port decides can have come from here.
 */
export interface AnswerBook {
  lookUp(id: string): Answer | null;
}

export async function openAnswerBook(folder: string): Promise<AnswerBook> {
  const sealed = new Map<string, string>();
  const stream = createReadStream(join(folder, ANSWERS_FILE), 'utf8');
  for await (const line of createInterface({
    input: stream,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    // The id comes first in every row, so that a row can be found without being read.
    const id = /^\{"id":"([^"]+)"/.exec(line)?.[1];
    if (id) sealed.set(id, line);
  }
  return {
    lookUp(id) {
      const line = sealed.get(id);
      return line === undefined ? null : (JSON.parse(line) as Answer);
    },
  };
}
