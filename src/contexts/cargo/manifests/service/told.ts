import { readStream } from '../../../../platform/event-log/event-log.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { billNumberOf } from '../../contract.ts';
import { fold } from '../bill.ts';
import type { BillContent } from '../contract.ts';
import { type BillEvent, streamOf } from '../events.ts';
import { billsOf } from '../store/claims.ts';

/** What a manifest says of the goods of one declaration. */
interface ManifestedGoods {
  readonly bill: string;
  /** Others declare goods of the same bill: what it says need not be said of these. */
  readonly isShared: boolean;
  readonly content: Pick<BillContent, 'description' | 'containers' | 'dangerous'>;
}

/**
 * What is manifested of the goods a declaration claims, or else of the bill it names; `null` while that
 * is awaited. Whoever asks has authorised the reader of the declaration.
 */
export async function findManifestedGoods(
  db: Db,
  declaration: string,
  transportDocNo: string | null,
): Promise<ManifestedGoods | null> {
  const claimed = (await billsOf(db, [declaration])).get(declaration);
  const bill = claimed ?? billNumberOf(transportDocNo ?? '');
  if (bill === '') return null;
  const { content, claims, status } = fold(
    bill,
    (await readStream(db, streamOf(bill))) as BillEvent[],
  );
  if (content === null || status === 'deleted') return null;
  const isShared = claims.some((claim) => claim.declaration !== declaration);
  return { bill, isShared, content };
}
