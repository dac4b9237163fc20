-- The end of the link that holds a row is asked for by the row: pages end with links.
create index seal_by_row on bonded.seal (ledger, last_seq);

create table bonded.journal_page (
  ledger text not null,
  first_seq bigint not null,
  last_seq bigint not null,
  occurred_from timestamptz not null,
  occurred_to timestamptz not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null,
  totals bytea not null,
  constraint journal_page_pkey primary key (ledger, first_seq),
  constraint journal_page_counts_from_one check (first_seq >= 1 and last_seq >= first_seq),
  constraint journal_page_occurred_in_order check (occurred_to >= occurred_from),
  constraint journal_page_recorded_in_order check (recorded_to >= recorded_from)
);
create index journal_page_by_end on bonded.journal_page (ledger, last_seq);
alter table bonded.journal_page alter column totals set storage external;

comment on table bonded.journal_page is 'Pages of a journal: what a run of sealed rows moved in all, so that a fold of the whole journal need not read them. Never changed, never deleted; verified with the chain.';
comment on column bonded.journal_page.ledger is 'Whose journal.';
comment on column bonded.journal_page.first_seq is 'Its first row; pages follow each other without gaps.';
comment on column bonded.journal_page.last_seq is 'Its last row, which ends a link of the chain.';
comment on column bonded.journal_page.occurred_from is 'When the earliest of its rows happened in the world.';
comment on column bonded.journal_page.occurred_to is 'When the latest did.';
comment on column bonded.journal_page.recorded_from is 'When the first of its rows was written down here.';
comment on column bonded.journal_page.recorded_to is 'When the last was.';
comment on column bonded.journal_page.totals is 'One movement by way and part, without lots, packed as a row''s: see journal/codec.ts.';

create trigger journal_page_stands before update or delete on bonded.journal_page
  for each row execute function bonded.refuse_change();
create trigger journal_page_is_not_emptied before truncate on bonded.journal_page
  for each statement execute function bonded.refuse_change();
