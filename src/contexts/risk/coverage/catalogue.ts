import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Label } from '../../facts/index.ts';
import { RiskPoint } from './contract.ts';

const Catalogue = z.strictObject({
  version: z.iso.date(),
  note: Label,
  points: z.array(RiskPoint.strict()),
});

/** The points the project proposes; whoever uses them amends them, and their history says so. */
export const SHIPPED_CATALOGUE = new URL('./catalogue.json', import.meta.url);

export function loadCatalogue(file: string | URL = SHIPPED_CATALOGUE): z.infer<typeof Catalogue> {
  return Catalogue.parse(JSON.parse(readFileSync(file, 'utf8')));
}
