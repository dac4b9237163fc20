import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Command, Option } from 'commander';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { SignatureAlgorithm } from '../contract.ts';
import { fits, signs, verifies } from './algorithm.ts';
import { readPublicKey, thumbprintOf } from './key.ts';
import { readSignatureLine, SIGNATURE_ENDING, writeSignatureLine } from './line.ts';

export interface SigningCommandDeps {
  print(line: string): void;
  setExitCode(code: number): void;
  /** The bytes of a file; refuses one that is not there, or too large. */
  bytesOf(file: string): Promise<Buffer>;
}

interface SignOptions {
  readonly key: string;
  readonly algorithm?: SignatureAlgorithm;
  readonly json?: boolean;
}

const algorithm = (): Option =>
  new Option('--algorithm <name>', 'what to sign with; told by the key, if left out').choices(
    SignatureAlgorithm.options,
  );

/** `jianghai messages sign FILE --key PEM`: the signature line that goes with the file. */
export const signCommand = (deps: SigningCommandDeps): Command =>
  new Command('sign')
    .description('sign a message: print the line for its header, or for FILE.sig beside it')
    .argument('<file>', 'the message')
    .requiredOption('--key <pem>', 'the private key, PEM, not encrypted')
    .addOption(algorithm())
    .option('--json', 'print the signature as JSON')
    .action(async (file: string, { key: keyFile, algorithm: wanted, json }: SignOptions) => {
      const bytes = await deps.bytesOf(file);
      const key = readPrivateKey((await deps.bytesOf(keyFile)).toString(), wanted);
      const chosen = wanted ?? algorithmOf(key);
      const id = thumbprintOf(createPublicKey(key));
      const line = writeSignatureLine({
        ...{ algorithm: chosen, key: id, value: signs(chosen, key, bytes) },
      });
      deps.print(json ? JSON.stringify({ algorithm: chosen, key: id, line }) : line);
    });

interface VerifyOptions {
  readonly key: string;
  readonly signature?: string;
  readonly json?: boolean;
}

/** `jianghai messages verify FILE --key PEM`: exit 0 where FILE.sig is its signature by that key, 1 where not. */
export const verifyCommand = (deps: SigningCommandDeps): Command =>
  new Command('verify')
    .description('verify the signature of a message, or of an answer of the port')
    .argument('<file>', 'the message')
    .requiredOption('--key <pem>', 'the public key, or a certificate, PEM')
    .option('--signature <file>', 'the signature; FILE.sig if left out')
    .option('--json', 'print the verdict as JSON')
    .action(async (file: string, { key: keyFile, signature, json }: VerifyOptions) => {
      const bytes = await deps.bytesOf(file);
      const from = signature ?? `${file}${SIGNATURE_ENDING}`;
      const text = (await deps.bytesOf(from)).toString();
      const line = readSignatureLine(text);
      if (!line) {
        throw new Refused('invalid', { code: 'messages.signature_unreadable', seen: seen(text) });
      }
      const { key, id } = readPublicKey((await deps.bytesOf(keyFile)).toString(), line.algorithm);
      const isGood = verifies(line.algorithm, key, bytes, line.value);
      const verdict = { verified: isGood, algorithm: line.algorithm, key: id };
      deps.print(
        json ? JSON.stringify(verdict) : isGood ? 'verified · 签名有效' : 'wrong · 签名不符',
      );
      if (!isGood) deps.setExitCode(1);
    });

/** The first algorithm that a key fits. */
function algorithmOf(key: KeyObject): SignatureAlgorithm {
  const found = SignatureAlgorithm.options.find((each) => fits(each, key));
  if (!found) throw unfit(SignatureAlgorithm.options.join(', '));
  return found;
}

function readPrivateKey(pem: string, wanted: SignatureAlgorithm | undefined): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw unfit(wanted ?? SignatureAlgorithm.options.join(', '));
  }
  if (wanted && !fits(wanted, key)) throw unfit(wanted);
  return key;
}

const unfit = (names: string): Refused =>
  new Refused('invalid', {
    code: 'messages.private_key_unreadable',
    path: 'key',
    params: { algorithm: names },
  });
