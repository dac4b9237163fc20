import { timingSafeEqual } from 'node:crypto';
import type { Actor } from '../contexts/identity/index.ts';
import type { Secret } from '../platform/secret.ts';

/**
 * Who acts when somebody uses the command line on the machine itself. Whoever can read the data
 * folder's secret can read everything in it, so the command line is trusted with the same, and what
 * it does is on record under this name.
 */
export const COMMAND_LINE: Actor = {
  personId: 'commandLine',
  name: 'command line',
  postId: 'commandLine',
  organisationId: 'platform',
  roles: ['operator', 'riskAnalyst', 'auditor'],
  offices: [],
  mayBackdate: false,
  via: 'system',
};

/** The key by which a command shows the running server that it comes from the same data folder. */
export const commandLineKey = (secret: Secret): string =>
  secret.keyFor('command line').toString('hex');

/** Whether a request carries that key. */
export function comesFromCommandLine(headers: Headers, key: string): boolean {
  const shown = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const [a, b] = [Buffer.from(shown), Buffer.from(key)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
