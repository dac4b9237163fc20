import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { LocalDate } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Role } from './columns.ts';
import { differenceOf, type ListDifference } from './difference.ts';
import type { SourceList } from './knowledge.ts';
import { type ListRow, readList } from './read-list.ts';

/** A version of an official list as it is kept in the data folder, waiting or in force. */
const KeptFile = z.object({
  list: z.string(),
  source: z.string(),
  version: z.string(),
  from: z.string(),
  rows: z.number().int(),
  setAside: z.number().int(),
  sha256: z.string(),
  file: z.string(),
  mapping: z.record(z.string(), z.string()),
});
/** A version that waits for somebody other than whoever brought it. */
const ProposedList = KeptFile.extend({
  proposedAt: z.string(),
  proposedBy: z.string(),
  /** The post of whoever brought it; `null` for the command line. */
  post: z.string().nullable(),
});
export type ProposedList = z.infer<typeof ProposedList>;

const KeptList = KeptFile.extend({
  /** First day a later version holds instead. */
  to: z.string().nullable(),
  loadedAt: z.string(),
  /** Who brought it and who put it in force; nobody for a version loaded at once on the command line. */
  proposedBy: z.string().optional(),
  approvedBy: z.string().optional(),
});
export type KeptList = z.infer<typeof KeptList>;

