create schema if not exists identity;
comment on schema identity is 'Who acts: organisations, posts, people, their credentials, and the audit of what they did.';

create table identity.organisation (
  id text not null,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  succeeds text,
  constraint organisation_pkey primary key (id),
  constraint organisation_kind check (
    kind in ('customsOffice', 'otherAuthority', 'terminal', 'enterprise', 'partyBody', 'jointBody')),
  constraint organisation_succeeds_fkey foreign key (succeeds) references identity.organisation (id)
    deferrable initially deferred
);
comment on table identity.organisation is 'An organisation that acts at the port, or is acted for.';
comment on column identity.organisation.id is 'Chosen by the caller: USCC, 4-digit customs office, or a short name.';
comment on column identity.organisation.kind is 'What it is; see OrganisationKind in the contract.';
comment on column identity.organisation.name_zh is 'Name in Chinese.';
comment on column identity.organisation.name_en is 'Name in English.';
comment on column identity.organisation.succeeds is 'The organisation whose rights and duties it took over, if any.';

create table identity.hierarchy_membership (
  organisation_id text not null,
  hierarchy text not null,
  parent_id text not null,
  valid_from date not null,
  valid_to date,
  constraint hierarchy_membership_pkey primary key (organisation_id, hierarchy, parent_id, valid_from),
  constraint hierarchy_membership_organisation_fkey foreign key (organisation_id)
    references identity.organisation (id),
  constraint hierarchy_membership_parent_fkey foreign key (parent_id)
    references identity.organisation (id),
  constraint hierarchy_membership_hierarchy check (
    hierarchy in ('administrative', 'party', 'industry', 'taskForce')),
  constraint hierarchy_membership_has_days check (valid_to is null or valid_to > valid_from),
  constraint hierarchy_membership_not_own_parent check (parent_id <> organisation_id)
);
comment on table identity.hierarchy_membership is 'An organisation''s place in a hierarchy; it stands in several at once, each for its time.';
comment on column identity.hierarchy_membership.organisation_id is 'Who is a member.';
comment on column identity.hierarchy_membership.hierarchy is 'Administrative, party, industry or task force.';
comment on column identity.hierarchy_membership.parent_id is 'Whom it stands under.';
comment on column identity.hierarchy_membership.valid_from is 'First day.';
comment on column identity.hierarchy_membership.valid_to is 'Day on which it no longer holds; null while it does.';

create table identity.person (
  id text not null,
  name text not null,
  constraint person_pkey primary key (id)
);
comment on table identity.person is 'A person. Nothing more is kept than what acting requires.';
comment on column identity.person.id is 'Chosen by the caller.';
comment on column identity.person.name is 'As colleagues write it.';

create table identity.post (
  id text not null,
  organisation_id text not null,
  title text not null,
  roles text[] not null,
  offices text[] not null,
  may_backdate boolean not null,
  constraint post_pkey primary key (id),
  constraint post_organisation_fkey foreign key (organisation_id) references identity.organisation (id),
  constraint post_has_a_role check (cardinality(roles) > 0)
);
comment on table identity.post is 'A post of an organisation: what may be done is the post''s, not the person''s.';
comment on column identity.post.id is 'Chosen by the caller.';
comment on column identity.post.organisation_id is 'Whose post it is.';
comment on column identity.post.title is 'As written on the door.';
comment on column identity.post.roles is 'Roles; see Role in the contract.';
comment on column identity.post.offices is 'Customs offices the post covers; empty when it is not bound to offices.';
comment on column identity.post.may_backdate is 'Whether history may be filed with the time it happened: for loaders only.';

create table identity.holding (
  post_id text not null,
  person_id text not null,
  valid_from date not null,
  valid_to date,
  constraint holding_pkey primary key (post_id, person_id, valid_from),
  constraint holding_post_fkey foreign key (post_id) references identity.post (id),
  constraint holding_person_fkey foreign key (person_id) references identity.person (id),
  constraint holding_has_days check (valid_to is null or valid_to > valid_from)
);
create index holding_by_person on identity.holding (person_id);
comment on table identity.holding is 'Who holds a post from when to when; the holdings of a post in order are its succession.';
comment on column identity.holding.post_id is 'The post.';
comment on column identity.holding.person_id is 'Its holder.';
comment on column identity.holding.valid_from is 'First day.';
comment on column identity.holding.valid_to is 'Day on which it is no longer held; null while it is.';

create table identity.account (
  name text not null,
  person_id text not null,
  password_hash text not null,
  failures integer not null default 0,
  locked_until timestamptz,
  constraint account_pkey primary key (name),
  constraint account_person_key unique (person_id),
  constraint account_person_fkey foreign key (person_id) references identity.person (id)
);
comment on table identity.account is 'How a person signs in.';
comment on column identity.account.name is 'What is typed at sign-in, in lower case.';
comment on column identity.account.person_id is 'Whose account it is.';
comment on column identity.account.password_hash is 'Argon2id, in PHC form with its salt and costs.';
comment on column identity.account.failures is 'Wrong passwords since the last right one.';
comment on column identity.account.locked_until is 'No password is looked at before this moment.';

create table identity.session (
  token_hash bytea not null,
  person_id text not null,
  post_id text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  constraint session_pkey primary key (token_hash),
  constraint session_person_fkey foreign key (person_id) references identity.person (id),
  constraint session_post_fkey foreign key (post_id) references identity.post (id)
);
create index session_by_person on identity.session (person_id);
comment on table identity.session is 'A signed-in browser.';
comment on column identity.session.token_hash is 'SHA-256 of the cookie: who reads this table cannot sign in with it.';
comment on column identity.session.person_id is 'Who signed in.';
comment on column identity.session.post_id is 'The post acted in; changing it makes a new session.';
comment on column identity.session.created_at is 'When it began; it ends a fixed time later whatever happens.';
comment on column identity.session.last_seen_at is 'Last use, to the minute; idle sessions end.';

