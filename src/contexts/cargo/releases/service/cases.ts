import type { Envelope } from '../../../../kernel/event.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { openCase } from '../../../cases/index.ts';
import type { Release } from '../contract.ts';
import { releaseStream } from '../events.ts';

/** When a release was taken back its goods had just left: somebody has to go after them. */
export async function hadLeft(tx: Tx, { id, notice }: Release, envelope: Envelope): Promise<void> {
  const declared = notice.declarationNumber ?? notice.declaration;
  await openCase(
    tx,
    {
      kind: 'discrepancy',
      title: {
        zh: `撤销放行时货物已离场：${declared}`,
        en: `Goods had left when their release was revoked: ${declared}`,
      },
      about: releaseStream(id),
      consignment: notice.declaration,
      owners: [notice.office ?? ''],
      findings: [],
    },
    envelope,
  );
}
