import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;
const PREFIX_CHARACTERS = 11;

/** A session token or API key that nobody can guess: 256 random bits. */
export const newSessionToken = (): string => randomBytes(BYTES).toString('base64url');
/** Recognisable in a leaked file, by people and by scanners. */
export const newApiKey = (): string => `jhk_${randomBytes(BYTES).toString('base64url')}`;
export const prefixOf = (apiKey: string): string => apiKey.slice(0, PREFIX_CHARACTERS);

/** What is stored of a token. A plain hash suffices: there is nothing to guess in 256 random bits. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