create table identity.api_key (
  id bigint generated always as identity,
  key_hash bytea not null,
  prefix text not null,
  label text not null,
  post_id text not null,
  person_id text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_key_pkey primary key (id),
  constraint api_key_hash_key unique (key_hash),
  constraint api_key_post_fkey foreign key (post_id) references identity.post (id),
  constraint api_key_person_fkey foreign key (person_id) references identity.person (id)
);
comment on table identity.api_key is 'A key by which a system acts in a post, for as long as its person holds that post.';
comment on column identity.api_key.id is 'Counted.';
comment on column identity.api_key.key_hash is 'SHA-256 of the key: the key itself is shown once and never kept.';
comment on column identity.api_key.prefix is 'Its first characters, to tell keys apart.';
comment on column identity.api_key.label is 'What it is for.';
comment on column identity.api_key.post_id is 'The post acted in.';
comment on column identity.api_key.person_id is 'The person answerable for it.';
comment on column identity.api_key.created_at is 'When it was made.';
comment on column identity.api_key.last_used_at is 'Last use, to the minute.';
comment on column identity.api_key.revoked_at is 'When it was withdrawn.';

create table identity.preference (
  person_id text not null,
  key text not null,
  value jsonb not null,
  constraint preference_pkey primary key (person_id, key),
  constraint preference_person_fkey foreign key (person_id) references identity.person (id)
);
comment on table identity.preference is 'What a person set for its own pages: saved views, columns.';
comment on column identity.preference.person_id is 'Whose it is.';
comment on column identity.preference.key is 'What it is about; the pages choose it.';
comment on column identity.preference.value is 'Any JSON.';

create table identity.audit (
  id bigint generated always as identity,
  at timestamptz not null,
  person_id text not null,
  post_id text not null,
  organisation_id text not null,
  operation text not null,
  subjects text[] not null,
  outcome text not null,
  detail jsonb not null,
  sealed_in bigint,
  constraint audit_pkey primary key (id),
  constraint audit_outcome check (outcome in ('done', 'refused'))
);
create index audit_unsealed on identity.audit (id) where sealed_in is null;
create index audit_by_subject on identity.audit using gin (subjects);
comment on table identity.audit is 'Who did what, written in the transaction that did it. Never changed, never deleted.';
comment on column identity.audit.id is 'Order of writing; numbers may be missing, since a transaction that fails keeps its number.';
comment on column identity.audit.at is 'When.';
comment on column identity.audit.person_id is 'Who; no foreign key, since the record outlives the person.';
comment on column identity.audit.post_id is 'In which post.';
comment on column identity.audit.organisation_id is 'Of which organisation.';
comment on column identity.audit.operation is 'What was done or attempted; the permission''s name.';
comment on column identity.audit.subjects is 'To what: `declaration:<id>`.';
comment on column identity.audit.outcome is 'Done, or refused.';
comment on column identity.audit.detail is 'What else is worth knowing: versions, counts, reasons.';
comment on column identity.audit.sealed_in is 'The batch that sealed it; null in the unsealed window.';

create table identity.audit_seal (
  batch bigint not null,
  row_ids bigint[] not null,
  row_hashes bytea[] not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  constraint audit_seal_pkey primary key (batch),
  constraint audit_seal_counts_from_one check (batch >= 1),
  constraint audit_seal_hash_per_row check (
    cardinality(row_ids) = cardinality(row_hashes) and cardinality(row_ids) > 0)
);
comment on table identity.audit_seal is 'One link of the audit chain: the hashes of a batch of rows, over the hash of the link before.';
comment on column identity.audit_seal.batch is 'Counted from 1 without gaps.';
comment on column identity.audit_seal.row_ids is 'The rows sealed, in order; by these a missing row has a name.';
comment on column identity.audit_seal.row_hashes is 'SHA-256 of each row''s canonical JSON; by these an altered row has a name.';
comment on column identity.audit_seal.previous_hash is 'The hash of the batch before; 32 zero bytes for the first.';
comment on column identity.audit_seal.hash is 'SHA-256 over batch, time, previous hash, row ids and row hashes.';
comment on column identity.audit_seal.sealed_at is 'When it was sealed.';

create function identity.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is never changed: % on %', lower(tg_op), tg_table_name
    using errcode = 'integrity_constraint_violation';
end
$$;
comment on function identity.refuse_change is 'Stands guard over the audit and its seals.';

create function identity.is_only_sealing(was identity.audit, becomes identity.audit)
returns boolean language sql immutable as $$
  select was.sealed_in is null and becomes.sealed_in is not null
    and (becomes.id, becomes.at, becomes.person_id, becomes.post_id, becomes.organisation_id,
         becomes.operation, becomes.subjects, becomes.outcome, becomes.detail)
      is not distinct from
        (was.id, was.at, was.person_id, was.post_id, was.organisation_id,
         was.operation, was.subjects, was.outcome, was.detail)
$$;
comment on function identity.is_only_sealing is 'The one change a row of the audit may see: from unsealed to sealed.';

create trigger audit_is_only_sealed before update on identity.audit
  for each row when (not identity.is_only_sealing(old, new))
  execute function identity.refuse_change();
create trigger audit_is_kept before delete on identity.audit
  for each row execute function identity.refuse_change();
create trigger audit_is_not_emptied before truncate on identity.audit
  for each statement execute function identity.refuse_change();
create trigger audit_seal_stands before update or delete on identity.audit_seal
  for each row execute function identity.refuse_change();
create trigger audit_seal_is_not_emptied before truncate on identity.audit_seal
  for each statement execute function identity.refuse_change();
