/** What PostgreSQL says when it stops, was killed, or starts (57P0x), and when a connection to it fails (08xxx). */
const SAID = /^(57P0[123]|08\d{3})$/;
const CUT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
/** `pg` has no codes for these. */
const TOLD =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/**
 * Whether an error says that PostgreSQL is away: stopped, starting, or cut off. What was being done may have been done
 * or not, which is why everything may be sent again.
 */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined) return TOLD.test(error.message);
  return SAID.test(code) || CUT.has(code) || (code === 'ENOENT' && syscall === 'connect');
}
