import { readFile } from 'node:fs/promises';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Fact } from '../../facts/index.ts';
import type { SoundReading } from './events.ts';
import { readContent } from './reading.ts';

/** Rules of a file, one a line; empty lines and those that begin with `//` are not rules. */
export async function readRuleLines(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('//'));
}

/** What the language makes of texts that belong to no port, and so know no lists; all problems at once. */
export function readTexts(
  texts: readonly string[],
  facts: ReadonlyMap<string, Fact>,
): Omit<SoundReading, 'version'>[] {
  if (texts.length === 0) throw new Refused('invalid', { code: 'risk.backtest_no_rules' });
  const everywhere = { offices: [], directions: [], modes: [] };
  const refusals: Refusal[] = [];
  const rules = texts.flatMap((text) => {
    const { sound, problems } = readContent(text, everywhere, { facts, lists: new Map() });
    for (const { code, from, to, params } of problems) {
      refusals.push({ code, path: text, params: { ...params, from, to } });
    }
    return sound ? [sound] : [];
  });
  if (refusals.length > 0) throw new Refused('invalid', refusals);
  return rules;
}
