import { z } from 'zod';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { parseInput } from '../../../platform/input.ts';
import type { Standard } from '../reading/standard.ts';
import type { Document } from '../reading/table.ts';
import { STANDARDS } from '../standards/index.ts';

const Asked = z.object({
  standard: z.string().max(40),
  document: z.record(z.string(), z.unknown()),
});

/** Writers by the name of the standard, as `read` gives it. */
const WRITERS = new Map(STANDARDS.flatMap(writersOf));

function writersOf(standard: Standard): [string, (document: Document) => string][] {
  const forms =
    standard.syntax === 'edifact'
      ? [{ name: standard.type, write: standard.write }]
      : Object.values(standard.forms).map(({ standard: name, write }) => ({ name, write }));
  return forms.flatMap(({ name, write }) => (write ? [[name, write]] : []));
}

/** The standards an answer can be written in. */
export const WRITTEN: readonly string[] = [...WRITERS.keys()];

/** A message for `{standard, document}` as JSON: receipts, releases, postings and rejections. */
export function writeMessage(json: string): string {
  const { standard, document } = parseInput(Asked, parsed(json));
  const write = WRITERS.get(standard);
  if (!write) {
    throw new Refused('invalid', {
      code: 'messages.not_written',
      path: 'standard',
      seen: seen(standard),
      params: { known: WRITTEN.join(', ') },
    });
  }
  return write(document);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Refused('invalid', { code: 'messages.not_json', seen: seen(json) });
  }
}
