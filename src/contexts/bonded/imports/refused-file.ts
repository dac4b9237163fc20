import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Refusal } from '../../../kernel/refusal.ts';
import { csvLine, harmless } from '../../pool/index.ts';
import type { RefusedRow } from './rows.ts';

export type Say = (refusal: Refusal) => { readonly zh: string; readonly en: string };

/** How often each thing was wrong, and the first that was. */
export interface RefusedCount {
  readonly times: number;
  readonly first: Omit<RefusedRow, 'row'>;
}

/** Where refused rows go while the good ones go on: each with its line, what was seen, and what to do. */
export interface RefusedFile {
  write(rows: readonly RefusedRow[]): Promise<void>;
  /** Ends the file; with nothing refused there is none. */
  end(): Promise<{ rows: number; counts: readonly RefusedCount[] }>;
}

/** Where in a request or an event it stood: the same thing wrong with another of them is the same thing. */
const PLACE = /\[\d+\]/g;

/** One line for each thing that is wrong: a row may be wrong in several ways, and counts once. */
export function createRefusedFile(path: string, say: Say): RefusedFile {
  const counts = new Map<string, { times: number; readonly first: RefusedCount['first'] }>();
  const lines = new Set<number>();
  let stream: WriteStream | null = null;
  let done: Promise<void> = Promise.resolve();

  function open(): WriteStream {
    const opened = createWriteStream(path);
    done = finished(opened);
    // A failure is told where the file is ended; here it only must not end the process.
    done.catch(() => undefined);
    opened.write(`\uFEFF${csvLine(['line', 'column', 'seen', 'code', 'zh', 'en', 'row'])}`);
    return opened;
  }

  return {
    async write(refused) {
      if (refused.length === 0) return;
      stream ??= open();
      let text = '';
      for (const { row, ...first } of refused) {
        const { line, column, seen, code, params } = first;
        lines.add(line);
        const key = `${code} ${column.replaceAll(PLACE, '[]')}`;
        const count = counts.get(key) ?? { times: 0, first };
        count.times += 1;
        counts.set(key, count);
        const { zh, en } = say({ code, seen, params: { column, line, ...params } });
        text += csvLine([line, ...[column, seen, code, zh, en, row].map(harmless)]);
      }
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done]);
    },
    async end() {
      stream?.end();
      await done;
      return { rows: lines.size, counts: [...counts.values()].sort((a, b) => b.times - a.times) };
    },
  };
}
