create schema if not exists clearance;

-- One row per declaration: what people search and sort by. A cached fold of the event log;
-- `clearance.integrity` in the test suite compares the two.
create table clearance.declaration (
  id text not null,
  organisation text not null,
  status text not null,
  version integer not null,
  content_hash text not null,
  number text,
  ie_flag text not null,
  declaration_office text,
  border_office text,
  examination_office text,
  domestic_uscc text,
  domestic_name text,
  hs_code text,
  description text,
  origin_country text,
  partner_country text,
  lines integer not null,
  total_value numeric(38, 10),
  currency text,
  lane text,
  score integer,
  selected_by text,
  filed_at timestamptz,
  released_at timestamptz,
  task text,
  task_since timestamptz,
  task_office text,
  constraint declaration_pkey primary key (id)
);

create unique index declaration_by_number on clearance.declaration (number) where number is not null;
create index declaration_by_filing on clearance.declaration (filed_at desc, id desc);
create index declaration_by_organisation on clearance.declaration (organisation, filed_at desc, id desc);
create index declaration_with_task on clearance.declaration (task_since, id) where task is not null;

create sequence clearance.declaration_serial increment by 100;

comment on sequence clearance.declaration_serial is 'The first of 100 nine-digit serials at the end of declaration numbers; a server draws them by the hundred.';
comment on table clearance.declaration is 'What people search declarations by: a cached fold of each declaration''s events.';
comment on column clearance.declaration.id is 'Chosen by the caller; the same id is the same declaration.';
comment on column clearance.declaration.organisation is 'The declarant it belongs to (申报单位), by USCC.';
comment on column clearance.declaration.status is 'Where it is in its life.';
comment on column clearance.declaration.version is 'The sequence number of its last event; a writer that read an older one loses.';
comment on column clearance.declaration.content_hash is 'SHA-256 of what was filed, by content.';
comment on column clearance.declaration.number is '18-digit declaration number (报关单号), given on acceptance.';
comment on column clearance.declaration.ie_flag is 'I for import, E for export.';
comment on column clearance.declaration.declaration_office is 'Office of declaration (申报地海关).';
comment on column clearance.declaration.border_office is 'Office of entry or exit (进出境关别).';
comment on column clearance.declaration.examination_office is 'Office that examines, when it is another one.';
comment on column clearance.declaration.domestic_uscc is 'Domestic consignee or consignor (境内收发货人), by USCC.';
comment on column clearance.declaration.domestic_name is 'Its name as declared.';
comment on column clearance.declaration.hs_code is 'Tariff code of the main line.';
comment on column clearance.declaration.description is 'Description of the main line, as declared.';
comment on column clearance.declaration.origin_country is 'Country of origin of the main line.';
comment on column clearance.declaration.partner_country is 'Country the goods came from or go to.';
comment on column clearance.declaration.lines is 'Number of lines.';
comment on column clearance.declaration.total_value is 'Declared total, in `currency`.';
comment on column clearance.declaration.currency is 'ISO 4217.';
comment on column clearance.declaration.lane is 'The decision: red, yellow, blue or green.';
comment on column clearance.declaration.score is 'Risk points, 0 to 100.';
comment on column clearance.declaration.selected_by is 'Why it is in its lane: mandatory, score, sample or none.';
comment on column clearance.declaration.filed_at is 'When it was filed in the world.';
comment on column clearance.declaration.released_at is 'When its last condition was met.';
comment on column clearance.declaration.task is 'What an officer has to do next, if anything.';
comment on column clearance.declaration.task_since is 'Since when.';
comment on column clearance.declaration.task_office is 'At which office.';
