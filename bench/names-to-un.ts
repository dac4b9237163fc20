import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { randomFor } from '../demo/generate/random.ts';
import { createIdentifier } from '../src/contexts/chemicals/identify/identifier.ts';
import { readListFile, toSource } from '../src/contexts/chemicals/lists/folder.ts';
import type { Bench } from './bench.ts';
import { slip } from './identify/noise.ts';
import { DATA } from './identify/sources.ts';

const VARIANTS = 1_500;

/** Proper shipping names as papers have them, and how often the first answer has the UN number. */
export const namesToUn: Bench = {
  name: 'names-to-un',
  about: 'Variants of proper shipping names of the dangerous-goods table, and the UN number found.',
  async run({ quick, log }) {
    const file = await findTable(process.env[DATA]);
    if (!file) {
      log(`Shipping names need the table in ${DATA}: not measured.`);
      return { figures: {}, peers: {}, ratios: {} };
    }
    const { rows, numbers, identifier } = await readTable(file);
    const random = randomFor('shipping', 'names');
    const variants = quick ? 60 : VARIANTS;
    let hits = 0;
    for (let i = 0; i < variants; i += 1) {
      const name = random.pick(rows);
      const variant = vary(name, random);
      const [first] = identifier.shippingNamesLike(variant, 1);
      if (first && numbers.get(name)?.has(first.un)) hits += 1;
      else log(`${variant} → ${first?.name ?? 'nothing'} (${name})`);
    }
    return { figures: { variants, hit_at_1: hits / variants }, peers: {}, ratios: {} };
  },
};

/** The names of the table's rows, every number each of them stands for, and who looks them up. */
async function readTable(file: string) {
  const table = await readListFile(file);
  const numbers = new Map<string, Set<string>>();
  for (const { un, names } of table.rows) {
    for (const name of un === null ? [] : names) {
      numbers.set(name, (numbers.get(name) ?? new Set()).add(un ?? ''));
    }
  }
  const rows = table.rows.flatMap(({ un, names: [name = ''] }) =>
    un !== null && name.length > 4 ? [name] : [],
  );
  return { rows, numbers, identifier: createIdentifier([toSource(table)]) };
}

/** Another order, capitals, British spelling, plural, a slip, or without what is in brackets. */
function vary(name: string, random: ReturnType<typeof randomFor>): string {
  switch (random.int(6)) {
    case 0:
      return name.toUpperCase();
    case 1:
      return name.includes(', ') ? name.split(', ').reverse().join(' ') : name.toLowerCase();
    case 2:
      return name.replace(/sulf/gi, 'sulph').replace(/aluminum/gi, 'aluminium');
    case 3:
      return name.replaceAll(/[,.;()]/g, ' ').replace(/ +/g, ' ');
    case 4:
      return slip(name, random);
    default:
      return name.replace(/\bn\.o\.s\.?/i, 'NOS').replace(/ and /g, ' & ');
  }
}

async function findTable(folder: string | undefined): Promise<string | null> {
  if (!folder || !existsSync(folder)) return null;
  const files = await readdir(folder, { recursive: true });
  const file = files.find((name) => /hmt\.csv$/.test(name));
  return file ? join(folder, file) : null;
}
