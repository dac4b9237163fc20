// A partner that has no program to speak HTTP puts files into a folder and finds its answers in another. A file
// is taken when it is whole, once in effect however often it comes, and the machine may die at any moment.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bill, voyage } from '../../src/contexts/cargo/manifests/fixtures.ts';
import { BROKER } from '../../src/contexts/clearance/fixtures.ts';
import { inTransaction } from '../../src/platform/postgres/transaction.ts';
import { decMessage, sas121 } from './messages-written.ts';
import { openPort, type StoryPort } from './port.ts';

const AT = '/api/trade-messages';
const root = mkdtempSync(join(tmpdir(), 'jianghai-folder-'));
const at = (folder: string, name = '') => join(root, BROKER, folder, name);
const TERMS = { mustSign: false, answersSignedWith: 'SM2-SM3', folderPost: 'declarant.post' };

let port: StoryPort;
beforeAll(async () => {
  port = await openPort({ messagesFolder: root });
  await port.done('operator', 'PUT', `${AT}/connections/${BROKER}`, TERMS);
  await rounds(1);
});
afterAll(async () => {
  await port?.close();
  rmSync(root, { recursive: true, force: true });
});

/** So many looks into the folder; what is new is taken in the second. */
async function rounds(count = 2): Promise<number> {
  let taken = 0;
  for (let n = 0; n < count; n++) taken += (await port.platform.messages.watch?.now()) ?? 0;
  return taken;
}
const inside = (folder: string): string[] => readdirSync(at(folder)).sort();
const declarations = async (): Promise<number> =>
  (await port.done('declarant', 'GET', '/api/declarations?limit=200')).rows.length;

test('a whole file is filed, answered and put away; half of one waits until it is whole', async () => {
  const message = decMessage('F-1', 'COSU-F-1');
  writeFileSync(at('in', 'one.xml.part'), message);
  writeFileSync(at('in', 'two.xml'), message.slice(0, 500));
  expect(await rounds(1)).toBe(0);
  // It grows between two looks, and so it is not whole.
  writeFileSync(at('in', 'two.xml'), decMessage('F-2', 'COSU-F-2'));
  expect(await rounds(1)).toBe(0);
  renameSync(at('in', 'one.xml.part'), at('in', 'one.xml'));
  expect(await rounds()).toBe(2);
  expect([inside('in'), inside('done'), inside('refused')]).toEqual([
    [],
    ['one.xml', 'two.xml'],
    [],
  ]);
  expect(inside('out')).toEqual(
    ['one', 'two'].flatMap((name) => [`${name}.xml.answer.xml`, `${name}.xml.answer.xml.sig`]),
  );
  expect(readFileSync(at('out', 'one.xml.answer.xml'), 'utf8')).toContain(
    '<ClientSeqNo>F-1</ClientSeqNo>',
  );
  expect(readFileSync(at('out', 'one.xml.answer.xml.sig'), 'utf8')).toMatch(
    /^algorithm=SM2-SM3; key=/,
  );
  expect(await declarations()).toBe(2);
});

test('the same file twice is one declaration; half a file that stays is refused, and its mended self taken', async () => {
  const message = decMessage('F-1', 'COSU-F-1');
  writeFileSync(at('in', 'one.xml'), message);
  writeFileSync(at('in', 'other-name.xml'), message);
  writeFileSync(at('in', 'half.xml'), decMessage('F-3', 'COSU-F-3').slice(0, 700));
  expect(await rounds()).toBe(3);
  expect(inside('refused')).toEqual(['half.xml']);
  expect(await declarations()).toBe(2);
  writeFileSync(at('in', 'half.xml'), decMessage('F-3', 'COSU-F-3'));
  await rounds();
  expect(await declarations()).toBe(3);
  expect(inside('done').filter((name) => name.startsWith('one.xml'))).toHaveLength(2);
});

test('what is no file of theirs is not read, and what is too long is refused unread', async () => {
  const secret = join(root, 'secret');
  writeFileSync(secret, decMessage('F-SECRET', 'COSU-F-9'));
  symlinkSync(secret, at('in', 'link.xml'));
  execFileSync('mkfifo', [at('in', 'pipe.xml')]);
  writeFileSync(at('in', 'huge.xml'), '');
  truncateSync(at('in', 'huge.xml'), 1024 ** 3);
  expect(await rounds(3)).toBe(1);
  expect(inside('in')).toEqual(['link.xml', 'pipe.xml']);
  const { refusals } = JSON.parse(readFileSync(at('out', 'huge.xml.answer.json'), 'utf8'));
  expect(refusals).toMatchObject([{ code: 'messages.too_large_for_folder', seen: '1073741824' }]);
  for (const name of inside('in')) rmSync(at('in', name));
  expect((await port.done('declarant', 'GET', `${AT}?q=F-SECRET`)).rows).toEqual([]);
});

