import { type DestinationStream, type LevelWithSilentOrString, type Logger, pino } from 'pino';

export type Log = Logger;

/** What must never reach a log, however deep a caller puts it: at the top, or one or two levels down. */
const SECRETS = ['password', 'authorization', 'cookie', 'set-cookie', 'apiKey', 'secret', 'token'];
const PATHS = SECRETS.flatMap((name) => {
  const key = `["${name}"]`;
  return [key, `*${key}`, `*.*${key}`];
});

/**
 * One JSON line per event, to standard output unless told otherwise; secrets are written as `[secret]`.
 * Times are UTC; a moment a person reads is formatted where it is read.
 */
export function createLog(level: LevelWithSilentOrString, to?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PATHS, censor: '[secret]' },
  };
  return to ? pino(options, to) : pino(options);
}

/** For tests and one-shot commands: says nothing. */
export const silentLog: Log = pino({ level: 'silent' });
