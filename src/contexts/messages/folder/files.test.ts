// Others write into these folders while we read them: nothing half is read, nothing of theirs is written through, and
// what came in the place of a file that was taken is not lost.
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  type FoundFile,
  findFiles,
  openPartnerFolder,
  type PartnerFolder,
  placeFile,
  putAway,
  readWhole,
} from './files.ts';

const root = mkdtempSync(join(tmpdir(), 'jianghai-files-'));
afterAll(() => rmSync(root, { recursive: true }));

let folder: PartnerFolder;
let n = 0;
beforeEach(async () => {
  n += 1;
  folder = await openPartnerFolder(root, `P${n}`);
});
const put = async (name: string, content: string): Promise<FoundFile> => {
  writeFileSync(join(folder.in, name), content);
  const found = (await findFiles(folder.in, 100)).find((file) => file.name === name);
  if (!found) throw new Error(`${name} was not found.`);
  return found;
};
const away = (file: FoundFile, mark = 'm1'): Promise<void> =>
  putAway({ folder: folder.in, to: folder.done, mark, ending: '.sig' }, file);

test('files that are passing by are not found', async () => {
  for (const name of [
    'a.xml',
    'b.xml.part',
    '.c.xml',
    'd.xml.sig',
    'e.TMP',
    `${'f'.repeat(210)}`,
  ]) {
    writeFileSync(join(folder.in, name), 'x');
  }
  symlinkSync('/etc/hosts', join(folder.in, 'g.xml'));
  expect((await findFiles(folder.in, 100)).map(({ name }) => name)).toEqual(['a.xml']);
});

test('a file that grew, or became a link, since it was looked at is not read', async () => {
  const { look } = await put('a.xml', 'half');
  const path = join(folder.in, 'a.xml');
  expect((await readWhole(path, look))?.toString()).toBe('half');
  appendFileSync(path, ' and half');
  expect(await readWhole(path, look)).toBeNull();
  rmSync(path);
  symlinkSync('/etc/hosts', path);
  expect(await readWhole(path, look)).toBeNull();
  rmSync(path);
  expect(await readWhole(path, look)).toBeNull();
});

test('an answer replaces what stands there, and follows no link that was laid for it', async () => {
  const victim = join(root, `victim${n}`);
  writeFileSync(victim, 'ours');
  symlinkSync(victim, join(folder.out, '.a.xml.tmp'));
  symlinkSync(victim, join(folder.out, 'a.xml'));
  await placeFile(folder.out, 'a.xml', 'answer');
  expect(readFileSync(victim, 'utf8')).toBe('ours');
  expect(readFileSync(join(folder.out, 'a.xml'), 'utf8')).toBe('answer');
  expect(lstatSync(join(folder.out, 'a.xml')).isFile()).toBe(true);
});

test('a file is put away with its signature, beside others of its name', async () => {
  for (const mark of ['m1', 'm2']) {
    const file = await put('a.xml', mark);
    writeFileSync(join(folder.in, 'a.xml.sig'), `signature ${mark}`);
    await away(file, mark);
  }
  const read = (name: string) => readFileSync(join(folder.done, name), 'utf8');
  expect(['a.xml', 'a.xml.sig', 'a.xml.m2', 'a.xml.m2.sig'].map(read)).toEqual([
    ...['m1', 'signature m1', 'm2', 'signature m2'],
  ]);
  expect(await findFiles(folder.in, 100)).toEqual([]);
});

test('another file that came under its name meanwhile is left to be taken in', async () => {
  const taken = await put('a.xml', 'first');
  rmSync(join(folder.in, 'a.xml'));
  writeFileSync(join(folder.in, 'a.xml'), 'second one');
  await away(taken);
  expect(readFileSync(join(folder.in, 'a.xml'), 'utf8')).toBe('second one');
  expect(existsSync(join(folder.done, 'a.xml'))).toBe(false);
  // Gone altogether, there is nothing to put away.
  rmSync(join(folder.in, 'a.xml'));
  await expect(away(taken)).resolves.toBeUndefined();
});
