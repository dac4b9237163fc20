create schema if not exists reference;

create table reference.code_table (
  name text not null,
  label_zh text not null,
  label_en text not null,
  source text not null,
  version text not null,
  loaded_at timestamptz not null,
  constraint code_table_pkey primary key (name)
);

create table reference.code_entry (
  table_name text not null,
  code text not null,
  effective_from date not null,
  effective_to date,
  label_zh text not null,
  label_en text not null,
  attributes jsonb not null default '{}',
  source text not null,
  source_version text not null,
  constraint code_entry_pkey primary key (table_name, code, effective_from),
  constraint code_entry_table_fkey foreign key (table_name) references reference.code_table (name),
  constraint code_entry_period_check check (effective_to is null or effective_to > effective_from)
);

comment on schema reference is 'Code tables as they stood on any day, each with its source.';
comment on table reference.code_table is 'The code tables and the version of each loaded last.';
comment on column reference.code_table.name is 'Name used by contexts and pages: customs_office.';
comment on column reference.code_table.label_zh is 'Name in Chinese.';
comment on column reference.code_table.label_en is 'Name in English.';
comment on column reference.code_table.source is 'Who published the version loaded last.';
comment on column reference.code_table.version is 'The version loaded last, as its publisher calls it.';
comment on column reference.code_table.loaded_at is 'When it was loaded.';
comment on table reference.code_entry is 'Codes with the days they are in force; at most one row per code and day.';
comment on column reference.code_entry.table_name is 'The table the code belongs to.';
comment on column reference.code_entry.code is 'The code.';
comment on column reference.code_entry.effective_from is 'First day in force.';
comment on column reference.code_entry.effective_to is 'First day no longer in force; null while it is.';
comment on column reference.code_entry.label_zh is 'Meaning in Chinese.';
comment on column reference.code_entry.label_en is 'Meaning in English.';
comment on column reference.code_entry.attributes is 'Further columns of the table, as text.';
comment on column reference.code_entry.source is 'Who published the version this row came with.';
comment on column reference.code_entry.source_version is 'The version this row came with.';
