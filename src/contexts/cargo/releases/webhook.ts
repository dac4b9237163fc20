import type { z } from 'zod';
import type { Refusal } from '../../../kernel/refusal.ts';
import { type DeliveryOutcome, WebhookAnswer, type WebhookPush } from './contract.ts';

/** An answer that acknowledges a thousand notices is smaller than this; what is longer is not read. */
const ANSWER_BYTES_MAX = 256 * 1024;
const TIMEOUT_MS = 5_000;

/** Why an address may not be called; `null` when it may. Only hosts the operator named are ever called. */
export function whyNotCall(url: string, hosts: ReadonlySet<string>): Refusal | null {
  const address = URL.canParse(url) ? new URL(url) : null;
  const isPlain =
    address !== null &&
    (address.protocol === 'https:' || address.protocol === 'http:') &&
    address.username === '' &&
    address.password === '';
  if (!isPlain) return { code: 'cargo.webhook_malformed', path: 'url', seen: url };
  if (hosts.has(address.host)) return null;
  return { code: 'cargo.webhook_host_not_allowed', path: 'url', seen: address.host };
}

export interface Pushed {
  /** `null` when there was an answer that could be read: what it acknowledges is in `answers`. */
  readonly failure: z.infer<typeof DeliveryOutcome> | null;
  readonly answers: z.infer<typeof WebhookAnswer>['acknowledgements'];
}

/**
 * Posts messages to a terminal's machine. The peer may lie: it may say 200 and nothing else, send a
 * flood, send us elsewhere or never answer. Whatever it does costs us a few seconds and a few
 * kilobytes, and only a well-formed acknowledgement is taken for one.
 */
export async function push(
  url: string,
  messages: z.infer<typeof WebhookPush>['messages'],
  timeoutMs = TIMEOUT_MS,
): Promise<Pushed> {
  const failed = (failure: Pushed['failure']): Pushed => ({ failure, answers: [] });
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await readAtMost(answer, ANSWER_BYTES_MAX);
    if (answer.status >= 300 && answer.status < 400) return failed('redirected');
    if (!answer.ok) return failed('failed');
    const read = text === null ? undefined : WebhookAnswer.safeParse(jsonOf(text)).data;
    return read ? { failure: null, answers: read.acknowledgements } : failed('notAcknowledged');
  } catch (error) {
    return failed(isTimeout(error) ? 'timedOut' : 'unreachable');
  }
}

/** `null` for more than there should be; the rest is never read. */
async function readAtMost(answer: Response, max: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > max) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TimeoutError';
