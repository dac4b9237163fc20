import { Refused } from '../../kernel/refusal.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A page of another site must not act with our reader's cookie. Browsers say where a request comes
 * from (`origin`, `sec-fetch-site`); one that comes from elsewhere and would change something is
 * refused, signing in included. Requests that bring their own key carry no cookie to abuse, and
 * programs that send neither header are not browsers: the cookie's `SameSite=Strict` stands behind.
 */
export function requireSameOrigin(request: Request, publicOrigin: string | undefined): void {
  if (READS.has(request.method) || request.headers.has('authorization')) return;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const isForeignSite = site !== null && site !== 'same-origin' && site !== 'none';
  if (origin === null ? !isForeignSite : isOurs(origin, request, publicOrigin)) return;
  throw new Refused('forbidden', {
    code: 'http.foreign_origin',
    seen: (origin ?? site ?? '').slice(0, 120),
  });
}

function isOurs(origin: string, request: Request, publicOrigin: string | undefined): boolean {
  if (publicOrigin !== undefined) return origin === publicOrigin;
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}
