import { setTimeout as pause } from 'node:timers/promises';

/** What the port said no to; the caller decides whether that matters. */
export class PortRefused extends Error {
  readonly status: number;
  readonly codes: readonly string[];
  constructor(status: number, what: string, codes: readonly string[]) {
    super(`${what}: ${status} ${codes.join(', ')}`);
    this.name = 'PortRefused';
    this.status = status;
    this.codes = codes;
  }
}

export interface Client {
  get<T>(path: string): Promise<T>;
  /** `body` is text already, JSON or what the address takes, or a value that becomes JSON. */
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
}

/** How long a port that does not answer is waited for. */
const PATIENCE_MS = 120_000;
const RETRY_MS = 500;
const UNEXPECTED_MAX = 4;

/**
 * Speaks to the port as any other program would. A request that got no answer is sent again just as
 * it was: ids are ours, so the port does what was asked once. A refusal is never repeated, save
 * `429`, which says when to come back.
 */
export function createClient(options: {
  url: string;
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
}): Client {
  const { url, headers, signal } = options;

  async function send(method: string, path: string, body?: string): Promise<Response> {
    const started = Date.now();
    for (let unexpected = 0; ; ) {
      signal.throwIfAborted();
      const response = await attempt(method, path, body);
      if (response?.ok) return response;
      if (response?.status === 429) {
        await response.body?.cancel();
        await pause(1000 * Number(response.headers.get('retry-after') ?? 1), undefined, { signal });
        continue;
      }
      const isUp = response && response.status < 500;
      if (isUp || (response && ++unexpected > UNEXPECTED_MAX))
        throw await refusal(method, path, response);
      if (Date.now() - started > PATIENCE_MS) {
        throw new Error(`${url} has not answered ${method} ${path} for two minutes.`);
      }
      await pause(RETRY_MS, undefined, { signal });
    }
  }

  /** The answer, or `null` when the connection was lost before there was one. */
  async function attempt(method: string, path: string, body?: string): Promise<Response | null> {
    try {
      return await fetch(new URL(path, url), {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body }),
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return (await (await send(method, path, text)).json()) as T;
  }
  return {
    get: <T>(path: string) => ask<T>('GET', path),
    post: <T>(path: string, body: unknown) => ask<T>('POST', path, body),
    put: <T>(path: string, body: unknown) => ask<T>('PUT', path, body),
  };
}

async function refusal(method: string, path: string, response: Response): Promise<PortRefused> {
  const text = await response.text();
  let codes = [text.slice(0, 200)];
  try {
    const problem = JSON.parse(text) as { refusals?: { code: string; path?: string }[] };
    codes = (problem.refusals ?? []).map(({ code, path: at }) => (at ? `${code} at ${at}` : code));
  } catch {
    // Not a problem document; its beginning is told as it came.
  }
  return new PortRefused(response.status, `${method} ${path}`, codes);
}

/** Waits until the port says it is ready. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  for (;;) {
    signal.throwIfAborted();
    try {
      const response = await fetch(new URL('/readyz', url), { signal });
      await response.body?.cancel();
      if (response.ok) return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TypeError)) throw error;
    }
    if (Date.now() - started > PATIENCE_MS)
      throw new Error(`${url} is not ready after two minutes.`);
    await pause(RETRY_MS, undefined, { signal });
  }
}

/** What was done in an earlier run is done. */
export async function unlessDone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PortRefused) || error.status !== 409) throw error;
  }
}
