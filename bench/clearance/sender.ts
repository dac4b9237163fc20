import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const SOCKETS = 128;
const AGAIN_AFTER_MS = 150;
const PATIENCE_MS = 180_000;

export interface Sender {
  send<T>(method: 'GET' | 'POST' | 'PUT', path: string, key: string, body?: unknown): Promise<T>;
  close(): void;
}

/** Sends requests; a patient one repeats what got no answer, as a program with ids of its own may. */
export function createSender(url: string, patient: boolean): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const once = (method: string, path: string, key: string, text: string | null) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = request(
        new URL(path, url),
        {
          ...{ method, agent },
          headers: {
            authorization: `Bearer ${key}`,
            ...(text !== null && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
            }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(text ?? undefined);
    });

  return {
    async send<T>(
      method: 'GET' | 'POST' | 'PUT',
      path: string,
      key: string,
      body?: unknown,
    ): Promise<T> {
      const text = body === undefined ? null : JSON.stringify(body);
      const started = Date.now();
      for (;;) {
        const answer = await once(method, path, key, text).catch((error: Error) => error);
        const isAnswer = !(answer instanceof Error) && answer.status < 500;
        if (isAnswer && answer.status === 200) return JSON.parse(answer.text) as T;
        if (isAnswer || !patient || Date.now() - started > PATIENCE_MS) {
          const said = answer instanceof Error ? answer.message : answer.text.slice(0, 300);
          throw new Error(`${method} ${path}: ${isAnswer ? answer.status : ''} ${said}`);
        }
        await sleep(AGAIN_AFTER_MS);
      }
    },
    close: () => agent.destroy(),
  };
}
