alter table risk.decision drop constraint decision_selected_by_check;
alter table risk.decision add constraint decision_selected_by_check
  check (selected_by in ('mandatory', 'score', 'model', 'sample', 'none'));
comment on column risk.decision.selected_by is 'mandatory criterion, score, model, random sample, or none.';
comment on column risk.decision.body is 'Results, model, sampling, shadow and versions: with the other columns, the whole decision. Kept as text (json, not jsonb), so that it stays byte for byte.';

-- One row per rule: a cached fold of its events, and the row that writers lock.
create table risk.rule (
  id text not null,
  seq integer not null,
  head jsonb not null,
  constraint rule_pkey primary key (id)
);

comment on table risk.rule is 'Officers'' rules as the list shows them: a cached fold of each rule''s events.';
comment on column risk.rule.id is 'Chosen by the author; the same id is the same rule.';
comment on column risk.rule.seq is 'The sequence number of its last event.';
comment on column risk.rule.head is 'Status, label, versions in force, proposal and snoozes.';

-- Versions that ever stood in a book, so that any decision replays.
create table risk.rule_version (
  rule text not null,
  version integer not null,
  content json not null,
  constraint rule_version_pkey primary key (rule, version)
);

comment on table risk.rule_version is 'Every version of a rule that ever stood in a book. Never changed, never deleted: decisions replay from it.';
comment on column risk.rule_version.rule is 'The rule.';
comment on column risk.rule_version.version is 'Its version, counted from 1.';
comment on column risk.rule_version.content is 'What it judges and what it says, with the compiled condition.';

create table risk.list (
  name text not null,
  seq integer not null,
  head jsonb not null,
  constraint list_pkey primary key (name)
);

comment on table risk.list is 'Lists that rules ask: a cached fold of each list''s events.';
comment on column risk.list.name is 'What rules say behind `lists.`.';
comment on column risk.list.seq is 'The sequence number of its last event.';
comment on column risk.list.head is 'Label, type, and the versions published and proposed.';

create table risk.list_version (
  list text not null,
  version integer not null,
  hash text not null,
  type text not null,
  ends_on date,
  entries bytea not null,
  constraint list_version_pkey primary key (list, version),
  constraint list_version_type_check check (type in ('text', 'number'))
);

comment on table risk.list_version is 'The entries of every version of every list. Never changed, never deleted: decisions replay from them.';
comment on column risk.list_version.list is 'The list.';
comment on column risk.list_version.version is 'Its version, counted from 1.';
comment on column risk.list_version.hash is 'SHA-256 of the entries.';
comment on column risk.list_version.type is 'text or number.';
comment on column risk.list_version.ends_on is 'The day from which the list as a whole has expired, if it does.';
comment on column risk.list_version.entries is 'Values with the day each ends and a note: one JSON array a line, compressed with gzip.';

-- What stood in force together, and since when.
create table risk.rule_book (
  seq bigint generated always as identity,
  version text not null,
  content json not null,
  made_by text not null,
  made_at timestamptz not null,
  constraint rule_book_pkey primary key (seq)
);

create index rule_book_by_version on risk.rule_book (version);

comment on table risk.rule_book is 'The books decisions were made by: which versions of rules and lists stood in force together. Only added to.';
comment on column risk.rule_book.seq is 'Order of publishing: the greatest is in force.';
comment on column risk.rule_book.version is 'Hash of its content; decisions name it. A book that comes back has the same.';
comment on column risk.rule_book.content is 'The rules with version, standing and snoozes, and the lists with version and hash.';
comment on column risk.rule_book.made_by is 'The person whose act made it.';
comment on column risk.rule_book.made_at is 'When.';

-- What a detector said of a decision, and what the examination then found.
create table risk.rule_outcome (
  decision text not null,
  rule text not null,
  version text not null,
  subject text not null,
  decided_on date not null,
  aside boolean not null,
  examined_at timestamptz,
  found boolean,
  constraint rule_outcome_pkey primary key (decision, rule, version),
  constraint rule_outcome_found_check check ((examined_at is null) = (found is null))
);

create index rule_outcome_by_rule on risk.rule_outcome (rule, decided_on);
create index rule_outcome_by_subject on risk.rule_outcome (subject);

comment on table risk.rule_outcome is 'Hits of rules and built-in checks, selections by the model and draws of the random sample, each with what the examination found.';
comment on column risk.rule_outcome.decision is 'The decision it was part of.';
comment on column risk.rule_outcome.rule is 'A rule or check by id; `model` and `sample` for what the model and the draw selected.';
comment on column risk.rule_outcome.version is 'Its version; for the sample, the rate it was drawn at.';
comment on column risk.rule_outcome.subject is 'What was decided about.';
comment on column risk.rule_outcome.decided_on is 'The day it was decided for.';
comment on column risk.rule_outcome.aside is 'Recorded aside: on trial or asleep, and so without effect on the lane.';
comment on column risk.rule_outcome.examined_at is 'When the examination was recorded; null while nobody has looked.';
comment on column risk.rule_outcome.found is 'Whether it found anything.';
