create schema if not exists bonded;
comment on schema bonded is 'Bonded ledgers: what came in under bond, and what became of it.';

create table bonded.journal (
  ledger text not null,
  seq bigint not null,
  event text not null,
  content bytea,
  kind text not null,
  outcome text not null,
  order_no text,
  document text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor text not null,
  movements bytea not null,
  lots json,
  detail json,
  constraint journal_pkey primary key (ledger, seq),
  constraint journal_counts_from_one check (seq >= 1),
  constraint journal_outcome check (outcome in ('applied', 'held')),
  constraint journal_content_is_a_hash check (length(content) = 32)
);

create unique index journal_event_once on bonded.journal (ledger, event) where content is not null;
create index journal_event_again on bonded.journal (ledger, event, seq) where content is null;
create index journal_by_order on bonded.journal (ledger, order_no, seq) where order_no is not null;

comment on table bonded.journal is 'The journal of each bonded ledger: one row for what an event did. Never changed, never deleted.';
comment on column bonded.journal.ledger is 'The ledger (账册).';
comment on column bonded.journal.seq is 'Place in the ledger''s journal, counted from 1 without gaps.';
comment on column bonded.journal.event is 'The event, by the id its sender chose.';
comment on column bonded.journal.content is 'SHA-256 of the event as it came, in its first row: the same again is the same, other content is refused. Null in later rows of a held event.';
comment on column bonded.journal.kind is 'What happened; see EventKind in the contract.';
comment on column bonded.journal.outcome is 'applied, or held until what it needs is there.';
comment on column bonded.journal.order_no is 'The production order it is about; null for none.';
comment on column bonded.journal.document is 'The paper behind it; null for none.';
comment on column bonded.journal.occurred_at is 'When it happened in the world.';
comment on column bonded.journal.recorded_at is 'When it was written down here.';
comment on column bonded.journal.actor is 'Who sent it.';
comment on column bonded.journal.movements is 'What moved, packed: see journal/codec.ts.';
comment on column bonded.journal.lots is 'Lots the row opened; null for none.';
comment on column bonded.journal.detail is 'What else must be known to read it again; null for nothing.';

create table bonded.seal (
  ledger text not null,
  batch bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  row_hashes bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  constraint seal_pkey primary key (ledger, batch),
  constraint seal_counts_from_one check (batch >= 1 and first_seq >= 1),
  constraint seal_hash_per_row check (length(row_hashes) = 32 * (last_seq - first_seq + 1) and last_seq >= first_seq)
);
comment on table bonded.seal is 'One link of a journal''s chain: the hashes of a run of rows, over the hash of the link before. Never changed, never deleted.';
comment on column bonded.seal.ledger is 'Whose journal.';
comment on column bonded.seal.batch is 'Counted from 1 without gaps.';
comment on column bonded.seal.first_seq is 'The first row sealed.';
comment on column bonded.seal.last_seq is 'The last row sealed; the next link begins after it.';
comment on column bonded.seal.row_hashes is 'SHA-256 of each row in order, 32 bytes each; by these a changed row has a name.';
comment on column bonded.seal.previous_hash is 'The hash of the link before; 32 zero bytes for the first.';
comment on column bonded.seal.hash is 'SHA-256 over ledger, batch, rows, time, previous hash and row hashes.';
comment on column bonded.seal.sealed_at is 'When it was sealed.';

create table bonded.snapshot (
  ledger text not null,
  seq bigint not null,
  sha256 bytea not null,
  book text not null,
  taken_at timestamptz not null,
  constraint snapshot_pkey primary key (ledger, seq)
);
comment on table bonded.snapshot is 'Books as they stood after a row of their journal, to open a ledger without reading all of it. A cache: it can be dropped.';
comment on column bonded.snapshot.ledger is 'Whose book.';
comment on column bonded.snapshot.seq is 'The last row of the journal it knows of.';
comment on column bonded.snapshot.sha256 is 'SHA-256 of the ledger, the seq and the text: one that does not match is passed over.';
comment on column bonded.snapshot.book is 'The book, as canonical text.';
comment on column bonded.snapshot.taken_at is 'When it was taken.';

create function bonded.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is never changed: % on %', lower(tg_op), tg_table_name
    using errcode = 'integrity_constraint_violation';
end
$$;
comment on function bonded.refuse_change is 'Stands guard over the journal and its seals.';

create trigger journal_stands before update or delete on bonded.journal
  for each row execute function bonded.refuse_change();
create trigger journal_is_not_emptied before truncate on bonded.journal
  for each statement execute function bonded.refuse_change();
create trigger seal_stands before update or delete on bonded.seal
  for each row execute function bonded.refuse_change();
create trigger seal_is_not_emptied before truncate on bonded.seal
  for each statement execute function bonded.refuse_change();
