import { open } from 'node:fs/promises';
import { Refused } from '../kernel/refusal.ts';
import { isErrno } from './claim.ts';

/** A full disk, a spent quota and a file at its permitted size are one thing to whoever writes. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Tells a full disk plainly, and any other error as it is. */
export function explainFullDisk(error: unknown, folder: string): unknown {
  if (!FULL.some((code) => isErrno(error, code))) return error;
  return new Refused('limited', { code: 'platform.disk_full', params: { folder } });
}

/** A rename is only durable once the folder that holds the name is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
