create schema if not exists cases;

create table cases.item (
  id text not null,
  kind text not null,
  about text not null,
  consignment text not null,
  owner text not null,
  status text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  body jsonb not null,
  constraint item_pkey primary key (id)
);

create index item_by_age on cases.item (status, opened_at desc, id desc);
create index item_by_subject on cases.item (about);

comment on table cases.item is 'Cases: something found that somebody must settle. A cached fold of each case''s events.';
comment on column cases.item.id is 'The subject''s id and a counter.';
comment on column cases.item.kind is 'Where it comes from: an examination''s finding, a discrepancy.';
comment on column cases.item.about is 'What it is about: `declaration:<id>`.';
comment on column cases.item.consignment is 'The consignment it belongs to.';
comment on column cases.item.owner is 'The organisation whose turn it is.';
comment on column cases.item.status is 'open or closed.';
comment on column cases.item.opened_at is 'When it was opened, in the world.';
comment on column cases.item.closed_at is 'When it was closed.';
comment on column cases.item.body is 'The whole case as its contract has it.';
