import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { PublicKeys, type Verification } from './contract.ts';
import { verifyNotice } from './verify.ts';

interface Options {
  readonly keys: string;
  readonly revocations?: string;
  readonly json?: boolean;
}

/**
 * `jianghai release verify FILE|- --keys keys.json [--revocations list.json]`: works with no server, no
 * database and no network. Exits 1 when a verdict speaks against the notice.
 */
export function releaseCommand(deps: {
  readonly clock: Clock;
  readonly print: (line: string) => void;
  readonly setExitCode: (code: number) => void;
}): Command {
  const release = new Command('release').description('electronic release notices');
  release
    .command('verify')
    .description('verify a release notice with nothing but the files at hand')
    .argument('<file>', 'the signed notice; - reads it from standard input')
    .requiredOption('--keys <file>', 'the port’s public keys, from /api/releases/keys')
    .option('--revocations <file>', 'the revocation list, from /api/releases/revocations')
    .option('--json', 'print the verdicts as JSON')
    .action(async (file: string, options: Options) => {
      const signed = signedIn(file === '-' ? await readAll(process.stdin) : await read(file));
      const { revocations } = options;
      const verification = verifyNotice({
        signed,
        keys: keysIn(await read(options.keys), options.keys),
        revocations: revocations === undefined ? null : signedIn(await read(revocations)),
        at: deps.clock.now(),
      });
      if (!verification.holds) deps.setExitCode(1);
      if (options.json) return deps.print(JSON.stringify(verification));
      for (const line of sentences(verification)) deps.print(line);
    });
  return release;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new Refused('invalid', { code: 'cargo.release_file_unreadable', seen: file });
  }
}

/** The signed text itself, or a JSON answer of ours that has it under `signed`. */
function signedIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && value !== null && 'signed' in value)
      return String(value.signed);
  } catch {
    // Not JSON: the signed text as it stands.
  }
  return text.trim();
}

function keysIn(text: string, file: string): PublicKeys['keys'] {
  try {
    return PublicKeys.parse(JSON.parse(text)).keys;
  } catch {
    throw new Refused('invalid', { code: 'cargo.release_keys_unreadable', seen: file });
  }
}

const INTEGRITY: Record<Verification['integrity'], string> = {
  intact: 'unchanged since it was signed',
  changed: 'CHANGED after it was signed',
  unreadable: 'NOT a release notice',
};
const ISSUER: Record<Verification['issuer'], string> = {
  trusted: 'signed with a key of this port, in use at that time',
  unknownKey: 'signed with a key that is NOT among those given',
  outsideKeyDates: 'signed with a key of this port OUTSIDE the days it was in use',
  unreadable: 'unknown',
};
const STATUS: Record<Verification['status'], string> = {
  inForce: 'in force',
  revoked: 'REVOKED',
  expired: 'EXPIRED',
  notChecked: 'in date; whether it was revoked is NOT CHECKED, no list was given',
  unreadable: 'unknown',
};

function sentences({ notice, integrity, issuer, status, revocations, holds }: Verification) {
  const about = notice
    ? [
        `Release ${notice.id} of declaration ${notice.declarationNumber ?? notice.declaration}, bill ${notice.bill ?? 'none'}, valid until ${notice.validUntil}.`,
        ...(notice.conditional
          ? [`Conditional removal: ${notice.conditional.conditions.join('; ')}.`]
          : []),
      ]
    : [];
  return [
    ...about,
    `Integrity: ${INTEGRITY[integrity]}.`,
    `Issuer: ${ISSUER[issuer]}.`,
    `Status: ${STATUS[status]}.`,
    ...(revocations
      ? [`Revocation list ${revocations.number}, issued ${revocations.issuedAt}.`]
      : []),
    holds ? 'The notice HOLDS.' : 'The notice DOES NOT HOLD: do not let the goods go by it.',
  ];
}
