-- Post-clearance audit (稽查).
create table clearance.audit (
  id text not null,
  seq integer not null,
  content_hash text not null,
  origin text not null,
  status text not null,
  organisation text not null,
  office text not null,
  opened_at timestamptz not null,
  declarations integer not null,
  due_on date,
  is_overdue boolean not null,
  result text,
  constraint audit_pkey primary key (id)
);
create index audit_by_opening on clearance.audit (opened_at desc, id desc);
create index audit_by_organisation on clearance.audit (organisation, opened_at desc, id desc);
create index audit_awaited on clearance.audit (due_on, id) where status = 'awaitingEnterprise';

comment on table clearance.audit is 'Post-clearance audits (稽查): a cached fold of each audit''s events.';
comment on column clearance.audit.id is 'Chosen by whoever opened it; the port calls its own after the declaration.';
comment on column clearance.audit.seq is 'The sequence number of its last event.';
comment on column clearance.audit.content_hash is 'SHA-256 of what opened it: the same opening again is recognised by it.';
comment on column clearance.audit.origin is 'lane, officer or disclosure (主动披露).';
comment on column clearance.audit.status is 'open, awaitingEnterprise or concluded.';
comment on column clearance.audit.organisation is 'The audited party, by USCC.';
comment on column clearance.audit.office is 'The office that audits.';
comment on column clearance.audit.opened_at is 'When it was opened.';
comment on column clearance.audit.declarations is 'How many declarations it is about.';
comment on column clearance.audit.due_on is 'The earliest day the enterprise has to have replied by, while something is asked of it.';
comment on column clearance.audit.is_overdue is 'It was told that such a day has passed.';
comment on column clearance.audit.result is 'conforms or differs, once concluded.';

create table clearance.audit_declaration (
  audit text not null,
  declaration text not null,
  constraint audit_declaration_pkey primary key (declaration, audit)
);

comment on table clearance.audit_declaration is 'Which declarations an audit is about.';
comment on column clearance.audit_declaration.audit is 'The audit.';
comment on column clearance.audit_declaration.declaration is 'The declaration.';
