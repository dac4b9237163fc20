import type { Tx } from '../../../platform/postgres/transaction.ts';
import { type Release, recordReleases } from '../../risk/index.ts';
import type { Progress } from './progress.ts';

/** Tells targeting what was released and how fast: by this, and by findings, its figures are judged. */
export async function tellReleases(tx: Tx, written: readonly Progress[]): Promise<void> {
  await recordReleases(tx, written.flatMap(releasesOf));
}

function releasesOf({ now, events }: Progress): Release[] {
  return events.flatMap((event) => {
    if (event.kind !== 'clearance.released') return [];
    const at = event.envelope.occurredAt;
    const { filedAt, untouched } = event.payload;
    const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(filedAt)) / 1000));
    return [{ subject: now.id, at, untouched, seconds }];
  });
}
