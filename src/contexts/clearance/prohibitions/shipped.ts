import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ProhibitionRule } from './contract.ts';

const Shipped = z.object({
  source: z.string(),
  version: z.string(),
  rules: z.array(ProhibitionRule),
});

/** The rules that come with the platform: compiled by the project, not official, each with its law. */
export const shippedRules = (): z.infer<typeof Shipped> =>
  Shipped.parse(JSON.parse(readFileSync(new URL('./rules.json', import.meta.url), 'utf8')));
