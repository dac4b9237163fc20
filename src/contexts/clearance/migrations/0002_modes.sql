alter table clearance.declaration add column filing text not null default 'standard';
comment on column clearance.declaration.filing is 'How it was filed: standard, in advance, or in two steps (申报方式).';

-- What the daily look at deadlines needs: clocks that run, or stand still. A cached fold of the event
-- log, like the declaration's own row; a clock that was kept has no row.
create table clearance.clock (
  declaration text not null,
  kind text not null,
  owner text not null,
  organisation text not null,
  office text,
  due_on date not null,
  next_on date,
  paused boolean not null,
  overdue boolean not null,
  constraint clock_pkey primary key (declaration, kind),
  constraint clock_declaration_fkey foreign key (declaration) references clearance.declaration (id)
);

create index clock_by_next on clearance.clock (next_on, declaration, kind) where next_on is not null;
create index clock_by_due on clearance.clock (due_on, declaration, kind);

comment on table clearance.clock is 'Clocks of declarations that have begun and not been kept yet: a cached fold of each declaration''s events.';
comment on column clearance.clock.declaration is 'The declaration it belongs to.';
comment on column clearance.clock.kind is 'Which period it is: to complete, to end a transit, to finish release for use.';
comment on column clearance.clock.owner is 'Whose turn it is.';
comment on column clearance.clock.organisation is 'The declarant of the declaration, by USCC.';
comment on column clearance.clock.office is 'The office that looks after it.';
comment on column clearance.clock.due_on is 'The last day, pauses so far counted in.';
comment on column clearance.clock.next_on is 'The day on which it warns or expires next; null while it stands still or has expired.';
comment on column clearance.clock.paused is 'It stands still, for a coded reason.';
comment on column clearance.clock.overdue is 'Its last day has passed and it was told so.';
