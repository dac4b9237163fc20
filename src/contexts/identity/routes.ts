import { z } from 'zod';
import { type Call, type HttpApp, route } from '../../platform/http/index.ts';
import {
  type Actor,
  ApiKey,
  ApiKeyCreated,
  ApiKeyInput,
  AuditPage,
  AuditSearch,
  AuditStatus,
  AuditVerification,
  Me,
  OrganisationNames,
  OrganisationNamesQuery,
  OrganisationPage,
  OrganisationSearch,
  OrganisationsInput,
  PasswordChange,
  PeopleInput,
  PeoplePage,
  PeopleSearch,
  PreferenceKey,
  Saved,
  SignIn,
} from './contract.ts';
import type { Identity } from './identity.ts';
import * as permission from './permissions.ts';
import { SESSION_COOKIE, SESSION_LASTS_MS, tokenIn } from './service/authenticate.ts';

/** A thousand organisations or people with their posts. */
const UPSERT_BYTES_MAX = 4_000_000;

export function identityRoutes(app: HttpApp<Actor>, identity: Identity): void {
  sessionRoutes(app, identity);
  passwordRoute(app, identity);
  organisationRoutes(app, identity);
  peopleRoutes(app, identity);
  apiKeyRoutes(app, identity);
  preferenceRoutes(app, identity);
  auditRoutes(app, identity);
}

type AnyCall = Call<unknown, unknown, unknown, unknown>;

/**
 * Scripts cannot read the cookie and other sites cannot send it; where the connection is secure,
 * it travels on secure connections only.
 */
