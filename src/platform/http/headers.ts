import type { Context } from 'hono';

/**
 * Scripts come from our own origin only and never from within a page, so injected text cannot run.
 * Styles may be inline because antd writes its own at run time. Nobody may frame us.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with every answer. Answers of operations are nobody's to keep; static files say otherwise. */
export const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['content-security-policy', CONTENT_SECURITY_POLICY],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=()'],
  ['cache-control', 'no-store'],
];

/** A handler's own `Response`, with the headers every answer carries; its own say more and win. */
export const withHeaders = (c: Context, response: Response): Response =>
  c.newResponse(response.body, { status: response.status as 200, headers: response.headers });
