import { localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { PASSWORD_LENGTH_MIN } from '../contract.ts';
import { createPasswords } from '../password.ts';
import { hasAccounts, saveAccount } from '../store/accounts.ts';
import { recordAudit } from '../store/audit.ts';
import { saveOrganisations } from '../store/organisations.ts';
import { savePeople } from '../store/people.ts';

/** The account of the first operator, and the organisation it belongs to. */
const OPERATOR = 'operator';
const PLATFORM = 'platform';

/**
 * Makes the first operator of a new port, from whom every other account comes. A port that has any
 * account is left as it is, and the answer is false.
 */
export async function ensureOperator(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { password }: { readonly password: string },
): Promise<boolean> {
  if (await hasAccounts(db)) return false;
  if (password.length < PASSWORD_LENGTH_MIN) {
    const params = { min: PASSWORD_LENGTH_MIN };
    throw new Refused('invalid', { code: 'identity.password_too_short', params });
  }
  const passwordHash = await createPasswords().hash(password);
  const at = clock.now();
  return inTransaction(db, async (tx) => {
    await saveOrganisations(tx, [
      {
        id: PLATFORM,
        kind: 'jointBody',
        nameZh: '平台运行维护',
        nameEn: 'Platform operations',
        succeeds: null,
      },
    ]);
    const post = {
      id: OPERATOR,
      title: '运行维护',
      titleEn: 'Operator',
      organisationId: PLATFORM,
      roles: ['operator' as const],
      offices: [],
      mayBackdate: false,
      from: localDateOf(at),
      to: null,
    };
    await savePeople(tx, [{ id: OPERATOR, name: '运维员 Operator', posts: [post] }]);
    await saveAccount(tx, { name: OPERATOR, personId: OPERATOR, passwordHash });
    await recordAudit(tx, {
      actor: {
        personId: 'system',
        name: 'system',
        postId: '',
        organisationId: PLATFORM,
        roles: [],
        offices: [],
        mayBackdate: false,
        via: 'system',
      },
      operation: 'identity.person.save',
      subjects: [`person:${OPERATOR}`],
      outcome: 'done',
      detail: { reason: 'first operator of a new port' },
      at,
    });
    return true;
  });
}
