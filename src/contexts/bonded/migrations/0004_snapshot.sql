-- Books as bytes, in slices. What was kept before was a cache of another form and is made again.

drop table bonded.snapshot;

create table bonded.snapshot (
  ledger text not null,
  seq bigint not null,
  sha256 bytea not null,
  slices integer not null,
  taken_at timestamptz not null,
  constraint snapshot_pkey primary key (ledger, seq),
  constraint snapshot_has_slices check (slices >= 1)
);
comment on table bonded.snapshot is 'Books as they stood after a row of their journal, to open a ledger without reading all of it. A cache: it can be dropped.';
comment on column bonded.snapshot.ledger is 'Whose book.';
comment on column bonded.snapshot.seq is 'The last row of the journal it knows of.';
comment on column bonded.snapshot.sha256 is 'SHA-256 of the ledger, the seq and the bytes: one that does not match is passed over.';
comment on column bonded.snapshot.slices is 'How many slices its bytes are in.';
comment on column bonded.snapshot.taken_at is 'When it was taken.';

create table bonded.snapshot_slice (
  ledger text not null,
  seq bigint not null,
  slice integer not null,
  bytes bytea not null,
  constraint snapshot_slice_pkey primary key (ledger, seq, slice),
  constraint snapshot_slice_counts_from_nothing check (slice >= 0)
);
alter table bonded.snapshot_slice alter column bytes set storage external;
comment on table bonded.snapshot_slice is 'The bytes of a snapshot, one behind the other. Written in one transaction with it.';
comment on column bonded.snapshot_slice.ledger is 'Whose book.';
comment on column bonded.snapshot_slice.seq is 'The snapshot it is of.';
comment on column bonded.snapshot_slice.slice is 'Counted from 0.';
comment on column bonded.snapshot_slice.bytes is 'What engine/snapshot.ts gave; it is packed already.';
