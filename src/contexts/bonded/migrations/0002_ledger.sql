create schema if not exists bonded;

-- The ledgers themselves: who keeps them, their parts, and what products take up of parts.

create table bonded.ledger (
  id text not null,
  enterprise text not null,
  name text not null,
  office text not null,
  mode text not null,
  status text not null,
  version integer not null,
  content_hash text not null,
  opens_on date not null,
  closes_on date,
  change_pending boolean not null,
  parts integer not null default 0,
  consumption integer not null default 0,
  constraint ledger_pkey primary key (id),
  constraint ledger_status check (status in ('registered', 'rejected', 'open'))
);

create index ledger_by_enterprise on bonded.ledger (enterprise, id);
create index ledger_by_office on bonded.ledger (office, id);

create table bonded.part (
  ledger text not null,
  number integer not null,
  part text not null,
  kind text not null,
  description text not null,
  hs_code text,
  unit text not null,
  unit_value text,
  currency text,
  is_used boolean not null,
  constraint part_pkey primary key (ledger, number),
  constraint part_once unique (ledger, part),
  constraint part_counts_from_nothing check (number >= 0),
  constraint part_of_ledger foreign key (ledger) references bonded.ledger (id)
);

create table bonded.consumption (
  ledger text not null,
  seq integer not null,
  product text not null,
  version text not null,
  part text not null,
  net numeric(18, 9) not null,
  tangible_loss_rate numeric(18, 9) not null,
  intangible_loss_rate numeric(18, 9) not null,
  evidence text not null,
  effective_from date not null,
  effective_to date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint consumption_pkey primary key (ledger, seq),
  constraint consumption_of_product foreign key (ledger, product) references bonded.part (ledger, part),
  constraint consumption_of_part foreign key (ledger, part) references bonded.part (ledger, part),
  constraint consumption_days check (effective_to > effective_from),
  constraint consumption_not_all_lost check (tangible_loss_rate + intangible_loss_rate < 1)
);

create index consumption_by_product on bonded.consumption (ledger, product, seq);

comment on table bonded.ledger is 'Bonded ledgers (账册): what people search by, and what changes of parts lock. A cached fold of the stream.';
comment on column bonded.ledger.id is 'Chosen by the enterprise; the same id is the same ledger.';
comment on column bonded.ledger.enterprise is 'Who keeps it, by USCC.';
comment on column bonded.ledger.name is 'What people call it.';
comment on column bonded.ledger.office is 'The supervising customs office (主管海关).';
comment on column bonded.ledger.mode is 'How it is written off (核销方式).';
comment on column bonded.ledger.status is 'registered, rejected or open.';
comment on column bonded.ledger.version is 'The sequence number of its last event.';
comment on column bonded.ledger.content_hash is 'SHA-256 of what was registered first.';
comment on column bonded.ledger.opens_on is 'The first day of which events are taken.';
comment on column bonded.ledger.closes_on is 'The first day of which none are taken; null for not yet.';
comment on column bonded.ledger.change_pending is 'A change waits for an officer.';
comment on column bonded.ledger.parts is 'How many parts it has; the next is numbered by it.';
comment on column bonded.ledger.consumption is 'How many lines of consumption are recorded; the next is numbered after it.';

comment on table bonded.part is 'Parts (料号) of each ledger.';
comment on column bonded.part.ledger is 'Its ledger.';
comment on column bonded.part.number is 'Counted from 0 in order of first mention; the journal speaks of the part by it.';
comment on column bonded.part.part is 'Part number of the enterprise.';
comment on column bonded.part.kind is 'material, semiFinished, finished or byProduct.';
comment on column bonded.part.description is 'Description of the goods.';
comment on column bonded.part.hs_code is 'Tariff code; null where it was not said.';
comment on column bonded.part.unit is 'The unit the ledger counts it in.';
comment on column bonded.part.unit_value is 'Value of one unit, as it was said; null for not said.';
comment on column bonded.part.currency is 'Currency of the value.';
comment on column bonded.part.is_used is 'Something is counted in its unit, which then stays.';

comment on table bonded.consumption is 'What products take up of parts (单耗). Rows are added, never changed; of two for one product, version, part and first day the later holds.';
comment on column bonded.consumption.ledger is 'Its ledger.';
comment on column bonded.consumption.seq is 'Counted from 1 in the ledger, in the order it was recorded.';
comment on column bonded.consumption.product is 'What is made.';
comment on column bonded.consumption.version is 'By which version of the product.';
comment on column bonded.consumption.part is 'What is taken up.';
comment on column bonded.consumption.net is 'Quantity physically in one unit of the product (净耗).';
comment on column bonded.consumption.tangible_loss_rate is 'Share of the use lost as scrap (有形损耗率).';
comment on column bonded.consumption.intangible_loss_rate is 'Share of the use lost without a trace (无形损耗率).';
comment on column bonded.consumption.evidence is 'What the rates rest on.';
comment on column bonded.consumption.effective_from is 'The first day it holds.';
comment on column bonded.consumption.effective_to is 'The first day it no longer holds; null for none.';
comment on column bonded.consumption.recorded_at is 'When it was written down here.';
comment on column bonded.consumption.recorded_by is 'Who sent it.';
