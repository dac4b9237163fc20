import { type Identify, remembering } from './detectors/goods-text.ts';
import { createIdentifier } from './identify/identifier.ts';
import { listFilesIn, readListFile, toSource } from './lists/folder.ts';
import { keptMark, readKept } from './lists/kept.ts';
import type { SourceList } from './lists/knowledge.ts';
import { shippedLists } from './lists/shipped.ts';

/** Where lists are taken from, beside those that come with the platform. */
export interface ListPlaces {
  /** The folder of the lists loaded with `jianghai reference load`. */
  readonly kept?: string;
  /** Files and folders named for this one time. */
  readonly files?: readonly string[];
  readonly folder?: string;
}

/** The lists of all places: ours first, then those loaded, then those named; and what was set aside of them. */
export async function gatherLists(places: ListPlaces): Promise<{
  lists: SourceList[];
  told: { file: string; list: string; rows: number; setAside: number }[];
}> {
  const lists = shippedLists();
  const told: { file: string; list: string; rows: number; setAside: number }[] = [];
  if (places.kept) lists.push(...(await readKept(places.kept)));
  const named = [
    ...(places.folder ? await listFilesIn(places.folder) : []),
    ...(places.files ?? []),
  ];
  const read = [];
  for (const file of named) read.push(await readListFile(file));
  // A legal list names a substance better than a register of a hundred thousand.
  const trust = [
    'cn_hazardous',
    'clp',
    'un_dangerous_goods',
    'cus',
    'tariff',
    'names',
    'ec_inventory',
  ];
  read.sort((a, b) => trust.indexOf(a.list) - trust.indexOf(b.list));
  for (const one of read) {
    lists.push(toSource(one));
    told.push({ file: one.file, list: one.list, rows: one.rows.length, setAside: one.setAside });
  }
  return { lists, told };
}

/** What names goods in a running server: by our lists and those of its data folder, taken up anew after each load. */
export async function openIdentifying(kept: string): Promise<{
  readonly identify: Identify;
  /** Takes up lists that were loaded since, by this or another process; answers whether there were any. */
  catchUp(): Promise<boolean>;
}> {
  const open = async (): Promise<Identify> =>
    remembering(createIdentifier((await gatherLists({ kept })).lists).identify);
  let mark = await keptMark(kept);
  let identify = await open();
  return {
    identify: (text) => identify(text),
    async catchUp() {
      // Looked at before the lists are read: a load in between is taken up by the next look.
      const now = await keptMark(kept);
      if (now === mark) return false;
      identify = await open();
      mark = now;
      return true;
    },
  };
}
