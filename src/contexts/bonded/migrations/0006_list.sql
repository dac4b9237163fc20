create schema if not exists bonded;

-- Bonded inventory lists: papers by which goods enter and leave a ledger; and consumption notes made from its journal.

create table bonded.list (
  no text not null,
  ledger text not null,
  enterprise text not null,
  office text not null,
  status text not null,
  posting text not null,
  version integer not null,
  purpose text not null,
  declaration text,
  other_side text,
  posted_at timestamptz,
  waits_for_officer boolean not null,
  body json not null,
  constraint list_pkey primary key (no),
  constraint list_of_ledger foreign key (ledger) references bonded.ledger (id),
  constraint list_status check (status in ('filed', 'rejected', 'withdrawn')),
  constraint list_posting check (posting in ('notPosted', 'prePosted', 'posted', 'writtenOff'))
);
create index list_by_ledger on bonded.list (ledger, no);
create index list_by_declaration on bonded.list (declaration) where declaration is not null;

comment on table bonded.list is 'Bonded inventory lists (核注清单). A cached fold of the stream.';
comment on column bonded.list.no is 'The number of the list.';
comment on column bonded.list.ledger is 'The ledger it posts to.';
comment on column bonded.list.enterprise is 'Who keeps the ledger, by USCC.';
comment on column bonded.list.office is 'The supervising customs office.';
comment on column bonded.list.status is 'filed, rejected or withdrawn.';
comment on column bonded.list.posting is 'Whether it is posted (核扣): notPosted, prePosted, posted or writtenOff.';
comment on column bonded.list.version is 'The sequence number of its last event.';
comment on column bonded.list.purpose is 'In which column of a write-off filing its goods stand.';
comment on column bonded.list.declaration is 'The declaration that covers it; null for none.';
comment on column bonded.list.other_side is 'The list of the other side of a transfer; null for none.';
comment on column bonded.list.posted_at is 'When its last condition was met; null for not yet.';
comment on column bonded.list.waits_for_officer is 'An officer has to answer it.';
comment on column bonded.list.body is 'The list as the fold gives it.';

create table bonded.list_line (
  list text not null,
  line_no integer not null,
  ledger text not null,
  part text not null,
  quantity numeric(21, 5) not null,
  value numeric(18, 2),
  currency text,
  origin text,
  is_in boolean not null,
  constraint list_line_pkey primary key (list, line_no),
  constraint list_line_of_list foreign key (list) references bonded.list (no)
);
create index list_line_by_part on bonded.list_line (ledger, part) where is_in;

comment on table bonded.list_line is 'Lines of lists: what shortages are valued by.';
comment on column bonded.list_line.list is 'Its list.';
comment on column bonded.list_line.line_no is 'Counted from 1 in the list.';
comment on column bonded.list_line.ledger is 'The ledger of its list.';
comment on column bonded.list_line.part is 'Part number.';
comment on column bonded.list_line.quantity is 'In the unit of the part.';
comment on column bonded.list_line.value is 'Of the whole line; null for not said.';
comment on column bonded.list_line.currency is 'Currency of the value.';
comment on column bonded.list_line.origin is 'Country of origin; null for not said.';
comment on column bonded.list_line.is_in is 'The goods come in.';

create table bonded.list_crossing (
  list text not null,
  passport text not null,
  is_complete boolean not null,
  event text not null,
  crossed_at timestamptz not null,
  constraint list_crossing_pkey primary key (list, passport)
);
comment on table bonded.list_crossing is 'What gates report under the number of a list, whether the list is filed already or not.';
comment on column bonded.list_crossing.list is 'The number of the list.';
comment on column bonded.list_crossing.passport is 'The passport (核放单) that passed its last gate; each counts once.';
comment on column bonded.list_crossing.is_complete is 'All goods of the list had passed with it.';
comment on column bonded.list_crossing.event is 'The event that said so.';
comment on column bonded.list_crossing.crossed_at is 'When it passed.';

create table bonded.consumption_note (
  id text not null,
  ledger text not null,
  number integer not null,
  filing text,
  content_hash text not null,
  issued_at timestamptz not null,
  body json not null,
  constraint consumption_note_pkey primary key (id),
  constraint consumption_note_numbered_once unique (ledger, number),
  constraint consumption_note_of_ledger foreign key (ledger) references bonded.ledger (id)
);
comment on table bonded.consumption_note is 'Consumption notes (耗料单) made from the journal. Never changed.';
comment on column bonded.consumption_note.id is 'Chosen by whoever asked for it; the same id is the same note.';
comment on column bonded.consumption_note.ledger is 'Its ledger.';
comment on column bonded.consumption_note.number is 'Counted from 1 in the ledger.';
comment on column bonded.consumption_note.filing is 'The filing whose period it is of; null where it is of named orders.';
comment on column bonded.consumption_note.content_hash is 'SHA-256 of what was asked.';
comment on column bonded.consumption_note.issued_at is 'When it was made.';
comment on column bonded.consumption_note.body is 'The note; see ConsumptionNote in the contract.';

create trigger consumption_note_stands before update or delete on bonded.consumption_note
  for each row execute function bonded.refuse_change();
