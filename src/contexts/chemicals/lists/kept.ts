import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { LocalDate } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Role } from './columns.ts';
import { differenceOf, type ListDifference } from './difference.ts';
import { textOf } from './folder.ts';
import type { SourceList } from './knowledge.ts';
import { readList } from './read-list.ts';

/** A version of an official list as it is kept in the data folder. */
const KeptList = z.object({
  list: z.string(),
  source: z.string(),
  version: z.string(),
  from: z.string(),
  /** First day a later version holds instead. */
  to: z.string().nullable(),
  loadedAt: z.string(),
  rows: z.number().int(),
  setAside: z.number().int(),
  sha256: z.string(),
  file: z.string(),
  mapping: z.record(z.string(), z.string()),
});
export type KeptList = z.infer<typeof KeptList>;

export interface ListLoad {
  readonly list: string;
  readonly file: string;
  readonly source: string;
  readonly version: string;
  readonly from: LocalDate;
  readonly mapping?: Readonly<Partial<Record<Role, string>>>;
  readonly dryRun?: boolean;
}

/** What a load did, or in a dry run would do. */
export interface ListLoaded {
  readonly list: string;
  readonly version: string;
  readonly from: LocalDate;
  readonly rows: number;
  readonly setAside: number;
  readonly rejects: readonly Refusal[];
  readonly difference: ListDifference;
  /** The same file was loaded before: nothing was written. */
  readonly isKnown: boolean;
}

const MANIFEST = 'lists.json';

/** The official lists kept in a folder, in the order they were loaded. */
async function keptLists(folder: string): Promise<KeptList[]> {
  try {
    return z.array(KeptList).parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** What tells one state of the kept lists from another without reading them: every load writes it anew. */
export async function keptMark(folder: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(join(folder, MANIFEST));
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The kept lists with their rows; a version that a later one succeeds ends that day. */
export async function readKept(folder: string): Promise<SourceList[]> {
  const lists: SourceList[] = [];
  for (const kept of await keptLists(folder)) lists.push(await rowsOf(folder, kept));
  return lists;
}

async function rowsOf(folder: string, kept: KeptList): Promise<SourceList> {
  const text = (await promisify(gunzip)(await readFile(join(folder, kept.file)))).toString('utf8');
  const { list, source, version, from, to } = kept;
  return {
    ...{ list, source, version, from, to, foundation: 'official' },
    rows: readList(text, kept.mapping as Partial<Record<Role, string>>).rows,
  };
}

/**
 * Keeps a version of a list, from the day it takes effect. What it changes is told; with `dryRun` it is only
 * told. The same file again changes nothing, and a version older than the one in force is refused: the past
 * is judged by what was loaded for it.
 */
export async function keepList(folder: string, load: ListLoad, clock: Clock): Promise<ListLoaded> {
  const text = await textOf(load.file);
  const read = readList(text, load.mapping);
  if (read.rows.length === 0)
    throw new Refused('invalid', { code: 'chemicals.nothing_to_load', seen: load.file });
  const all = await keptLists(folder);
  const current = all.filter(({ list }) => list === load.list).at(-1) ?? null;
  const sha256 = createHash('sha256').update(text).digest('hex');
  const before = current ? (await rowsOf(folder, current)).rows : [];
  const { list, version, from } = load;
  const loaded: ListLoaded = {
    ...{
      list,
      version,
      from,
      rows: read.rows.length,
      setAside: read.setAside,
      rejects: read.rejects,
    },
    difference: differenceOf(before, read.rows),
    isKnown: current?.sha256 === sha256,
  };
  if (loaded.isKnown) return loaded;
  if (current && from <= current.from)
    throw new Refused('conflict', {
      code: 'chemicals.list_older',
      seen: `${version}, ${from}`,
      params: { list, current: current.version, since: current.from },
    });
  if (load.dryRun) return loaded;
  const file = `${list}-${sha256.slice(0, 16)}.gz`;
  const { source, mapping = {} } = load;
  const kept: KeptList = {
    ...{ list, source, version, from, to: null, loadedAt: clock.now(), sha256, file },
    ...{
      rows: loaded.rows,
      setAside: loaded.setAside,
      mapping: { ...mapping } as Record<string, string>,
    },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, file), await promisify(gzip)(text));
  const ended = all.map((one) => (one === current ? { ...one, to: from } : one));
  await writeWhole(join(folder, MANIFEST), `${JSON.stringify([...ended, kept], null, 2)}\n`);
  return loaded;
}

/** Written beside and moved into place: a reader sees the old list of lists or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
}
