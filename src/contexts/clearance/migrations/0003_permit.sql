-- The register of permits and quotas, and the dated rules that ask for them.
create table clearance.permit (
  id text not null,
  kind text not null,
  number text not null,
  issuer text not null,
  holder text not null,
  seq integer not null,
  version integer not null,
  content_hash text not null,
  terms jsonb not null,
  quantity_limit numeric(38, 10),
  value_limit numeric(38, 10),
  uses_limit integer,
  quantity_taken numeric(38, 10) not null default 0,
  value_taken numeric(38, 10) not null default 0,
  uses_taken integer not null default 0,
  valid_from date not null,
  valid_until date not null,
  revoked_at timestamptz,
  constraint permit_pkey primary key (id),
  constraint permit_never_over_written_down check (
    quantity_taken between 0 and coalesce(quantity_limit, quantity_taken)
    and value_taken between 0 and coalesce(value_limit, value_taken)
    and uses_taken between 0 and coalesce(uses_limit, uses_taken)
  )
);
create index permit_by_holder on clearance.permit (holder, id);

comment on table clearance.permit is 'Permits and quotas (许可证件、配额): a cached fold of each permit''s events, with what is taken of it.';
comment on column clearance.permit.id is 'Kind and number, as declarations name it.';
comment on column clearance.permit.kind is 'Licence kind (监管证件代码).';
comment on column clearance.permit.number is 'Number given by the authority.';
comment on column clearance.permit.issuer is 'The authority that issued it.';
comment on column clearance.permit.holder is 'Who may use it, by USCC.';
comment on column clearance.permit.seq is 'The sequence number of its last event.';
comment on column clearance.permit.version is 'How often its terms were set: a change names the version it was made from.';
comment on column clearance.permit.content_hash is 'SHA-256 of what was issued, by content: the same permit loaded again is recognised by it.';
comment on column clearance.permit.terms is 'What it allows, as last changed.';
comment on column clearance.permit.quantity_limit is 'How much may pass, in its unit; null sets no bound.';
comment on column clearance.permit.value_limit is 'Value that may pass, in its currency; null sets no bound.';
comment on column clearance.permit.uses_limit is 'How many declarations it may serve; null sets no bound.';
comment on column clearance.permit.quantity_taken is 'Reserved and written down, in its unit.';
comment on column clearance.permit.value_taken is 'Reserved and written down, in its currency.';
comment on column clearance.permit.uses_taken is 'Declarations that reserved or wrote down.';
comment on column clearance.permit.valid_from is 'First day it may be used.';
comment on column clearance.permit.valid_until is 'Last day it may be used (有效截止日期).';
comment on column clearance.permit.revoked_at is 'When its authority revoked it.';

create table clearance.permit_use (
  permit text not null,
  declaration text not null,
  status text not null,
  lines jsonb not null,
  quantity numeric(38, 10),
  value numeric(38, 10),
  since timestamptz not null,
  constraint permit_use_pkey primary key (permit, declaration)
);
create index permit_use_by_declaration on clearance.permit_use (declaration);

comment on table clearance.permit_use is 'What each declaration takes of each permit.';
comment on column clearance.permit_use.permit is 'The permit.';
comment on column clearance.permit_use.declaration is 'The declaration.';
comment on column clearance.permit_use.status is 'reserved (预核扣), writtenDown (核扣) or givenBack.';
comment on column clearance.permit_use.lines is 'The lines it serves.';
comment on column clearance.permit_use.quantity is 'Quantity taken, in the permit''s unit; null where it sets no bound.';
comment on column clearance.permit_use.value is 'Value taken, in the permit''s currency; null where it sets no bound.';
comment on column clearance.permit_use.since is 'Since when it stands so.';

create table clearance.permit_wait (
  permit text not null,
  declaration text not null,
  ask jsonb not null,
  reason jsonb not null,
  since timestamptz not null,
  constraint permit_wait_pkey primary key (permit, declaration)
);
create index permit_wait_by_declaration on clearance.permit_wait (declaration);

comment on table clearance.permit_wait is 'Declarations that named a permit before its authority loaded it.';
comment on column clearance.permit_wait.permit is 'The permit that was named.';
comment on column clearance.permit_wait.declaration is 'The declaration that waits.';
comment on column clearance.permit_wait.ask is 'What it would take.';
comment on column clearance.permit_wait.reason is 'Why it does not have it yet.';
comment on column clearance.permit_wait.since is 'Since when it waits.';

create table clearance.prohibition_rule (
  id text not null,
  content jsonb not null,
  source text not null,
  version text not null,
  loaded_at timestamptz not null,
  constraint prohibition_rule_pkey primary key (id)
);

comment on table clearance.prohibition_rule is 'Dated prohibitions and restrictions (禁止、限制进出口), each with its law.';
comment on column clearance.prohibition_rule.id is 'Chosen by its publisher; a later load of the same id replaces it.';
comment on column clearance.prohibition_rule.content is 'The rule.';
comment on column clearance.prohibition_rule.source is 'Who published it.';
comment on column clearance.prohibition_rule.version is 'The publisher''s version.';
comment on column clearance.prohibition_rule.loaded_at is 'When it was loaded.';
