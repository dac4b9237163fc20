import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { randomFor } from '../../demo/generate/random.ts';
import { createIdentifier } from '../../src/contexts/chemicals/identify/identifier.ts';
import { readListFile, toSource } from '../../src/contexts/chemicals/lists/folder.ts';
import { slip } from './noise.ts';
import { DATA } from './sources.ts';

/** Variants of proper shipping names, as papers have them, and how often the first answer has the UN number. */
export async function shippingHits(
  count: number,
  log: (line: string) => void,
): Promise<Record<string, number>> {
  const file = await findTable(process.env[DATA]);
  if (!file) {
    log(`Shipping names need the table in ${DATA}: not measured.`);
    return {};
  }
  const table = await readListFile(file);
  const identifier = createIdentifier([toSource(table)]);
  const random = randomFor('shipping', 'names');
  const rows = table.rows.filter(({ un, names }) => un !== null && (names[0] ?? '').length > 4);
  const numbers = new Map<string, Set<string>>();
  for (const { un, names } of rows)
    for (const name of names) numbers.set(name, (numbers.get(name) ?? new Set()).add(un ?? ''));
  let hits = 0;
  for (let i = 0; i < count; i += 1) {
    const name = random.pick(rows).names[0] ?? '';
    const variant = vary(name, random);
    const [first] = identifier.shippingNamesLike(variant, 1);
    if (first && numbers.get(name)?.has(first.un)) hits += 1;
    else if (i < 400) log(`shipping: ${variant} → ${first?.name ?? 'nothing'} (${name})`);
  }
  return { shipping_variants: count, shipping_hit_at_1: hits / count };
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