/** What is said of a version beside its text. */
interface ListVersionSaid {
  readonly list: string;
  readonly source: string;
  readonly version: string;
  readonly from: LocalDate;
  readonly mapping?: Readonly<Partial<Record<Role, string>>>;
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

const IN_FORCE = 'lists.json';
const PROPOSED = 'proposed.json';

/** The official lists kept in a folder, in the order they were loaded. */
export const keptLists = (folder: string): Promise<KeptList[]> =>
  readAll(folder, IN_FORCE, z.array(KeptList));
/** The versions that wait, at most one of each list. */
export const proposedLists = (folder: string): Promise<ProposedList[]> =>
  readAll(folder, PROPOSED, z.array(ProposedList));

async function readAll<T>(folder: string, name: string, schema: z.ZodType<T[]>): Promise<T[]> {
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** What tells one state of the kept lists from another without reading them: every load writes it anew. */
export async function keptMark(folder: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(join(folder, IN_FORCE));
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The kept lists with their rows; a version that a later one succeeds ends that day. */
export async function readKept(folder: string): Promise<SourceList[]> {
  const lists: SourceList[] = [];
  for (const kept of await keptLists(folder)) {
    const { list, source, version, from, to } = kept;
    const rows = await rowsOf(folder, kept);
    lists.push({ ...{ list, source, version, from, to, foundation: 'official' }, rows });
  }
  return lists;
}

/** The rows of a version as it was kept. */
export async function rowsOf(
  folder: string,
  { file, mapping }: Pick<KeptList, 'file' | 'mapping'>,
): Promise<readonly ListRow[]> {
  const text = (await promisify(gunzip)(await readFile(join(folder, file)))).toString('utf8');
  return readList(text, mapping as Partial<Record<Role, string>>).rows;
}

/**
 * Keeps a version of a list, from the day it takes effect. What it changes is told; with `dryRun` it is only
 * told. The same file again changes nothing, and a version older than the one in force is refused: the past
 * is judged by what was loaded for it.
 */
export async function keepList(
  folder: string,
  { text, said, dryRun = false }: ListText & { readonly dryRun?: boolean },
  clock: Clock,
): Promise<ListLoaded> {
  const { loaded, file } = await compared(folder, { text, said });
  if (loaded.isKnown || dryRun) return loaded;
  await writeText(folder, file.file, text);
  await succeed(folder, { ...file, to: null, loadedAt: clock.now() });
  return loaded;
}

/** A text read as a list, and what is said of it. */
interface ListText {
  readonly text: string;
  readonly said: ListVersionSaid;
}

/** Keeps a version that waits: nothing goes by it until somebody else puts it in force. A newer one takes its place. */
export async function proposeList(
  folder: string,
  { text, said }: ListText,
  by: Pick<ProposedList, 'proposedBy' | 'post' | 'proposedAt'>,
): Promise<ListLoaded> {
  const { loaded, file } = await compared(folder, { text, said });
  if (loaded.isKnown) return loaded;
  await writeText(folder, file.file, text);
  const others = (await proposedLists(folder)).filter(({ list }) => list !== said.list);
  await writeWhole(join(folder, PROPOSED), [...others, { ...file, ...by }]);
  return loaded;
}

/** Puts a waiting version in force from its day, if no newer one came in between. */
export async function acceptList(
  folder: string,
  { post: _, proposedAt: __, ...proposed }: ProposedList,
  approvedBy: string,
  clock: Clock,
): Promise<void> {
  const current = latestOf(await keptLists(folder), proposed.list);
  refuseOlder(current, proposed);
  await succeed(folder, { ...proposed, approvedBy, to: null, loadedAt: clock.now() });
  await forget(folder, proposed);
}

/** Takes a waiting version away; its text goes unless a version in force is the same. */
export async function rejectList(folder: string, proposed: ProposedList): Promise<void> {
  await forget(folder, proposed);
  const isKept = (await keptLists(folder)).some(({ file }) => file === proposed.file);
  if (!isKept) await rm(join(folder, proposed.file), { force: true });
}

async function forget(folder: string, { list }: Pick<ProposedList, 'list'>): Promise<void> {
  const others = (await proposedLists(folder)).filter((each) => each.list !== list);
  await writeWhole(join(folder, PROPOSED), others);
}

/** The version of a list that was put in force last. */
export const latestOf = (all: readonly KeptList[], list: string): KeptList | null =>
  all.filter((each) => each.list === list).at(-1) ?? null;

async function compared(folder: string, { text, said }: ListText) {
  const { list, source, version, from, mapping = {} } = said;
  const read = readList(text, mapping);
  if (read.rows.length === 0)
    throw new Refused('invalid', { code: 'chemicals.nothing_to_load', seen: `${list} ${version}` });
  const current = latestOf(await keptLists(folder), list);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const before = current ? await rowsOf(folder, current) : [];
  const { setAside, rejects } = read;
  const rows = read.rows.length;
  const loaded: ListLoaded = {
    ...{ list, version, from, rows, setAside, rejects },
    difference: differenceOf(before, read.rows),
    isKnown: current?.sha256 === sha256,
  };
  if (!loaded.isKnown) refuseOlder(current, said);
  const file = {
    ...{ list, source, version, from, rows, setAside, sha256 },
    ...{
      file: `${list}-${sha256.slice(0, 16)}.gz`,
      mapping: { ...mapping } as KeptList['mapping'],
    },
  };
  return { loaded, file };
}

function refuseOlder(
  current: KeptList | null,
  { list, version, from }: Pick<KeptList, 'list' | 'version' | 'from'>,
): void {
  if (!current || from > current.from) return;
  throw new Refused('conflict', {
    code: 'chemicals.list_older',
    seen: `${version}, ${from}`,
    params: { list, current: current.version, since: current.from },
  });
}

/** Adds a version, which ends the one before it. */
async function succeed(folder: string, kept: KeptList): Promise<void> {
  const all = await keptLists(folder);
  const current = latestOf(all, kept.list);
  const ended = all.map((one) => (one === current ? { ...one, to: kept.from } : one));
  await writeWhole(join(folder, IN_FORCE), [...ended, kept]);
}

async function writeText(folder: string, file: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, file), await promisify(gzip)(text));
}

/** Written beside and moved into place: a reader sees what was there before, or what is there now. */
async function writeWhole(path: string, all: readonly object[]): Promise<void> {
  await writeFile(`${path}.part`, `${JSON.stringify(all, null, 2)}\n`);
  await rename(`${path}.part`, path);
}
