create schema if not exists risk;

create table risk.decision (
  seq bigint generated always as identity,
  id text not null,
  subject text not null,
  decided_on date not null,
  lane text not null,
  score integer not null,
  selected_by text not null,
  facts json not null,
  body json not null,
  recorded_at timestamptz not null default now(),
  constraint decision_pkey primary key (id),
  constraint decision_seq_key unique (seq),
  constraint decision_lane_check check (lane in ('red', 'yellow', 'blue', 'green')),
  constraint decision_score_check check (score between 0 and 100),
  constraint decision_selected_by_check
    check (selected_by in ('mandatory', 'score', 'sample', 'none'))
);

create index decision_by_subject on risk.decision (subject, seq desc);

comment on schema risk is 'Decisions on consignments, each with everything needed to replay it.';
comment on table risk.decision is 'One decision, never changed; a subject that is amended is decided anew.';
comment on column risk.decision.seq is 'Order of recording; the latest decision of a subject has the greatest.';
comment on column risk.decision.id is 'The subject and a hash of what was decided from: the same decision has the same id.';
comment on column risk.decision.subject is 'What was decided about: a declaration.';
comment on column risk.decision.decided_on is 'The day it was decided for; history before this day was visible to it.';
comment on column risk.decision.lane is 'red, yellow, blue or green.';
comment on column risk.decision.score is 'The sum of the points of the checks that hit, at most 100.';
comment on column risk.decision.selected_by is 'mandatory criterion, score, random sample, or none.';
comment on column risk.decision.facts is 'Every fact known when deciding; the history is rebuilt from these after a restart.';
comment on column risk.decision.body is 'Results, sampling and versions: with the other columns, the whole decision. Kept as text (json, not jsonb), so that it stays byte for byte.';
comment on column risk.decision.recorded_at is 'When it was written.';
