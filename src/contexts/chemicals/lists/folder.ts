import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Refused } from '../../../kernel/refusal.ts';
import type { SourceList } from './knowledge.ts';
import { type ReadList, readList } from './read-list.ts';

/** A list unpacked may be no larger than this. */
const MAX_BYTES = 400 * 1024 * 1024;
const LIST_FILE = /\.(?:csv|tsv|txt|json)(?:\.gz)?$/i;

/** A file read as a list, and what was set aside of it. */
export interface ListFile extends ReadList {
  readonly file: string;
  readonly list: string;
}

/** Reads the text of a list's file, unpacking `.gz`; it must be UTF-8. */
export const textOf = async (file: string): Promise<string> =>
  textIn(await readFile(file), basename(file));

/** The text in the bytes of a list, unpacked; `name` is what it is called in a refusal. */
export async function textIn(bytes: Buffer, name: string): Promise<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    const plain = isPacked ? await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    throw new Refused('invalid', { code: 'chemicals.not_utf8', seen: name });
  }
}

export async function readListFile(file: string): Promise<ListFile> {
  const text = await textOf(file);
  return { file, list: kindOf(text), ...readList(text) };
}

/** The list files of a folder, in order of their names. */
export async function listFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => LIST_FILE.test(name))
    .sort()
    .map((name) => join(folder, name));
}

export const toSource = ({ file, list, rows }: ListFile): SourceList => ({
  ...{ list, source: basename(file), version: 'as read', from: null, to: null, rows },
  foundation: 'official',
});

/** Which list a file is, by its heading. */
export function kindOf(text: string): string {
  const start = text.slice(0, 2_000).normalize('NFKC').toLowerCase();
  const heading = start.split('\n')[0] ?? '';
  if (/index_no|h_codes/.test(heading)) return 'clp';
  if (/ec_name/.test(heading)) return 'ec_inventory';
  if (/propershippingname/.test(start) || /(^|,)psn(,|$)/.test(heading))
    return 'un_dangerous_goods';
  if (/序号/.test(heading) && /品名/.test(heading)) return 'cn_hazardous';
  if (/监管条件|检验检疫/.test(heading) || /^code10/.test(heading)) return 'tariff';
  if (/(^|,)cus(,|$)/.test(heading)) return 'cus';
  return 'names';
}
