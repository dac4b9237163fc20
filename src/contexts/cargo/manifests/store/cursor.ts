import { z } from 'zod';

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (mark) => `\\${mark}`);

export const encodeCursor = (value: string, id: string): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url');

const Cursor = z.tuple([z.string(), z.string()]);

/** A cursor that is not ours begins at the beginning. */
export function decodeCursor(cursor: string): [string, string] | null {
  try {
    const parsed = Cursor.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
