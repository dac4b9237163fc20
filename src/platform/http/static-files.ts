import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSIBLE = /^(?:text\/|application\/|image\/svg)/;
const FOREVER = 'public, max-age=31536000, immutable';

export interface StaticFiles {
  /** The file at a path; `index.html` for a page the web application draws itself; else `null`. */
  answer(request: Request, path: string): Promise<Response | null>;
}

interface Held {
  readonly plain: Uint8Array;
  readonly zipped: Uint8Array | null;
}

/**
 * Serves the built pages. Paths are looked up in a list made at start, so no path leads out of the
 * folder. Files whose name carries their hash never change and are kept by browsers for good;
 * `index.html` is asked for anew each time, and so always names the current ones.
 */
export function openStaticFiles(folder: string): StaticFiles {
  const paths = listFiles(folder);
  const held = new Map<string, Promise<Held | null>>();
  const hold = (path: string, file: string): Promise<Held | null> => {
    const known = held.get(path) ?? load(file);
    held.set(path, known);
    return known;
  };
  return {
    async answer(request, path) {
      const asked = paths.has(path) ? path : isClientRoute(path) ? '/index.html' : null;
      const file = asked === null ? undefined : paths.get(asked);
      if (asked === null || file === undefined) return null;
      const found = await hold(asked, file);
      return found && fileResponse(request, asked, found);
    },
  };
}

function listFiles(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [`/${relative(folder, file).split(sep).join('/')}`, file];
    }),
  );
}

/** A path without a file extension is a page of the application, which has its own router. */
const isClientRoute = (path: string): boolean =>
  !path.startsWith('/assets/') && extname(path) === '';

const zip = promisify(gzip);

/** A file of an older build may be gone by the time it is asked for: then there is none. */
async function load(file: string): Promise<Held | null> {
  const plain = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!plain) return null;
  const type = TYPES[extname(file)] ?? '';
  const zipped = COMPRESSIBLE.test(type) && plain.byteLength > 1000 ? await zip(plain) : null;
  return { plain, zipped };
}

function fileResponse(request: Request, path: string, held: Held): Response {
  const acceptsGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  const zipped = acceptsGzip ? held.zipped : null;
  const body = zipped ?? held.plain;
  const headers = new Headers({
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-length': String(body.byteLength),
    'cache-control': path.startsWith('/assets/') ? FOREVER : 'no-cache',
    vary: 'accept-encoding',
  });
  if (zipped) headers.set('content-encoding', 'gzip');
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers });
}
