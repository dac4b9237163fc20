import { join } from 'node:path';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Log } from '../../../platform/log.ts';
import { type Repeated, repeat } from '../../../platform/repeat.ts';
import type { Actor } from '../../identity/index.ts';
import { MESSAGE_BODY_MAX, type Receipt } from '../contract.ts';
import { SIGNATURE_ENDING, SIGNATURE_LINE_MAX } from '../signing/line.ts';
import {
  type FoundFile,
  findFiles,
  type Look,
  looksLike,
  openPartnerFolder,
  type PartnerFolder,
  placeFile,
  putAway,
  readSmall,
  readWhole,
} from './files.ts';

/** An answer as it is put into a folder. */
export interface Placed {
  readonly mediaType: string;
  readonly text: string;
  readonly signature: string;
}

/** Answers that were asked for again. */
export interface Waiting {
  readonly partner: string;
  readonly name: string;
  answer(): Promise<Placed>;
  sent(): Promise<void>;
}

/** A partner with a folder, and the post in whose name its files are filed. */
export interface FolderOf {
  readonly partner: string;
  readonly post: string;
  /** Whether a signature is waited for: it must sign, or it has keys to. */
  readonly signs: boolean;
}

export interface WatchDeps {
  readonly folder: string;
  readonly log: Log;
  readonly folders: () => Promise<readonly FolderOf[]>;
  readonly actorOf: (post: string) => Promise<Actor | null>;
  readonly receive: (actor: Actor, bytes: Buffer, signature: string | null) => Promise<Receipt>;
  readonly answerTo: (receipt: Receipt) => Promise<Placed>;
  /** What is answered where nothing could be kept: the refusals, in words. */
  readonly refusalAnswer: (partner: string, refusals: readonly Refusal[]) => Promise<Placed>;
  readonly waiting: (partners: readonly string[], max: number) => Promise<readonly Waiting[]>;
}

/** Files of one partner looked at in one round, so that a flood of one does not keep others waiting. */
const FILES_MAX = 200;
/** Rounds that the signature of a message is waited for: they are a second apart. */
const SIGNATURE_ROUNDS = 10;
/** Rounds a file rests after the machine failed over it. */
const REST_ROUNDS = 30;

interface Seen {
  readonly look: Look;
  /** The round in which it first looked like this. */
  readonly since: number;
  /** The round before which it is left alone. */
  readonly restsUntil: number;
}

/**
 * Takes in the files partners put into their folders. A file is taken when it looked the same in two rounds,
 * a second apart; `.part` and dot files are left until they are renamed.
 *
 * Nothing is remembered but on the disk and in the store: a file leaves `in` only after it was received and
 * its answer stands in `out`. Whatever ends the machine in between, the file is found again and received again,
 * which receives it once.
 */
export function watchFolder(deps: WatchDeps): Repeated {
  const { log } = deps;
  let seen = new Map<string, Seen>();
  let round = 0;

  async function lookRound(): Promise<number> {
    round += 1;
    const now = new Map<string, Seen>();
    const folders = await deps.folders();
    let taken = 0;
    for (const of of folders) {
      const folder = await openPartnerFolder(deps.folder, of.partner);
      for (const file of await findFiles(folder.in, FILES_MAX)) {
        const path = join(folder.in, file.name);
        const before = seen.get(path);
        const isSame = before !== undefined && looksLike(before.look, file.look);
        const known = isSame ? before : { look: file.look, since: round, restsUntil: 0 };
        const done = isSame && (await attempt(of, folder, file, known));
        if (done === true) taken += 1;
        else
          now.set(path, done === 'failed' ? { ...known, restsUntil: round + REST_ROUNDS } : known);
      }
    }
    seen = now;
    await sendWaiting(folders.map(({ partner }) => partner));
    return taken;
  }

  async function attempt(
    of: FolderOf,
    folder: PartnerFolder,
    file: FoundFile,
    known: Seen,
  ): Promise<boolean | 'failed'> {
    if (round < known.restsUntil) return false;
    try {
      return await take(deps, of, folder, file, round - known.since >= SIGNATURE_ROUNDS);
    } catch (error) {
      log.warn(
        { err: error, partner: of.partner, file: file.name },
        'a file could not be taken in',
      );
      return 'failed';
    }
  }

  async function sendWaiting(partners: readonly string[]): Promise<void> {
    for (const { partner, name, answer, sent } of await deps.waiting(partners, FILES_MAX)) {
      const folder = await openPartnerFolder(deps.folder, partner);
      await placeAnswer(folder, name, await answer());
      await sent();
    }
  }

  return repeat(lookRound, log, 'the folder of messages could not be looked through');
}

/** Takes one file in; false where it is not whole yet, or waits for its signature or for somebody to act. */
async function take(
  deps: WatchDeps,
  { partner, post, signs }: FolderOf,
  folder: PartnerFolder,
  file: FoundFile,
  hasWaited: boolean,
): Promise<boolean> {
  const { name, look } = file;
  const path = join(folder.in, name);
  if (look.size > MESSAGE_BODY_MAX) {
    const refusal = {
      code: 'messages.too_large_for_folder',
      seen: String(look.size),
      params: { max: MESSAGE_BODY_MAX },
    };
    const answer = await deps.refusalAnswer(partner, [refusal]);
    await finish(folder, file, 'refused', answer, markOf(look));
    return true;
  }
  const signature = await readSmall(`${path}${SIGNATURE_ENDING}`, SIGNATURE_LINE_MAX);
  if (signature === null && signs && !hasWaited) return false;
  const actor = await deps.actorOf(post);
  if (actor?.organisationId !== partner) {
    throw new Error(
      `Nobody of ${partner} holds the post ${post}, in whose name its files are filed.`,
    );
  }
  const bytes = await readWhole(path, look);
  if (bytes === null) return false;
  try {
    const receipt = await deps.receive(actor, bytes, signature);
    const place = receipt.outcome === 'refused' ? 'refused' : 'done';
    await finish(folder, file, place, await deps.answerTo(receipt), receipt.id.slice(0, 8));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const answer = await deps.refusalAnswer(partner, error.refusals);
    await finish(folder, file, 'refused', answer, markOf(look));
  }
  return true;
}

/** Two files of one name are told apart by when they were written. */
const markOf = ({ mtimeMs }: Look): string => String(Math.trunc(mtimeMs));

/** The answer first, the file last: while it is in `in`, it is not finished. */
async function finish(
  folder: PartnerFolder,
  file: FoundFile,
  to: 'done' | 'refused',
  answer: Placed,
  mark: string,
): Promise<void> {
  await placeAnswer(folder, file.name, answer);
  const away = { folder: folder.in, to: folder[to], mark, ending: SIGNATURE_ENDING };
  await putAway(away, file);
}

/** The signature first, so that whoever finds the answer finds that too. */
async function placeAnswer(
  { out }: PartnerFolder,
  name: string,
  { mediaType, text, signature }: Placed,
): Promise<void> {
  const answer = `${name}.answer.${endingOf(mediaType)}`;
  await placeFile(out, `${answer}${SIGNATURE_ENDING}`, `${signature}\n`);
  await placeFile(out, answer, text);
}

const endingOf = (mediaType: string): string =>
  mediaType.startsWith('application/xml')
    ? 'xml'
    : mediaType === 'application/edifact'
      ? 'edi'
      : 'json';
