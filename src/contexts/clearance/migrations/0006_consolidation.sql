-- Consolidated declarations (集中申报): what was built from movements, kept until it is answered.

create table clearance.consolidation (
  id text not null,
  application text not null,
  organisation text not null,
  through date not null,
  status text not null,
  movements integer not null,
  declarations jsonb not null,
  planned_at timestamptz not null,
  answered_at timestamptz,
  constraint consolidation_pkey primary key (id)
);

create index consolidation_by_application on clearance.consolidation (application, planned_at desc, id desc);
create index consolidation_unanswered on clearance.consolidation (planned_at, id) where answered_at is null;

comment on table clearance.consolidation is 'Requests to declare what crossed in batches, each with the declarations built for it.';
comment on column clearance.consolidation.id is 'Chosen by the caller; the same id is the same consolidation.';
comment on column clearance.consolidation.application is 'The application (业务申报表) whose movements it declares.';
comment on column clearance.consolidation.organisation is 'Who declares, by USCC.';
comment on column clearance.consolidation.through is 'It declares what crossed up to and including this day.';
comment on column clearance.consolidation.status is 'planned, declared, partlyDeclared, returned or nothing.';
comment on column clearance.consolidation.movements is 'How many movements stand on it.';
comment on column clearance.consolidation.declarations is 'The declarations: id, what is filed, and the answer.';
comment on column clearance.consolidation.planned_at is 'When it was built.';
comment on column clearance.consolidation.answered_at is 'When every declaration had its answer.';
