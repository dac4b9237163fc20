create schema if not exists bonded;

-- What the book is compared with and explained by: counts, papers beside the journal, bills, events that were refused.

create table bonded.stocktake (
  ledger text not null,
  id text not null,
  number integer not null,
  status text not null,
  version integer not null,
  content json not null,
  content_hash text not null,
  tags integer not null default 0,
  as_of bigint,
  figures json,
  explanations integer not null default 0,
  opened_at timestamptz not null,
  opened_by text not null,
  closed_at timestamptz,
  closed_by text,
  constraint stocktake_pkey primary key (ledger, id),
  constraint stocktake_numbered_once unique (ledger, number),
  constraint stocktake_of_ledger foreign key (ledger) references bonded.ledger (id),
  constraint stocktake_status check (status in ('open', 'closed')),
  constraint stocktake_closed_whole check (
    (status = 'closed') = (as_of is not null and figures is not null and closed_at is not null and closed_by is not null)
  )
);
comment on table bonded.stocktake is 'Counts (盘点) of bonded ledgers: what they cover and how far they are. A cached fold of the stream.';
comment on column bonded.stocktake.ledger is 'Its ledger.';
comment on column bonded.stocktake.id is 'Chosen by whoever began it; the same id is the same count.';
comment on column bonded.stocktake.number is 'Counted from 1 in the ledger, in the order they were begun.';
comment on column bonded.stocktake.status is 'open or closed.';
comment on column bonded.stocktake.version is 'The sequence number of its last event.';
comment on column bonded.stocktake.content is 'What it was to cover, and how its differences are measured.';
comment on column bonded.stocktake.content_hash is 'SHA-256 of the content.';
comment on column bonded.stocktake.tags is 'How many tags it has; the next is numbered after it.';
comment on column bonded.stocktake.as_of is 'The last row of the journal that its book figures know of; null while it is open.';
comment on column bonded.stocktake.figures is 'What it came to; null while it is open.';
comment on column bonded.stocktake.explanations is 'How often it was explained; the next run is numbered after it.';
comment on column bonded.stocktake.opened_at is 'When it was begun here.';
comment on column bonded.stocktake.opened_by is 'Who began it.';
comment on column bonded.stocktake.closed_at is 'When it was closed and compared; null for not yet.';
comment on column bonded.stocktake.closed_by is 'Who closed it; null for not yet.';

create table bonded.count_tag (
  ledger text not null,
  stocktake text not null,
  number integer not null,
  tag text not null,
  part text not null,
  stock text not null,
  site text not null,
  quantity numeric(21, 5) not null,
  counted_at timestamptz not null,
  lot text,
  bin text,
  ends text,
  constraint count_tag_pkey primary key (ledger, stocktake, number),
  constraint count_tag_once unique (ledger, stocktake, tag),
  constraint count_tag_of_stocktake foreign key (ledger, stocktake) references bonded.stocktake (ledger, id),
  constraint count_tag_not_below_nothing check (quantity >= 0),
  constraint count_tag_ends check (ends in ('compared', 'outOfScope', 'unknownPart', 'notOfTheLedger'))
);
comment on table bonded.count_tag is 'Tags (盘点票) of each count: what somebody found in one bin at one moment.';
comment on column bonded.count_tag.ledger is 'Its ledger.';
comment on column bonded.count_tag.stocktake is 'Its count.';
comment on column bonded.count_tag.number is 'Counted from 1 in the count, in the order they came.';
comment on column bonded.count_tag.tag is 'The number on the tag.';
comment on column bonded.count_tag.part is 'Part number as it was written.';
comment on column bonded.count_tag.stock is 'Which of the parts of counted stock; see CountedStock in the contract.';
comment on column bonded.count_tag.site is 'Where it was counted.';
comment on column bonded.count_tag.quantity is 'In the unit of the part; nothing says that somebody looked and found nothing.';
comment on column bonded.count_tag.counted_at is 'When it was counted.';
comment on column bonded.count_tag.lot is 'The lot written on it; null for none.';
comment on column bonded.count_tag.bin is 'The bin it was counted in; null for none.';
comment on column bonded.count_tag.ends is 'Where it ended when the count was closed; null while it is open.';

