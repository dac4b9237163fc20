import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type Refusal, type RefusalKind, Refused } from '../../kernel/refusal.ts';
import { openSecret } from '../../platform/secret.ts';
import { commandLineKey } from '../command-line.ts';
import { foldersOf } from '../server.ts';

/** Sends one request to the server and gives its JSON answer; refusals come back as `Refused`. */
export type AskServer = (
  method: 'GET' | 'POST',
  path: string,
  body?: unknown | ReadableStream,
) => Promise<unknown>;

/** A way to the server that owns a data folder, for whoever may read the folder's secret. */
export async function askServer(dataFolder: string): Promise<AskServer> {
  const { url } = JSON.parse(await readFile(foldersOf(dataFolder).server, 'utf8')) as {
    url: string;
  };
  const authorization = `Bearer ${commandLineKey(await openSecret(dataFolder))}`;
  return async (method, path, body) => {
    const isStream = body instanceof Readable || body instanceof ReadableStream;
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization,
        'content-type': isStream ? 'application/octet-stream' : 'application/json',
      },
      ...(body !== undefined && {
        body: (isStream ? body : JSON.stringify(body)) as ReadableStream | string,
        duplex: 'half',
      }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { kind, refusals } = answer as { kind: RefusalKind; refusals: Refusal[] };
    throw new Refused(kind, refusals);
  };
}
