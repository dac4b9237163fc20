create schema if not exists chemicals;

create table chemicals.yard (
  id text not null,
  terminal text not null,
  office text not null,
  version integer not null,
  layout jsonb not null,
  constraint yard_pkey primary key (id)
);

create index yard_by_terminal on chemicals.yard (terminal, id);
create index yard_by_office on chemicals.yard (office, id);

comment on table chemicals.yard is 'Sites where dangerous goods are kept: their blocks, licences and capacities.';
comment on column chemicals.yard.id is 'Chosen by whoever defines it.';
comment on column chemicals.yard.terminal is 'The organisation that runs it.';
comment on column chemicals.yard.office is 'The customs office it lies in.';
comment on column chemicals.yard.version is 'Events told on its stream so far.';
comment on column chemicals.yard.layout is 'Names and blocks, as the contract has them.';

create table chemicals.stored_container (
  yard text not null,
  container text not null,
  slot text not null,
  since timestamptz not null,
  goods jsonb not null,
  papers jsonb not null,
  constraint stored_container_pkey primary key (yard, container),
  constraint stored_container_once_a_slot unique (yard, slot) deferrable initially deferred,
  constraint stored_container_in_yard foreign key (yard) references chemicals.yard (id)
);

comment on table chemicals.stored_container is 'Containers that stand in a yard now.';
comment on column chemicals.stored_container.yard is 'The yard.';
comment on column chemicals.stored_container.container is 'Container number.';
comment on column chemicals.stored_container.slot is 'Block, bay, row and tier.';
comment on column chemicals.stored_container.since is 'When it came into the yard, in the world.';
comment on column chemicals.stored_container.goods is 'Dangerous goods in it; none for an ordinary container.';
comment on column chemicals.stored_container.papers is 'Booking, bill and declaration it belongs to.';

create table chemicals.yard_answer (
  yard text not null,
  event text not null,
  content_hash text not null,
  answer jsonb not null,
  constraint yard_answer_pkey primary key (yard, event),
  constraint yard_answer_of_yard foreign key (yard) references chemicals.yard (id)
);

comment on table chemicals.yard_answer is 'Answers to position changes: the same event again is answered as before.';
comment on column chemicals.yard_answer.yard is 'The yard.';
comment on column chemicals.yard_answer.event is 'Id of the event, chosen by its sender.';
comment on column chemicals.yard_answer.content_hash is 'SHA-256 of the event; another content under its id is refused.';
comment on column chemicals.yard_answer.answer is 'What was answered.';

create table chemicals.yard_conflict (
  yard text not null,
  key text not null,
  since timestamptz not null,
  case_id text,
  conflict jsonb not null,
  constraint yard_conflict_pkey primary key (yard, key),
  constraint yard_conflict_of_yard foreign key (yard) references chemicals.yard (id)
);

comment on table chemicals.yard_conflict is 'What stands where it may not, for as long as it does.';
comment on column chemicals.yard_conflict.yard is 'The yard.';
comment on column chemicals.yard_conflict.key is 'Rule, block and container: the same for as long as the conflict lasts.';
comment on column chemicals.yard_conflict.since is 'When it began, in the world.';
comment on column chemicals.yard_conflict.case_id is 'The case opened about it.';
comment on column chemicals.yard_conflict.conflict is 'The conflict as its contract has it.';
