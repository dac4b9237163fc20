import type { Refusal, RefusalKind } from '../../../src/kernel/refusal.ts';

/** What the server said no to, or `unreachable` / `unexpected` when it said nothing we can read. */
export class ApiRefused extends Error {
  readonly kind: RefusalKind | 'unreachable' | 'unexpected';
  readonly refusals: readonly Refusal[];

  constructor(kind: ApiRefused['kind'], refusals: readonly Refusal[]) {
    super(refusals.map((refusal) => refusal.code).join('; '));
    this.name = 'ApiRefused';
    this.kind = kind;
    this.refusals = refusals;
  }
}

export const isRefused = (error: unknown, kind?: ApiRefused['kind']): error is ApiRefused =>
  error instanceof ApiRefused && (kind === undefined || error.kind === kind);

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A path with its query, leaving out what is empty, so that equal questions have equal addresses. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

async function refusalOf(response: Response): Promise<ApiRefused> {
  try {
    const body = (await response.json()) as { kind?: RefusalKind; refusals?: Refusal[] };
    if (body.kind && body.refusals) return new ApiRefused(body.kind, body.refusals);
  } catch {
    // Not our JSON: a proxy's page or a half-sent answer; said below as what it is.
  }
  return new ApiRefused('unexpected', [
    { code: 'web.unexpected', params: { status: response.status } },
  ]);
}

async function call(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiRefused('unreachable', [{ code: 'web.unreachable' }]);
  }
  if (!response.ok) throw await refusalOf(response);
  return response;
}

async function bodyOf<T>(response: Response): Promise<T> {
  if (response.status === 204) return null as T;
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return bodyOf<T>(await call(address(path, query), signal ? { signal } : {}));
}

/** What is no JSON: a message in the form its sender writes. */
export const getText = async (path: string, signal?: AbortSignal): Promise<string> =>
  (await call(path, signal ? { signal } : {})).text();

export async function send<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  return bodyOf<T>(
    await call(path, { method, headers: { 'content-type': 'application/json' }, ...json }),
  );
}

/** Puts a file's bytes where they belong, as they are. */
export async function put<T>(path: string, file: Blob): Promise<T> {
  const headers = { 'content-type': file.type || 'application/octet-stream' };
  return bodyOf<T>(await call(path, { method: 'PUT', headers, body: file }));
}

/** Sends bytes as they are, and is answered in JSON. */
export async function post<T>(path: string, query: Query, bytes: Blob): Promise<T> {
  const headers = { 'content-type': 'application/octet-stream' };
  return bodyOf<T>(await call(address(path, query), { method: 'POST', headers, body: bytes }));
}

/** Sends a file's bytes as they are; `onProgress` hears the share sent, 0 to 1. */
export function upload<T>(
  path: string,
  file: Blob,
  onProgress?: (share: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => reject(new ApiRefused('unreachable', [{ code: 'web.unreachable' }]));
    request.onload = () => {
      const response = new Response(request.responseText || null, { status: request.status });
      if (response.ok) bodyOf<T>(response).then(resolve, reject);
      else refusalOf(response).then(reject, reject);
    };
    request.send(file);
  });
}
