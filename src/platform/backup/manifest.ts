import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Refused } from '../../kernel/refusal.ts';

const file = z.object({ path: z.string(), bytes: z.number(), sha256: z.string() });

/** What a backup holds: enough to check every byte of it before anything is touched. */
export const BackupManifest = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  migrations: z.array(z.object({ schema: z.string(), name: z.string(), sha256: z.string() })),
  tables: z.array(
    file.extend({
      schema: z.string(),
      table: z.string(),
      columns: z.array(z.string()),
      rows: z.number(),
    }),
  ),
  sequences: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      lastValue: z.string(),
      isCalled: z.boolean(),
    }),
  ),
  /** Files beside the database, by the name each place was given. */
  files: z.array(file.extend({ place: z.string() })),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

const MANIFEST = 'manifest.json';
const SEAL = 'manifest.sha256';

/** The manifest speaks for every other file; a hash beside it speaks for the manifest. */
export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFile(join(folder, MANIFEST), text, { flush: true });
  await writeFile(join(folder, SEAL), `${sealOf(text)}\n`, { flush: true });
}

export async function readManifest(folder: string): Promise<BackupManifest> {
  const [text, seal] = await Promise.all(
    [MANIFEST, SEAL].map((name) => readFile(join(folder, name), 'utf8').catch(() => null)),
  );
  if (typeof text !== 'string' || typeof seal !== 'string') {
    throw new Refused('invalid', { code: 'platform.not_a_backup', params: { folder } });
  }
  if (sealOf(text) !== seal.trim()) throw damaged(MANIFEST);
  return BackupManifest.parse(JSON.parse(text));
}

const sealOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export function damaged(path: string): Refused {
  return new Refused('invalid', { code: 'platform.backup_damaged', params: { file: path } });
}
