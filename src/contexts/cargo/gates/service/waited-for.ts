import type { EventRecord } from '../../../../kernel/event.ts';
import { PLATFORM } from '../../../identity/index.ts';
import { reconsiderOn } from './apply.ts';
import type { GateDeps } from './deps.ts';

/** The kinds `followWaitedFor` reads: what a passport may have been waiting for. */
export const WAITED_FOR_KINDS = [
  'cargo.releaseNotified',
  'cargo.billManifested',
  'cargo.billAmended',
  'cargo.stockBillIssued',
] as const;

/**
 * For a follower: passports that waited for a release or a paper are computed anew, each in a
 * transaction of its own, in which its vehicle and papers are held. Told again, it changes nothing.
 */
export function followWaitedFor(deps: GateDeps, events: readonly EventRecord[]): Promise<void> {
  return reconsiderOn(deps, PLATFORM, {
    papers: events.flatMap(papersOf),
    declarations: events.flatMap(({ kind, payload }) =>
      kind === 'cargo.releaseNotified'
        ? [(payload as { notice: { declaration: string } }).notice.declaration]
        : [],
    ),
  });
}

/** The papers an event is about, as `kind:number`. */
function papersOf({ kind, stream, payload }: EventRecord): string[] {
  if (kind === 'cargo.releaseNotified') {
    const { bill } = (payload as { notice: { bill: string | null } }).notice;
    return bill ? [`bill:${bill}`] : [];
  }
  const no = stream.slice(stream.indexOf(':') + 1);
  return kind === 'cargo.stockBillIssued' ? [`stockBill:${no}`] : [`bill:${no}`];
}
