alter table risk.decision
  add column office text,
  add column harm double precision,
  add column threshold double precision,
  add column sampling_rate double precision,
  add column drawn_as text,
  add constraint decision_drawn_as_check check (drawn_as in ('sample', 'explore'));

update risk.decision set
  office = coalesce(facts ->> 'declaration.borderOffice', facts ->> 'declaration.office'),
  sampling_rate = (body -> 'sampling' ->> 'rate')::double precision,
  drawn_as = case when (body -> 'sampling' ->> 'selected')::boolean then 'sample' end;

create index decision_by_day on risk.decision (decided_on, office);

comment on column risk.decision.office is 'The customs office whose examinations it competes for.';
comment on column risk.decision.harm is 'Expected harm in CNY as the model reckoned it; null without a model.';
comment on column risk.decision.threshold is 'The harm from which the model selected at that office on that day.';
comment on column risk.decision.sampling_rate is 'The logged probability of being drawn; null for what was not on the release lane.';
comment on column risk.decision.drawn_as is 'Drawn by the random sample, or by what exploration adds to it; null when not drawn.';

create table risk.outcome (
  subject text not null,
  examined_at timestamptz,
  found boolean,
  released_at timestamptz,
  untouched boolean,
  seconds integer,
  constraint outcome_pkey primary key (subject)
);

create index outcome_by_examination on risk.outcome (examined_at) where found is not null;

comment on table risk.outcome is 'What became of a subject after it was decided: what figures of selection are judged by.';
comment on column risk.outcome.subject is 'The subject of the decision: a declaration.';
comment on column risk.outcome.examined_at is 'When an examination of it was last recorded.';
comment on column risk.outcome.found is 'Whether any examination of it found anything.';
comment on column risk.outcome.released_at is 'When it was released.';
comment on column risk.outcome.untouched is 'Whether it was released with no person acting on it.';
comment on column risk.outcome.seconds is 'From complete filing to release.';

create table risk.examination_budget (
  id uuid not null,
  seq integer generated always as identity,
  office text not null,
  per_day integer not null,
  explore_share numeric(4, 3) not null,
  effective_from date not null,
  reason text not null,
  set_by text not null,
  set_at timestamptz not null,
  constraint examination_budget_pkey primary key (id),
  constraint examination_budget_per_day_check check (per_day >= 0),
  constraint examination_budget_explore_check check (explore_share between 0 and 0.5)
);

create index examination_budget_by_office
  on risk.examination_budget (office, effective_from, seq);

comment on table risk.examination_budget is 'How many examinations an office can make a day. Never changed: a new row takes over from its day on.';
comment on column risk.examination_budget.id is 'Chosen by whoever set it, so that setting it twice is setting it once.';
comment on column risk.examination_budget.seq is 'Order of setting: of two budgets from the same day the later set one holds.';
comment on column risk.examination_budget.office is 'The customs office.';
comment on column risk.examination_budget.per_day is 'Examinations a day.';
comment on column risk.examination_budget.explore_share is 'The share of them spent on further random draws.';
comment on column risk.examination_budget.effective_from is 'The first day it holds; it holds until the next one begins.';
comment on column risk.examination_budget.reason is 'Why, in the words of whoever set it.';
comment on column risk.examination_budget.set_by is 'The person who set it.';
comment on column risk.examination_budget.set_at is 'When it was set.';

create table risk.risk_point (
  id text not null,
  version integer not null,
  status text not null,
  body jsonb not null,
  constraint risk_point_pkey primary key (id),
  constraint risk_point_status_check check (status in ('active', 'retired'))
);

comment on table risk.risk_point is 'What can go wrong, as it stands: a cached fold of each point''s events.';
comment on column risk.risk_point.id is 'The point.';
comment on column risk.risk_point.version is 'Counts its changes, from 1.';
comment on column risk.risk_point.status is 'active or retired.';
comment on column risk.risk_point.body is 'The point as last written, with who wrote it and when.';

create table risk.coverage_period (
  id text not null,
  from_day date not null,
  to_day date not null,
  frozen_by text not null,
  frozen_at timestamptz not null,
  hash text not null,
  points jsonb not null,
  constraint coverage_period_pkey primary key (id),
  constraint coverage_period_days_check check (from_day <= to_day),
  constraint coverage_period_overlap
    exclude using gist (daterange(from_day, to_day, '[]') with &&)
);

comment on table risk.coverage_period is 'The catalogue of risk points as frozen for a period, before it began.';
comment on column risk.coverage_period.id is 'The period, such as 2026Q4.';
comment on column risk.coverage_period.from_day is 'Its first day.';
comment on column risk.coverage_period.to_day is 'Its last day.';
comment on column risk.coverage_period.frozen_by is 'Who froze it.';
comment on column risk.coverage_period.frozen_at is 'When.';
comment on column risk.coverage_period.hash is 'SHA-256 of the points as frozen.';
comment on column risk.coverage_period.points is 'The active points, each with its version.';

create table risk.withheld_case (
  point text not null,
  id text not null,
  expected text not null,
  on_day date not null,
  facts json not null,
  note text not null,
  source text not null,
  withheld_by text not null,
  withheld_at timestamptz not null,
  constraint withheld_case_pkey primary key (point, id),
  constraint withheld_case_expected_check check (expected in ('hit', 'pass')),
  constraint withheld_case_source_check check (source in ('filed', 'finding'))
);

comment on table risk.withheld_case is 'Cases a detector is tested on and its author never reads.';
comment on column risk.withheld_case.point is 'The risk point it tests.';
comment on column risk.withheld_case.id is 'The case; of a past finding, its subject.';
comment on column risk.withheld_case.expected is 'hit: a detector must speak. pass: it must keep silent.';
comment on column risk.withheld_case.on_day is 'The day it is decided for.';
comment on column risk.withheld_case.facts is 'What was known of it, kept as text, byte for byte.';
comment on column risk.withheld_case.note is 'What the owner wrote beside it.';
comment on column risk.withheld_case.source is 'filed by the owner, or a past finding.';
comment on column risk.withheld_case.withheld_by is 'Who withheld it.';
comment on column risk.withheld_case.withheld_at is 'When.';

create table risk.point_test (
  point text not null,
  seq integer generated always as identity,
  at timestamptz not null,
  body jsonb not null,
  constraint point_test_pkey primary key (point, seq)
);

comment on table risk.point_test is 'How the live detectors did on the withheld cases of a point, test after test.';
comment on column risk.point_test.point is 'The risk point.';
comment on column risk.point_test.seq is 'Order of testing.';
comment on column risk.point_test.at is 'When it was tested.';
comment on column risk.point_test.body is 'Recall, false alarms, detectors and versions.';

create table risk.coverage_report (
  period text not null,
  seq integer generated always as identity,
  at timestamptz not null,
  body jsonb not null,
  constraint coverage_report_pkey primary key (period, seq)
);

comment on table risk.coverage_report is 'Coverage of a period as it was computed, time after time.';
comment on column risk.coverage_report.period is 'The frozen period.';
comment on column risk.coverage_report.seq is 'Order of computing.';
comment on column risk.coverage_report.at is 'When it was computed.';
comment on column risk.coverage_report.body is 'The report.';