create table bonded.stock_difference (
  ledger text not null,
  stocktake text not null,
  number integer not null,
  part text not null,
  account text not null,
  site text not null,
  book numeric(21, 5) not null,
  counted numeric(21, 5),
  counted_at timestamptz,
  base numeric(21, 5),
  rate numeric(18, 9),
  value numeric,
  currency text,
  duty_rate numeric,
  duty numeric,
  tags json not null,
  constraint stock_difference_pkey primary key (ledger, stocktake, number),
  constraint stock_difference_once unique (ledger, stocktake, part, account, site),
  constraint stock_difference_of_stocktake foreign key (ledger, stocktake) references bonded.stocktake (ledger, id),
  constraint stock_difference_counted_when check ((counted is null) = (counted_at is null))
);
comment on table bonded.stock_difference is 'What each closed count came to, spot by spot. Never changed.';
comment on column bonded.stock_difference.ledger is 'Its ledger.';
comment on column bonded.stock_difference.stocktake is 'Its count.';
comment on column bonded.stock_difference.number is 'Counted from 1 in the count, in the order of parts.';
comment on column bonded.stock_difference.part is 'The part.';
comment on column bonded.stock_difference.account is 'The account of the book.';
comment on column bonded.stock_difference.site is 'The site.';
comment on column bonded.stock_difference.book is 'What the book holds there at the moment of the count.';
comment on column bonded.stock_difference.counted is 'What was found; null where nobody counted, which is not nothing.';
comment on column bonded.stock_difference.counted_at is 'When the last of its tags was written; null where nobody counted.';
comment on column bonded.stock_difference.base is 'What the rate is measured against; null for not known.';
comment on column bonded.stock_difference.rate is '|difference| over the base; null where there is none.';
comment on column bonded.stock_difference.value is 'Difference times the value of one unit; null for not known.';
comment on column bonded.stock_difference.currency is 'Currency of the value.';
comment on column bonded.stock_difference.duty_rate is 'The duty rate of the day, a share; null for not known.';
comment on column bonded.stock_difference.duty is 'Duty at stake on a shortage; null for not known, or no shortage.';
comment on column bonded.stock_difference.tags is 'The tags behind it, by their numbers in the count.';

create table bonded.explanation (
  ledger text not null,
  stocktake text not null,
  run integer not null,
  heads json not null,
  evidence_hash text not null,
  result_hash text not null,
  figures json not null,
  explained_at timestamptz not null,
  explained_by text not null,
  constraint explanation_pkey primary key (ledger, stocktake, run),
  constraint explanation_of_stocktake foreign key (ledger, stocktake) references bonded.stocktake (ledger, id)
);
comment on table bonded.explanation is 'Runs of the explanation (差异归因) of a count. Never changed; a later run knows more.';
comment on column bonded.explanation.ledger is 'Its ledger.';
comment on column bonded.explanation.stocktake is 'The count that was explained.';
comment on column bonded.explanation.run is 'Counted from 1 in the count.';
comment on column bonded.explanation.heads is 'How far each source had been read: with these the same evidence can be gathered again.';
comment on column bonded.explanation.evidence_hash is 'SHA-256 of the evidence.';
comment on column bonded.explanation.result_hash is 'SHA-256 of what was made of it.';
comment on column bonded.explanation.figures is 'What it came to.';
comment on column bonded.explanation.explained_at is 'When it was explained.';
comment on column bonded.explanation.explained_by is 'Who asked for it.';

create table bonded.explained_difference (
  ledger text not null,
  stocktake text not null,
  run integer not null,
  number integer not null,
  content json not null,
  constraint explained_difference_pkey primary key (ledger, stocktake, run, number),
  constraint explained_difference_of_run foreign key (ledger, stocktake, run)
    references bonded.explanation (ledger, stocktake, run),
  constraint explained_difference_of_spot foreign key (ledger, stocktake, number)
    references bonded.stock_difference (ledger, stocktake, number)
);
comment on table bonded.explained_difference is 'What one run says of one difference. Never changed.';
comment on column bonded.explained_difference.ledger is 'Its ledger.';
comment on column bonded.explained_difference.stocktake is 'Its count.';
comment on column bonded.explained_difference.run is 'The run.';
comment on column bonded.explained_difference.number is 'The difference, by its number in the count.';
comment on column bonded.explained_difference.content is 'Explained, residual, possible and remedies; see ExplanationRow in the contract.';

