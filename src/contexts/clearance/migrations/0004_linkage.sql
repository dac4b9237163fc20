-- Customs–inspection linkage (关检联动): one order for every check of a declaration.
create table clearance.joint_order (
  declaration text not null,
  seq integer not null,
  examination text,
  constraint joint_order_pkey primary key (declaration)
);

comment on table clearance.joint_order is 'One row per declaration that some authority has to clear: what its checks share.';
comment on column clearance.joint_order.declaration is 'The declaration.';
comment on column clearance.joint_order.seq is 'The sequence number of the last event of its stream.';
comment on column clearance.joint_order.examination is 'The customs examination its visits are joined to, while it is not recorded.';

create table clearance.joint_check (
  id text not null,
  declaration text not null,
  owner text not null,
  status text not null,
  due_at timestamptz not null,
  is_paused boolean not null,
  is_overdue boolean not null,
  content jsonb not null,
  constraint joint_check_pkey primary key (id)
);
create index joint_check_by_declaration on clearance.joint_check (declaration);
create index joint_check_pending on clearance.joint_check (owner, due_at, id) where status = 'pending';

comment on table clearance.joint_check is 'Checks of authorities, a cached fold of each order''s events: their work lists.';
comment on column clearance.joint_check.id is 'The declaration and the rule that asked.';
comment on column clearance.joint_check.declaration is 'The declaration.';
comment on column clearance.joint_check.owner is 'Whose turn it is: an authority, or a customs office.';
comment on column clearance.joint_check.status is 'pending, or what the owner said.';
comment on column clearance.joint_check.due_at is 'By when the owner has to answer.';
comment on column clearance.joint_check.is_paused is 'Its clock stands still.';
comment on column clearance.joint_check.is_overdue is 'It was told that its day has passed.';
comment on column clearance.joint_check.content is 'The check as a page shows it.';
