import { open } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { type Refusal, Refused, seen } from '../../kernel/refusal.ts';
import { MESSAGE_BYTES_MAX, type Reading } from './contract.ts';
import type { Problem } from './reading/problems.ts';
import { readMessage } from './reading/read.ts';
import { tellReading } from './reading/tell.ts';
import { type SigningCommandDeps, signCommand, verifyCommand } from './signing/commands.ts';
import { writeMessage } from './writing/write.ts';

type Language = 'zh' | 'en';

export interface MessagesDeps {
  print(line: string): void;
  sentenceOf(refusal: Refusal): Readonly<Record<Language, string>>;
  setExitCode(code: number): void;
}

interface ReadOptions {
  readonly lang: Language;
  readonly json?: boolean;
  readonly xsd?: string;
}

const language = (): Option =>
  new Option('--lang <language>', 'language of the problems').choices(['zh', 'en']).default('zh');

/** `jianghai messages …`: what the trade sends, read and answered; needs no server. */
export const messagesCommand = (deps: MessagesDeps): Command =>
  new Command('messages')
    .description('messages of the trade: CEB, INV/SAS, DecMessage, MT1401, WCO, EDIFACT, ASYCUDA')
    .addCommand(readCommand(deps))
    .addCommand(writeCommand(deps))
    .addCommand(signCommand(signing(deps)))
    .addCommand(verifyCommand(signing(deps)));

const signing = ({ print, setExitCode }: MessagesDeps): SigningCommandDeps => ({
  ...{ print, setExitCode },
  bytesOf: async (file) => {
    const bytes = await bytesOf(file);
    if (bytes === null) throw new Refused('invalid', tooLarge().problems);
    return bytes;
  },
});

/** `jianghai messages read FILE`: exit 0 when it was understood, 1 when it was refused. */
function readCommand(deps: MessagesDeps): Command {
  return new Command('read')
    .description('read a message of any known standard into our own words')
    .argument('<file>', 'the message')
    .option('--xsd <file>', 'an XML schema to check it by as well')
    .addOption(language())
    .option('--json', 'print what was understood as JSON')
    .action(async (file: string, options: ReadOptions) => {
      const bytes = await bytesOf(file);
      const read =
        bytes === null ? tooLarge() : await checked(readMessage(bytes), bytes, options.xsd);
      const reading = tellReading(read, (problem) => deps.sentenceOf(problem)[options.lang]);
      if (options.json) deps.print(JSON.stringify(reading));
      else for (const line of describe(reading, options.lang)) deps.print(line);
      if (reading.document === null) deps.setExitCode(1);
    });
}

type Read = ReturnType<typeof readMessage>;

function tooLarge(): Read {
  const params = { max: MESSAGE_BYTES_MAX };
  const problem: Problem = { code: 'messages.too_large', path: '', params, severity: 'error' };
  return { documents: [], problems: [problem] };
}

async function checked(read: Read, bytes: Buffer, xsd: string | undefined): Promise<Read> {
  if (xsd === undefined || read.documents.length === 0) return read;
  const { validateBySchema } = await import('./reading/schema.ts');
  return { ...read, problems: [...read.problems, ...(await validateBySchema(bytes, xsd))] };
}

/** The bytes of a file; `null` for one too large to be read, which is known before anything of it is. */
async function bytesOf(file: string): Promise<Buffer | null> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EACCES') {
      throw new Refused('invalid', { code: 'messages.file_not_found', seen: seen(file) });
    }
    throw error;
  });
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) {
      throw new Refused('invalid', { code: 'messages.file_not_found', seen: seen(file) });
    }
    if (stat.size > MESSAGE_BYTES_MAX) return null;
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > MESSAGE_BYTES_MAX) return null;
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

const WORDS = {
  zh: {
    understood: ({ standard, kind }: Reading) => `已读懂：${standard}（${kind}）。`,
    refused: () => '未能读懂，已拒收。',
    error: '错误',
    warning: '提示',
  },
  en: {
    understood: ({ standard, kind }: Reading) => `Understood: ${standard} (${kind}).`,
    refused: () => 'Refused: it could not be understood.',
    error: 'error',
    warning: 'note',
  },
} as const;

function describe(reading: Reading, lang: Language): string[] {
  const words = WORDS[lang];
  const head = reading.document === null ? words.refused() : words.understood(reading);
  const problems = reading.problems.map(
    ({ severity, path, line, text }) =>
      `${words[severity]}  ${path}${line === undefined ? '' : ` (${line})`}  ${text}`,
  );
  const document = reading.document === null ? [] : [JSON.stringify(reading.document, null, 2)];
  return [head, ...problems, ...document];
}

/** `jianghai messages write FILE`: what `read --json` prints, as a message again. */
function writeCommand(deps: MessagesDeps): Command {
  return new Command('write')
    .description('write an answer: a receipt, a release, a posting, a rejection')
    .argument('<file>', 'JSON with standard and document, as read prints it')
    .option('--json', 'print the message in a JSON object')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const bytes = await bytesOf(file);
      if (bytes === null) throw new Refused('invalid', tooLarge().problems);
      const text = writeMessage(bytes.toString('utf8'));
      deps.print(json ? JSON.stringify({ message: text }) : text.trimEnd());
    });
}
