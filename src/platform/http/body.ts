import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { Refused } from '../../kernel/refusal.ts';
import { parseJson } from './json.ts';

/** Largest body of a route that does not say otherwise. */
export const MAX_BODY_BYTES = 1_000_000;

/**
 * Reads a JSON body of at most `limit` bytes. Of one that states its length the server hands over that
 * much and no more (RFC 9112 §6.3), so that it is read at once; any other is counted while it is read.
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  requireJson(request.headers.get('content-type') ?? '');
  if (request.headers.has('content-length')) {
    requireWithin(limit, statedLength(request));
    const bytes = new Uint8Array(await request.arrayBuffer());
    requireWithin(limit, bytes.byteLength);
    return parseJson(bytes);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(request, limit)) chunks.push(chunk);
  return parseJson(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
}

/** The raw body as a stream that fails with a refusal once it passes `limit` bytes. */
export const streamBody = (request: Request, limit: number): Readable =>
  Readable.from(limited(request, limit));

async function* limited(request: Request, limit: number): AsyncGenerator<Uint8Array> {
  requireWithin(limit, statedLength(request));
  if (!request.body) return;
  let total = 0;
  for await (const chunk of request.body as NodeReadableStream<Uint8Array>) {
    total += chunk.byteLength;
    requireWithin(limit, total);
    yield chunk;
  }
}

const statedLength = (request: Request): number =>
  Number(request.headers.get('content-length') ?? 0);

function requireWithin(limit: number, bytes: number): void {
  if (bytes > limit) {
    throw new Refused('invalid', { code: 'http.body_too_large', params: { limit, bytes } });
  }
}

/** JSON travels as UTF-8 (RFC 8259 §8.1); another charset is refused rather than misread. */
function requireJson(contentType: string): void {
  const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  if (!/^application\/(?:[\w.-]+\+)?json$/i.test(mediaType)) {
    throw new Refused('invalid', { code: 'http.not_json', seen: contentType.slice(0, 120) });
  }
  for (const parameter of parameters) {
    const charset = /^charset="?([^"]*)"?$/i.exec(parameter)?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      throw new Refused('invalid', { code: 'http.wrong_charset', seen: charset.slice(0, 40) });
    }
  }
}