test('who must sign is waited for, and refused without', async () => {
  await port.done('operator', 'PUT', `${AT}/connections/${BROKER}`, { ...TERMS, mustSign: true });
  writeFileSync(at('in', 'bare.xml'), decMessage('F-4', 'COSU-F-4'));
  expect(await rounds(5)).toBe(0);
  writeFileSync(at('in', 'bare.xml.sig'), 'algorithm=SM2-SM3; value=MEUCIQDxMEUCIQDx');
  expect(await rounds(1)).toBe(1);
  expect(inside('refused')).toContain('bare.xml.sig');
  const answer = JSON.parse(readFileSync(at('out', 'bare.xml.answer.json'), 'utf8'));
  expect(answer).toMatchObject({
    outcome: 'refused',
    problems: [{ code: 'messages.signature_key_unknown' }],
  });
  writeFileSync(at('in', 'bare2.xml'), decMessage('F-5', 'COSU-F-5'));
  expect(await rounds(15)).toBe(1);
  expect(readFileSync(at('out', 'bare2.xml.answer.json'), 'utf8')).toContain('signature_missing');
  await port.done('operator', 'PUT', `${AT}/connections/${BROKER}`, TERMS);
});

test('an answer asked for again is found in the folder', async () => {
  const { rows } = await port.done('declarant', 'GET', `${AT}?q=F-1`);
  const [{ id }] = rows;
  const asked = await port.done('declarant', 'POST', `${AT}/${id}/resend`, { id: 'again' });
  expect(asked.resent).toMatchObject([{ to: 'folder', sentAt: null }]);
  await rounds(1);
  const name = `${id}.again.answer.xml`;
  expect(readFileSync(at('out', name), 'utf8')).toContain('<ClientSeqNo>F-1</ClientSeqNo>');
  const detail = await port.done('declarant', 'GET', `${AT}/${id}`);
  expect(detail.resent).toMatchObject([{ id: 'again', sentAt: expect.any(String) }]);
});

test('what becomes of a passport later is put into the folder as well', async () => {
  const plate = '沪A90001';
  const vehicle = { plate, organisation: BROKER, tareKg: '5000', kind: 'van' };
  await port.done('declarant', 'PUT', '/api/vehicles', vehicle);
  writeFileSync(at('in', 'gate.xml'), sas121('GP-9', 'COSU-F-90', plate));
  await rounds();
  expect(readFileSync(at('out', 'gate.xml.answer.xml'), 'utf8')).toContain(
    '<DealFlag>0</DealFlag>',
  );
  // It waits for the manifest; when that comes, nobody has to ask.
  const consignee = { uscc: BROKER, name: '上海江海报关有限公司', country: 'CN' };
  const manifest = voyage('M-90', [bill('COSU-F-90', { consignee })]);
  await port.done('carrier', 'POST', '/api/manifests', manifest);
  await port.platform.followers.catchUp();
  await rounds(1);
  const { rows } = await port.done('declarant', 'GET', `${AT}?q=GP-9`);
  const [news] = inside('out').filter((name) => name.startsWith(`${rows[0].id}.event-`));
  expect(readFileSync(at('out', news), 'utf8')).toMatch(/<SAS221>.*<manageResult>1</s);
});

test('a server killed between filing and putting away leaves nothing lost and nothing doubled', async () => {
  const before = await declarations();
  writeFileSync(at('in', 'killed.xml'), decMessage('F-6', 'COSU-F-6'));
  const filed = async () => (await port.done('declarant', 'GET', `${AT}?q=F-6`)).rows.length;
  const watcher = fileURLToPath(new URL('./messages-watcher.ts', import.meta.url));
  const told = [port.databaseUrl, port.folder, root];
  await inTransaction(port.db, async (tx) => {
    // While this is held no answer can be signed: the other server files the message, and gets no further.
    await sql`lock table messages.port_key in access exclusive mode`.execute(tx);
    const child = spawn(process.execPath, ['--import', 'tsx', watcher, ...told], {
      stdio: 'inherit',
    });
    const ended = once(child, 'exit');
    await expect.poll(filed, { timeout: 100_000, interval: 100 }).toBe(1);
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
  });
  expect([inside('in'), existsSync(at('done', 'killed.xml'))]).toEqual([['killed.xml'], false]);

  expect(await rounds()).toBe(1);
  expect([inside('in'), existsSync(at('done', 'killed.xml'))]).toEqual([[], true]);
  expect(existsSync(at('out', 'killed.xml.answer.xml'))).toBe(true);
  expect([await declarations(), await filed()]).toEqual([before + 1, 1]);
}, 120_000);
