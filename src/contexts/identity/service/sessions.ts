import { type Instant, type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor, Me, PasswordChange } from '../contract.ts';
import { isPermitted } from '../permission.ts';
import * as accounts from '../store/accounts.ts';
import { recordAudit } from '../store/audit.ts';
import * as credentials from '../store/credentials.ts';
import { findOrganisation } from '../store/organisations.ts';
import { type HeldPost, listPostsHeld } from '../store/people.ts';
import { hashToken, newSessionToken } from '../token.ts';
import { SESSION_IDLE_MS, SESSION_LASTS_MS } from './authenticate.ts';
import type { IdentityDeps } from './deps.ts';
import { type Attempt, accountName, createGuard, NOBODY } from './guard.ts';

export interface Sessions {
  /** Answers the new session's token, or refuses without saying whether the account exists. */
  signIn(attempt: Attempt): Promise<string>;
  signOut(actor: Actor, token: string | null): Promise<void>;
  /** Goes on in another post of the same person, under a new token. */
  switchPost(actor: Actor, postId: string, token: string | null): Promise<string>;
  /** Every session of the person ends; the answer is the token of a new one. */
  changePassword(
    actor: Actor,
    change: PasswordChange,
    from: Pick<Attempt, 'address' | 'previousToken'>,
  ): Promise<string>;
  me(actor: Actor): Promise<Me>;
}

export function createSessions(deps: IdentityDeps): Sessions {
  const guard = createGuard(deps);
  return {
    async signIn(attempt) {
      const name = accountName(attempt.account);
      const account = await guard.admit(name, attempt);
      const now = deps.clock.now();
      const posts = await listPostsHeld(deps.db, account.personId, localDateOf(now));
      const [post] = posts;
      if (!post) throw new Refused('forbidden', { code: 'identity.no_post' });
      return inTransaction(deps.db, async (tx) => {
        await accounts.clearFailures(tx, name);
        await credentials.deleteEndedSessions(
          tx,
          before(now, SESSION_LASTS_MS),
          before(now, SESSION_IDLE_MS),
        );
        await end(tx, deps, attempt.previousToken);
        const first = { personId: account.personId, post, createdAt: now };
        return begin(tx, deps, first, 'identity.session.create');
      });
    },
    async signOut(actor, token) {
      await inTransaction(deps.db, async (tx) => {
        await end(tx, deps, token);
        await recordAudit(tx, {
          actor,
          operation: 'identity.session.end',
          subjects: [`person:${actor.personId}`],
          outcome: 'done',
          at: deps.clock.now(),
        });
      });
    },
    async switchPost(actor, postId, token) {
      const on = localDateOf(deps.clock.now());
      const session = await currentSession(deps, actor, token, on);
      const posts = await listPostsHeld(deps.db, actor.personId, on);
      const post = posts.find(({ id }) => id === postId);
      if (!post) throw new Refused('not_found', { code: 'identity.post_not_held', path: 'postId' });
      return inTransaction(deps.db, async (tx) => {
        await end(tx, deps, token);
        const { createdAt } = session;
        const next = { personId: actor.personId, post, createdAt };
        return begin(tx, deps, next, 'identity.session.switchPost');
      });
    },
    async changePassword(actor, { current, next }, { address, previousToken }) {
      const { personId, postId } = actor;
      const on = localDateOf(deps.clock.now());
      const session = await currentSession(deps, actor, previousToken, on);
      const post = (await listPostsHeld(deps.db, personId, on)).find(({ id }) => id === postId);
      const [account] = await accounts.findAccounts(deps.db, [], [personId]);
      if (!post || !account) throw new Refused('forbidden', { code: 'identity.session_needed' });
      const { name } = account;
      await guard.admit(name, { account: name, password: current, address, previousToken });
      const passwordHash = await deps.passwords.hash(next);
      const token = await inTransaction(deps.db, async (tx) => {
        await accounts.saveAccount(tx, { name, personId, passwordHash });
        await credentials.deleteSessionsOf(tx, [personId]);
        const { createdAt } = session;
        return begin(tx, deps, { personId, post, createdAt }, 'identity.session.changePassword');
      });
      deps.actors.forgetAll();
      return token;
    },
    me: (actor) => describe(deps, actor),
  };
}

/** Only a signed-in person changes posts or passwords; a key acts as what it was made for. */
async function currentSession(
  { db }: IdentityDeps,
  actor: Actor,
  token: string | null,
  on: LocalDate,
): Promise<credentials.Credential> {
  const isSession = actor.via === 'session' && token !== null;
  const session = isSession ? await credentials.findSession(db, hashToken(token), on) : null;
  if (!session) throw new Refused('forbidden', { code: 'identity.session_needed' });
  return session;
}

const before = (now: Instant, ms: number): Instant => new Date(Date.parse(now) - ms).toISOString();

async function begin(
  tx: Tx,
  { clock }: IdentityDeps,
  { personId, post, createdAt }: { personId: string; post: HeldPost; createdAt: Instant },
  operation: string,
): Promise<string> {
  const token = newSessionToken();
  const at = clock.now();
  await credentials.saveSession(tx, {
    tokenHash: hashToken(token),
    personId,
    postId: post.id,
    createdAt,
    lastSeenAt: at,
  });
  const { id: postId, organisationId } = post;
  await recordAudit(tx, {
    actor: { ...NOBODY, personId, postId, organisationId },
    operation,
    subjects: [`person:${personId}`],
    outcome: 'done',
    at,
  });
  return token;
}

async function end(tx: Tx, { actors }: IdentityDeps, token: string | null): Promise<void> {
  if (token === null) return;
  const hash = hashToken(token);
  await credentials.deleteSession(tx, hash);
  actors.forget(hash);
}

async function describe({ db, clock, permissions }: IdentityDeps, actor: Actor): Promise<Me> {
  const posts = await listPostsHeld(db, actor.personId, localDateOf(clock.now()));
  const organisation = await findOrganisation(db, actor.organisationId);
  const post = posts.find(({ id }) => id === actor.postId);
  if (!organisation || !post) throw new Refused('forbidden', { code: 'identity.no_post' });
  return {
    personId: actor.personId,
    name: actor.name,
    post: { id: post.id, title: post.title, titleEn: post.titleEn },
    organisation,
    roles: [...actor.roles],
    offices: [...actor.offices],
    permissions: permissions
      .filter((permission) => isPermitted(actor, permission))
      .map(({ operation }) => operation),
    posts: posts
      .filter(({ id }) => id !== actor.postId)
      .map(({ id, title, titleEn, organisationId }) => ({ id, title, titleEn, organisationId })),
  };
}
