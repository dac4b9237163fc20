create table risk.backtest (
  id uuid not null,
  asked_by text not null,
  asked_by_name text not null,
  request json not null,
  state text not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  report json,
  constraint backtest_pkey primary key (id),
  constraint backtest_state_check
    check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  constraint backtest_report_check check ((report is not null) = (state = 'done'))
);

create index backtest_by_time on risk.backtest (asked_at desc, id);

comment on table risk.backtest is 'What rules would have done over the pool: asked for by a person, computed aside, kept for whoever approves the rule.';
comment on column risk.backtest.id is 'Chosen by who asked: asking again is the same back-test.';
comment on column risk.backtest.asked_by is 'The person who asked.';
comment on column risk.backtest.asked_by_name is 'That person''s name when asking.';
comment on column risk.backtest.request is 'What was asked. Kept as text (json, not jsonb), so that it stays byte for byte.';
comment on column risk.backtest.state is 'queued, running, done, cancelled or failed.';
comment on column risk.backtest.asked_at is 'When it was asked for.';
comment on column risk.backtest.started_at is 'When its run began.';
comment on column risk.backtest.ended_at is 'When it was done, cancelled or had failed.';
comment on column risk.backtest.report is 'The figures, with the hash they are cited by; there when it is done.';
