create schema if not exists bonded;

-- Write-off filings: what must remain of each part, what does, and what became of the difference.

create table bonded.filing (
  id text not null,
  ledger text not null,
  enterprise text not null,
  office text not null,
  number integer not null,
  kind text not null,
  status text not null,
  version integer not null,
  through_day date not null,
  last_seq bigint not null,
  waits_for_officer boolean not null,
  drafted_at timestamptz not null,
  body json not null,
  constraint filing_pkey primary key (id),
  constraint filing_of_ledger foreign key (ledger) references bonded.ledger (id),
  constraint filing_kind check (kind in ('normal', 'supplementary', 'customsDisposal')),
  constraint filing_status check (status in
    ('drafted', 'awaitingPayment', 'atOfficer', 'decided', 'writtenOff', 'returned', 'withdrawn'))
);

create unique index filing_written_off_in_order on bonded.filing (ledger, number) where status = 'writtenOff';
create unique index filing_one_at_a_time on bonded.filing (ledger)
  where status in ('drafted', 'awaitingPayment', 'atOfficer', 'decided');
create index filing_by_enterprise on bonded.filing (enterprise, id);
create index filing_by_office on bonded.filing (office, id);

comment on table bonded.filing is 'Write-off filings (报核) of bonded ledgers. A cached fold of the stream.';
comment on column bonded.filing.id is 'Chosen by whoever drafted it; the same id is the same filing.';
comment on column bonded.filing.ledger is 'Its ledger.';
comment on column bonded.filing.enterprise is 'Who keeps the ledger, by USCC.';
comment on column bonded.filing.office is 'The supervising customs office.';
comment on column bonded.filing.number is 'Its place among the filings of the ledger that are written off, from 1.';
comment on column bonded.filing.kind is 'normal, supplementary or customsDisposal.';
comment on column bonded.filing.status is 'Where it stands; see FilingStatus in the contract.';
comment on column bonded.filing.version is 'The sequence number of its last event.';
comment on column bonded.filing.through_day is 'The last day it covers.';
comment on column bonded.filing.last_seq is 'The last row of the journal it knows of.';
comment on column bonded.filing.waits_for_officer is 'An officer has to decide or to confirm.';
comment on column bonded.filing.drafted_at is 'When it was drafted.';
comment on column bonded.filing.body is 'The filing as the fold gives it.';

create table bonded.filing_row (
  filing text not null,
  number integer not null,
  part text not null,
  is_different boolean not null,
  is_short boolean not null,
  is_material boolean not null,
  body json not null,
  constraint filing_row_pkey primary key (filing, number),
  constraint filing_row_of_filing foreign key (filing) references bonded.filing (id)
);

comment on table bonded.filing_row is 'The rows of each filing, one for a part; they follow from the journal and the count.';
comment on column bonded.filing_row.filing is 'Its filing.';
comment on column bonded.filing_row.number is 'The number of the part in its ledger.';
comment on column bonded.filing_row.part is 'Part number.';
comment on column bonded.filing_row.is_different is 'What remains is not what should, or is not known.';
comment on column bonded.filing_row.is_short is 'Something is missing and not explained.';
comment on column bonded.filing_row.is_material is 'A material; otherwise a product.';
comment on column bonded.filing_row.body is 'The row; see FilingRow in the contract.';

create table bonded.filing_adjustment (
  filing text not null,
  number integer not null,
  part text not null,
  account text not null,
  site text not null,
  quantity numeric(21, 5) not null,
  constraint filing_adjustment_pkey primary key (filing, number),
  constraint filing_adjustment_of_filing foreign key (filing) references bonded.filing (id),
  constraint filing_adjustment_of_something check (quantity <> 0)
);

comment on table bonded.filing_adjustment is 'What a filing brings the book to once it is written off (核增、核减).';
comment on column bonded.filing_adjustment.filing is 'Its filing.';
comment on column bonded.filing_adjustment.number is 'Counted from 1 in the filing.';
comment on column bonded.filing_adjustment.part is 'Part number.';
comment on column bonded.filing_adjustment.account is 'Where in the book.';
comment on column bonded.filing_adjustment.site is 'At which site.';
comment on column bonded.filing_adjustment.quantity is 'Counted less book, as far as no record explains it.';
