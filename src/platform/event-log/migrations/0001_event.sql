create schema if not exists platform;

create table platform.event (
  stream text not null,
  seq integer not null,
  kind text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  envelope jsonb not null,
  payload jsonb not null,
  position bigint generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  constraint event_pkey primary key (stream, seq),
  constraint event_seq_counts_from_one check (seq >= 1)
);

create index event_in_commit_order on platform.event (transaction_id, position);

comment on table platform.event is 'The event log: what happened, once, in order within its stream. Never updated, never deleted.';
comment on column platform.event.stream is 'What the event is about: `declaration:<id>`, `case:<id>`.';
comment on column platform.event.seq is 'Place in the stream, counted from 1 without gaps.';
comment on column platform.event.kind is 'What happened: `context.pastTense`.';
comment on column platform.event.occurred_at is 'When it happened in the world.';
comment on column platform.event.recorded_at is 'When it was written down here.';
comment on column platform.event.envelope is 'Actor, post, organisation, on whose behalf, consignment, cause, correlation, legal basis, clock and pause code.';
comment on column platform.event.payload is 'What the event says, by its kind.';
comment on column platform.event.position is 'Order of writing; not the order of commit.';
comment on column platform.event.transaction_id is 'The transaction that wrote it: readers stop before the oldest one still running, so that no event is skipped.';
