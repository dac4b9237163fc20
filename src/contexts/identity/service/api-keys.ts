import { localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor, ApiKey } from '../contract.ts';
import { reachOf } from '../permission.ts';
import * as permission from '../permissions.ts';
import { recordAudit } from '../store/audit.ts';
import * as store from '../store/credentials.ts';
import { findHolder } from '../store/people.ts';
import { hashToken, newApiKey, prefixOf } from '../token.ts';
import type { IdentityDeps } from './deps.ts';

export interface ApiKeys {
  /** The key is in this answer and nowhere else. It acts in the post, for its holder. */
  create(actor: Actor, postId: string, label: string): Promise<{ key: string; apiKey: ApiKey }>;
  list(actor: Actor): Promise<ApiKey[]>;
  /** Works at once here, and within seconds on other servers of the same database. */
  revoke(actor: Actor, id: string): Promise<ApiKey>;
}

export function createApiKeys({ db, clock, actors }: IdentityDeps): ApiKeys {
  const audit = (tx: Tx, actor: Actor, apiKey: ApiKey, act: string) =>
    recordAudit(tx, {
      actor,
      operation: permission.manageApiKeys.operation,
      subjects: [`apiKey:${apiKey.id}`, `post:${apiKey.postId}`],
      outcome: 'done',
      detail: { act, prefix: apiKey.prefix, label: apiKey.label },
      at: clock.now(),
    });
  return {
    async create(actor, postId, label) {
      requireOwnPost(actor, postId);
      const createdAt = clock.now();
      const holder = await findHolder(db, postId, localDateOf(createdAt));
      if (!holder) throw new Refused('not_found', { code: 'identity.post_vacant', path: 'postId' });
      const key = newApiKey();
      const { personId } = holder;
      const entry = { keyHash: hashToken(key), prefix: prefixOf(key), label, postId, createdAt };
      return inTransaction(db, async (tx) => {
        const apiKey = await store.saveApiKey(tx, { ...entry, personId });
        await audit(tx, actor, apiKey, 'created');
        return { key, apiKey };
      });
    },
    list(actor) {
      const { any } = reachOf(actor, permission.manageApiKeys);
      return store.listApiKeys(db, any ? null : actor.postId);
    },
    async revoke(actor, id) {
      const apiKey = await store.findApiKeyById(db, id);
      if (!apiKey) throw new Refused('not_found', { code: 'identity.key_not_found' });
      requireOwnPost(actor, apiKey.postId);
      const revokedAt = apiKey.revokedAt ?? clock.now();
      await inTransaction(db, async (tx) => {
        await store.revokeApiKey(tx, id, revokedAt);
        await audit(tx, actor, apiKey, 'revoked');
      });
      actors.forgetAll();
      return { ...apiKey, revokedAt };
    },
  };
}

/** A key for another post would lend its holder rights the holder does not have. */
function requireOwnPost(actor: Actor, postId: string): void {
  const { any } = reachOf(actor, permission.manageApiKeys);
  if (any || actor.postId === postId) return;
  throw new Refused('forbidden', {
    code: 'identity.not_permitted',
    params: { operation: permission.manageApiKeys.operation },
  });
}
