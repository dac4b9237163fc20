create table platform.follower (
  name text not null,
  cursor text not null,
  moved_at timestamptz not null default now(),
  constraint follower_pkey primary key (name)
);

comment on table platform.follower is 'How far each follower of the event log has come: written in the transaction that does what the events ask for.';
comment on column platform.follower.name is 'The follower, by what it does: `release notices`.';
comment on column platform.follower.cursor is 'Every event of its kinds up to here is handled, and none after.';
comment on column platform.follower.moved_at is 'When it last handled an event.';
