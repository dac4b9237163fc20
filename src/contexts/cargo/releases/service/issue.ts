import { placeAt } from '../../../../kernel/event.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { envelopeAt } from '../../../identity/index.ts';
import { type ReleaseNotice, SIGNED_TYPES } from '../contract.ts';
import { type NewEvent, type ReleasedGoods, releaseStream } from '../events.ts';
import { signJws } from '../jws.ts';
import { isOver, noticeOf } from '../release.ts';
import * as store from '../store/releases.ts';
import type { ReleasesDeps } from './deps.ts';

/**
 * Issues the notices of released goods, in the transaction of whoever follows the releases. Told twice
 * of one release it issues one notice.
 */
export function createIssuing({ clock, keys }: Pick<ReleasesDeps, 'clock' | 'keys'>) {
  return async function issue(
    tx: Tx,
    released: readonly ReleasedGoods[],
  ): Promise<readonly ReleaseNotice[]> {
    if (released.length === 0) return [];
    const key = await keys.signing(tx);
    const now = clock.now();
    const known = await store.findCauses(
      tx,
      released.map((goods) => goods.declaration),
    );
    const causes = new Set(known.map(({ cause }) => cause));
    const counts = new Map<string, number>();
    for (const { declaration } of known)
      counts.set(declaration, (counts.get(declaration) ?? 0) + 1);

    const issued: store.NewRelease[] = [];
    for (const goods of released) {
      if (causes.has(goods.cause) || isOver(goods, now)) continue;
      causes.add(goods.cause);
      const number = (counts.get(goods.declaration) ?? 0) + 1;
      counts.set(goods.declaration, number);
      const notice = noticeOf(goods, number, now);
      const signed = signJws(SIGNED_TYPES.notice, notice, key);
      issued.push({ notice, signed, cause: goods.cause, organisation: goods.organisation });
    }
    if (issued.length === 0) return [];
    await store.insertReleases(tx, issued);
    await append(
      tx,
      issued.map(({ notice, cause, organisation }) =>
        placeAt(
          releaseStream(notice.id),
          1,
          {
            kind: 'cargo.releaseNotified',
            payload: { notice, organisation, kid: key.kid },
          } satisfies NewEvent,
          { ...envelopeAt(now, now, notice.declaration), cause },
        ),
      ),
    );
    return issued.map(({ notice }) => notice);
  };
}
