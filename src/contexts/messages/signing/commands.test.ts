// Who has no library for SM2 signs and verifies at the command line: what it signs it verifies, and it says no with
// an exit code when a byte has changed, or the key is another's.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { privateKeyFrom } from './algorithm.ts';
import { type SigningCommandDeps, signCommand, verifyCommand } from './commands.ts';
import { toPem } from './key.ts';

const folder = mkdtempSync(join(tmpdir(), 'jianghai-sign-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const pair = (name: string, key: ReturnType<typeof privateKeyFrom>) => ({
  secret: file(`${name}.pem`, key?.export({ format: 'pem', type: 'pkcs8' }).toString() ?? ''),
  open: file(`${name}.pub`, key ? toPem(createPublicKey(key)) : ''),
});
const sm2 = pair('sm2', privateKeyFrom('SM2-SM3', Buffer.alloc(32, 9)));
const rsa = pair('rsa', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);

async function run(command: typeof signCommand, ...args: string[]) {
  const said: string[] = [];
  let exitCode = 0;
  const deps: SigningCommandDeps = {
    print: (line) => said.push(line),
    setExitCode: (code) => {
      exitCode = code;
    },
    bytesOf: (name) => readFile(name),
  };
  await command(deps).parseAsync(args, { from: 'user' });
  return { said: said.join('\n'), exitCode };
}

test.each([
  ['SM2-SM3', sm2],
  ['RSA-PSS-SHA256', rsa],
  ['RSA-SHA256', rsa],
])('%s: signed, verified, and found out', async (algorithm, { secret, open }) => {
  const message = file('m.xml', '<DecMessage/>');
  const signed = await run(signCommand, message, '--key', secret, '--algorithm', algorithm);
  file('m.xml.sig', `${signed.said}\n`);
  const good = await run(verifyCommand, message, '--key', open, '--json');
  expect([JSON.parse(good.said).verified, good.exitCode]).toEqual([true, 0]);
  file('m.xml', '<DecMessage />');
  const bad = await run(verifyCommand, message, '--key', open, '--json');
  expect([JSON.parse(bad.said).verified, bad.exitCode]).toEqual([false, 1]);
  const other = algorithm === 'SM2-SM3' ? rsa : sm2;
  await expect(run(verifyCommand, message, '--key', other.open)).rejects.toThrow('key_unfit');
  await expect(run(signCommand, message, '--key', open)).rejects.toThrow('private_key_unreadable');
});
