create table risk.model_file (
  version text not null,
  content text not null,
  recorded_at timestamptz not null default now(),
  constraint model_file_pkey primary key (version)
);

comment on table risk.model_file is 'A model as it was trained, never changed and never deleted: decisions replay with it.';
comment on column risk.model_file.version is 'The hash of the content: what decisions name.';
comment on column risk.model_file.content is 'The JSON of the file, byte for byte.';
comment on column risk.model_file.recorded_at is 'When it was written.';

create table risk.model (
  id text not null,
  version text not null,
  status text not null,
  made_at timestamptz not null,
  state jsonb not null,
  head jsonb not null,
  constraint model_pkey primary key (id),
  constraint model_version_key unique (version),
  constraint model_version_fkey foreign key (version) references risk.model_file (version),
  constraint model_status_check check (status in ('draft', 'shadow', 'live', 'retired'))
);

create unique index model_live on risk.model (status) where status = 'live';
create unique index model_shadow on risk.model (status) where status = 'shadow';

comment on table risk.model is 'The models as their events tell them; at most one is live and one in shadow.';
comment on column risk.model.id is 'Chosen by whoever made it; its events are in the stream model:ID.';
comment on column risk.model.version is 'The file it is: one model, one file.';
comment on column risk.model.status is 'draft, shadow, live or retired.';
comment on column risk.model.made_at is 'When it was trained or brought.';
comment on column risk.model.state is 'The fold of its events, so that lists need not fold.';
comment on column risk.model.head is 'The file but for its body: schema, calibration, card and profile of the training data.';

create table risk.training_run (
  id text not null,
  asked_by text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  state text not null,
  examined integer not null default 0,
  found integer not null default 0,
  sentence jsonb,
  constraint training_run_pkey primary key (id),
  constraint training_run_state_check
    check (state in ('running', 'done', 'waiting', 'cancelled', 'failed'))
);

create index training_run_by_start on risk.training_run (started_at desc);

comment on table risk.training_run is 'Each attempt to train a model from the port’s own findings, and what came of it.';
comment on column risk.training_run.id is 'The id of the draft it is to make.';
comment on column risk.training_run.asked_by is 'A person, or system for the schedule.';
comment on column risk.training_run.started_at is 'When it began.';
comment on column risk.training_run.ended_at is 'When it ended; null while it runs.';
comment on column risk.training_run.state is 'running, done, waiting (too few findings), cancelled or failed.';
comment on column risk.training_run.examined is 'Examined declarations it could learn from.';
comment on column risk.training_run.found is 'Those of them with a finding.';
comment on column risk.training_run.sentence is 'Why it made no draft, in Chinese and English.';