function setSession({ header, setHeader, request }: AnyCall, token: string | null): void {
  const isSecure = request.url.startsWith('https:') || header('x-forwarded-proto') === 'https';
  const age = token === null ? 0 : SESSION_LASTS_MS / 1000;
  const parts = [`${SESSION_COOKIE}=${token ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  setHeader('set-cookie', [...parts, `Max-Age=${age}`, ...(isSecure ? ['Secure'] : [])].join('; '));
}

function sessionRoutes(app: HttpApp<Actor>, { sessions, authenticate }: Identity): void {
  const path = '/api/session';
  const tag = 'session';
  route(
    app,
    { method: 'get', path, tag, summary: 'Who I am and what I may do.', response: Me },
    ({ principal }) => sessions.me(principal),
  );
  route(
    app,
    { method: 'post', path, tag, summary: 'Sign in.', body: SignIn, response: Me, public: true },
    async (call) => {
      const previousToken = tokenIn(call.request.headers);
      const token = await sessions.signIn({ ...call.body, address: call.address, previousToken });
      setSession(call, token);
      return sessions.me(await actorOf(authenticate, token, call.address));
    },
  );
  route(
    app,
    { method: 'delete', path, tag, summary: 'Sign out.', response: z.object({}) },
    async (call) => {
      await sessions.signOut(call.principal, tokenIn(call.request.headers));
      setSession(call, null);
      return {};
    },
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/session/post',
      tag,
      summary: 'Go on in another of my posts.',
      body: z.object({ postId: z.string().max(64) }),
      response: Me,
    },
    async (call) => {
      const before = tokenIn(call.request.headers);
      const token = await sessions.switchPost(call.principal, call.body.postId, before);
      setSession(call, token);
      return sessions.me(await actorOf(authenticate, token, call.address));
    },
  );
}

function passwordRoute(app: HttpApp<Actor>, { sessions, authenticate }: Identity): void {
  route(
    app,
    {
      method: 'put',
      path: '/api/session/password',
      tag: 'session',
      summary: 'Change my password. My other sessions end.',
      body: PasswordChange,
      response: Me,
    },
    async (call) => {
      const { principal, body, address } = call;
      const previousToken = tokenIn(call.request.headers);
      const token = await sessions.changePassword(principal, body, { address, previousToken });
      setSession(call, token);
      return sessions.me(await actorOf(authenticate, token, address));
    },
  );
}

async function actorOf(
  authenticate: Identity['authenticate'],
  token: string,
  address: string,
): Promise<Actor> {
  const headers = new Headers({ cookie: `${SESSION_COOKIE}=${token}` });
  const actor = await authenticate({ headers, address });
  if (!actor) throw new Error('A session just begun has nobody in it.');
  return actor;
}

function organisationRoutes(app: HttpApp<Actor>, { organisations }: Identity): void {
  const path = '/api/organisations';
  const tag = 'organisations';
  route(
    app,
    {
      method: 'get',
      path,
      tag,
      summary: 'Organisations, searched by id or name.',
      permission: permission.readOrganisations,
      query: OrganisationSearch,
      response: OrganisationPage,
    },
    ({ principal, query }) => organisations.list(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: `${path}/names`,
      tag,
      summary: 'Names of organisations by their ids.',
      permission: permission.readOrganisationNames,
      query: OrganisationNamesQuery,
      response: OrganisationNames,
    },
    ({ principal, query }) => organisations.names(principal, query.ids),
  );
  route(
    app,
    {
      method: 'post',
      path,
      tag,
      summary: 'Create or change many organisations at once; the same again changes nothing.',
      permission: permission.saveOrganisations,
      body: OrganisationsInput,
      response: Saved,
      maxBodyBytes: UPSERT_BYTES_MAX,
    },
    ({ principal, body }) => organisations.save(principal, body.organisations),
  );
}

function peopleRoutes(app: HttpApp<Actor>, { people }: Identity): void {
  const path = '/api/people';
  const tag = 'people';
  route(
    app,
    {
      method: 'get',
      path,
      tag,
      summary: 'People with their posts and accounts. Reading them is audited.',
      permission: permission.readPeople,
      query: PeopleSearch,
      response: PeoplePage,
    },
    ({ principal, query }) => people.list(principal, query),
  );
  route(
    app,
    {
      method: 'post',
      path,
      tag,
      summary:
        'Create or change many people, their posts and accounts; the same again changes nothing.',
      permission: permission.savePeople,
      body: PeopleInput,
      response: Saved,
      maxBodyBytes: UPSERT_BYTES_MAX,
    },
    ({ principal, body }) => people.save(principal, body.people),
  );
}

function apiKeyRoutes(app: HttpApp<Actor>, { apiKeys }: Identity): void {
  const path = '/api/api-keys';
  const tag = 'api-keys';
  const needed = permission.manageApiKeys;
  route(
    app,
    {
      method: 'get',
      path,
      tag,
      summary: 'Keys of my post; for operators, of every post.',
      permission: needed,
      response: z.object({ apiKeys: z.array(ApiKey) }),
    },
    async ({ principal }) => ({ apiKeys: await apiKeys.list(principal) }),
  );
  route(
    app,
    {
      method: 'post',
      path,
      tag,
      summary: 'Make a key for a post. It is shown in this answer only.',
      permission: needed,
      body: ApiKeyInput,
      response: ApiKeyCreated,
    },
    ({ principal, body }) => apiKeys.create(principal, body.postId, body.label),
  );
  route(
    app,
    {
      method: 'delete',
      path: `${path}/{id}`,
      tag,
      summary: 'Withdraw a key for good.',
      permission: needed,
      params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
      response: ApiKey,
    },
    ({ principal, params }) => apiKeys.revoke(principal, params.id),
  );
}

function preferenceRoutes(app: HttpApp<Actor>, { preferences }: Identity): void {
  const path = '/api/preferences/{key}';
  const tag = 'preferences';
  const params = z.object({ key: PreferenceKey });
  route(
    app,
    {
      method: 'get',
      path,
      tag,
      summary: 'A setting of mine, or null.',
      params,
      response: z.unknown(),
    },
    ({ principal, params: { key } }) => preferences.get(principal, key),
  );
  route(
    app,
    {
      method: 'put',
      path,
      tag,
      summary: 'Keep a setting.',
      params,
      body: z.unknown(),
      response: z.unknown(),
    },
    async ({ principal, params: { key }, body }) => {
      await preferences.put(principal, key, body);
      return body;
    },
  );
}

function auditRoutes(app: HttpApp<Actor>, { audit }: Identity): void {
  const tag = 'audit';
  route(
    app,
    {
      method: 'get',
      path: '/api/audit',
      tag,
      summary: 'Who did what, the newest first.',
      permission: permission.readAudit,
      query: AuditSearch,
      response: AuditPage,
    },
    ({ principal, query }) => audit.search(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/audit/status',
      tag,
      summary: 'How far the chain reaches, and what is still unsealed.',
      permission: permission.verifyAudit,
      response: AuditStatus,
    },
    ({ principal }) => audit.status(principal),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/audit/verify',
      tag,
      summary: 'Walk the chain and name the first broken link.',
      permission: permission.verifyAudit,
      givesWay: 'report',
      response: AuditVerification,
    },
    ({ principal }) => audit.verify(principal),
  );
}