create table bonded.paper (
  ledger text not null,
  number integer not null,
  id text not null,
  document text,
  part text not null,
  content json not null,
  content_hash text not null,
  received_at timestamptz not null,
  received_by text not null,
  constraint paper_pkey primary key (ledger, number),
  constraint paper_once unique (ledger, id),
  constraint paper_of_ledger foreign key (ledger) references bonded.ledger (id)
);
create index paper_by_document on bonded.paper (ledger, document, number) where document is not null;
comment on table bonded.paper is 'Records beside the journal, made by somebody else: gates, receipts, slips, bills, cancellations. They move nothing.';
comment on column bonded.paper.ledger is 'Its ledger.';
comment on column bonded.paper.number is 'Counted from 1 in the ledger, in the order they came.';
comment on column bonded.paper.id is 'Chosen by the sender; taken once.';
comment on column bonded.paper.document is 'The number both sides know the goods by; null for none.';
comment on column bonded.paper.part is 'The part it saw.';
comment on column bonded.paper.content is 'The whole of it; see PaperInput in the contract.';
comment on column bonded.paper.content_hash is 'SHA-256 of the content.';
comment on column bonded.paper.received_at is 'When it reached us.';
comment on column bonded.paper.received_by is 'Who sent it.';

create table bonded.bill_record (
  ledger text not null,
  number integer not null,
  kind text not null,
  id text not null,
  recorded_at timestamptz not null,
  content json not null,
  received_at timestamptz not null,
  received_by text not null,
  constraint bill_record_pkey primary key (ledger, number),
  constraint bill_record_once unique (ledger, kind, id, recorded_at),
  constraint bill_record_of_ledger foreign key (ledger) references bonded.ledger (id),
  constraint bill_record_kind check (kind in ('line', 'sourcing', 'alternative'))
);
comment on table bonded.bill_record is 'Bills of material of a ledger in two times: lines, made or bought, alternatives. Rows are added, never changed.';
comment on column bonded.bill_record.ledger is 'Its ledger.';
comment on column bonded.bill_record.number is 'Counted from 1 in the ledger, in the order they came.';
comment on column bonded.bill_record.kind is 'line of a bill, sourcing of a part, or alternative.';
comment on column bonded.bill_record.id is 'The sender''s own name; what is recorded later under it replaces it.';
comment on column bonded.bill_record.recorded_at is 'When it became known.';
comment on column bonded.bill_record.content is 'The whole of it; see boms/contract.ts.';
comment on column bonded.bill_record.received_at is 'When it reached us.';
comment on column bonded.bill_record.received_by is 'Who sent it.';

create table bonded.refused_event (
  ledger text not null,
  number integer not null,
  event text not null,
  content json not null,
  content_hash text not null,
  problems json not null,
  received_at timestamptz not null,
  received_by text not null,
  constraint refused_event_pkey primary key (ledger, number),
  constraint refused_event_once unique (ledger, event, content_hash),
  constraint refused_event_of_ledger foreign key (ledger) references bonded.ledger (id)
);
comment on table bonded.refused_event is 'Events that the ledger refused, once for each content: what was set aside is shown, and explains differences.';
comment on column bonded.refused_event.ledger is 'Its ledger.';
comment on column bonded.refused_event.number is 'Counted from 1 in the ledger, in the order they came.';
comment on column bonded.refused_event.event is 'The event, by the id its sender chose.';
comment on column bonded.refused_event.content is 'The event as it came.';
comment on column bonded.refused_event.content_hash is 'SHA-256 of it.';
comment on column bonded.refused_event.problems is 'Why it was refused.';
comment on column bonded.refused_event.received_at is 'When it came first.';
comment on column bonded.refused_event.received_by is 'Who sent it.';

create trigger stock_difference_stands before update or delete on bonded.stock_difference
  for each row execute function bonded.refuse_change();
create trigger explanation_stands before update or delete on bonded.explanation
  for each row execute function bonded.refuse_change();
create trigger explained_difference_stands before update or delete on bonded.explained_difference
  for each row execute function bonded.refuse_change();
create trigger paper_stands before update or delete on bonded.paper
  for each row execute function bonded.refuse_change();
create trigger bill_record_stands before update or delete on bonded.bill_record
  for each row execute function bonded.refuse_change();
create trigger refused_event_stands before update or delete on bonded.refused_event
  for each row execute function bonded.refuse_change();
