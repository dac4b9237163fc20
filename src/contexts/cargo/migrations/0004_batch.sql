create schema if not exists cargo;

-- Batched movement with consolidated declaration (批次进出、集中申报), and goods that enter first and are
-- declared later (先进区后报关). Rows are cached folds of their streams; amounts are exact.

create table cargo.batch (
  id text not null,
  organisation text not null,
  domestic text,
  office text not null,
  zone text not null,
  direction text not null,
  regime text not null,
  status text not null,
  version integer not null,
  content_hash text not null,
  valid_from date not null,
  valid_to date not null,
  deposit numeric(38, 10) not null,
  lines integer not null,
  change_pending boolean not null,
  applied_at timestamptz not null,
  constraint batch_pkey primary key (id)
);

create index batch_by_organisation on cargo.batch (organisation, id);
create index batch_by_office on cargo.batch (office, id);

create table cargo.batch_line (
  batch text not null,
  line_no integer not null,
  part_no text not null,
  description text not null,
  hs_code text not null,
  unit text not null,
  cap numeric(38, 10) not null,
  security_per_unit numeric(38, 10) not null,
  reserved numeric(38, 10) not null default 0,
  returning_quantity numeric(38, 10) not null default 0,
  crossed numeric(38, 10) not null default 0,
  declared numeric(38, 10) not null default 0,
  constraint batch_line_pkey primary key (batch, line_no),
  constraint batch_line_of_batch foreign key (batch) references cargo.batch (id),
  constraint batch_line_never_negative check (reserved >= 0 and returning_quantity >= 0 and declared >= 0 and crossed >= declared),
  constraint batch_line_never_over check (reserved + crossed <= cap)
);

create table cargo.stock_bill (
  id text not null,
  batch text not null,
  organisation text not null,
  office text not null,
  zone text not null,
  kind text not null,
  direction text not null,
  status text not null,
  version integer not null,
  content_hash text not null,
  issued_at timestamptz not null,
  constraint stock_bill_pkey primary key (id),
  constraint stock_bill_of_batch foreign key (batch) references cargo.batch (id)
);

create index stock_bill_by_batch on cargo.stock_bill (batch, issued_at desc, id desc);

create table cargo.stock_bill_line (
  bill text not null,
  line_no integer not null,
  quantity numeric(38, 10) not null,
  net_mass_kg numeric(38, 10) not null,
  gross_mass_kg numeric(38, 10) not null,
  packages integer not null,
  passed numeric(38, 10) not null default 0,
  passed_net_mass_kg numeric(38, 10) not null default 0,
  passed_gross_mass_kg numeric(38, 10) not null default 0,
  passed_packages integer not null default 0,
  constraint stock_bill_line_pkey primary key (bill, line_no),
  constraint stock_bill_line_of_bill foreign key (bill) references cargo.stock_bill (id),
  constraint stock_bill_line_never_over check (passed >= 0 and passed <= quantity)
);

create table cargo.batch_movement (
  id text not null,
  batch text not null,
  bill text not null,
  line_no integer not null,
  passport text not null,
  crossed_at timestamptz not null,
  counts_on date not null,
  quantity numeric(38, 10) not null,
  net_mass_kg numeric(38, 10) not null,
  gross_mass_kg numeric(38, 10) not null,
  packages integer not null,
  state text not null,
  consolidation text,
  declaration text,
  constraint batch_movement_pkey primary key (id),
  constraint batch_movement_of_batch foreign key (batch) references cargo.batch (id)
);

create index batch_movement_by_passport on cargo.batch_movement (passport);
create index batch_movement_by_batch on cargo.batch_movement (batch, crossed_at desc, id desc);
create index batch_movement_undeclared on cargo.batch_movement (batch, counts_on) where state <> 'declared';
create index batch_movement_by_declaration on cargo.batch_movement (declaration) where declaration is not null;

create table cargo.entry_obligation (
  passport text not null,
  transport_doc_no text not null,
  organisation text not null,
  office text not null,
  zone text not null,
  entered_at timestamptz not null,
  declared_entry_on date not null,
  due_on date not null,
  packages integer not null,
  gross_mass_kg numeric(38, 10) not null,
  status text not null,
  version integer not null,
  declaration text,
  declared_on date,
  legal_basis text not null,
  constraint entry_obligation_pkey primary key (passport)
);

create index entry_obligation_by_organisation on cargo.entry_obligation (organisation, due_on, passport);
create index entry_obligation_open on cargo.entry_obligation (due_on) where status <> 'declared';
create index entry_obligation_by_declaration on cargo.entry_obligation (declaration) where declaration is not null;

comment on table cargo.batch is 'Applications for batched movement (业务申报表): what people search by, and what drawing locks.';
comment on column cargo.batch.id is 'Chosen by the caller; the same id is the same application.';
comment on column cargo.batch.organisation is 'Who will declare, by USCC.';
comment on column cargo.batch.domestic is 'Domestic consignee or consignor, by USCC.';
comment on column cargo.batch.office is 'The supervising customs office (主管海关).';
comment on column cargo.batch.zone is 'The zone the goods leave or enter.';
comment on column cargo.batch.direction is 'out of the zone or in.';
comment on column cargo.batch.regime is 'generalTrade or bonded: by this the due days are chosen.';
comment on column cargo.batch.status is 'Where it is in its life.';
comment on column cargo.batch.version is 'The sequence number of its last event.';
comment on column cargo.batch.content_hash is 'SHA-256 of what was applied for first.';
comment on column cargo.batch.valid_from is 'The first day goods may move.';
comment on column cargo.batch.valid_to is 'The last day goods may move.';
comment on column cargo.batch.deposit is 'CNY held for it now.';
comment on column cargo.batch.lines is 'Number of lines.';
comment on column cargo.batch.change_pending is 'A change waits for an officer.';
comment on column cargo.batch.applied_at is 'When it was applied for.';

comment on table cargo.batch_line is 'Where each line of an application stands.';
comment on column cargo.batch_line.batch is 'Its application.';
comment on column cargo.batch_line.line_no is 'Its number.';
comment on column cargo.batch_line.part_no is 'Part number (料号).';
comment on column cargo.batch_line.description is 'Description of the goods.';
comment on column cargo.batch_line.hs_code is 'Tariff code.';
comment on column cargo.batch_line.unit is 'Unit code.';
comment on column cargo.batch_line.cap is 'No more may be drawn.';
comment on column cargo.batch_line.security_per_unit is 'Tax in CNY one unit would owe.';
comment on column cargo.batch_line.reserved is 'On bills going the application''s way, not yet past the gate.';
comment on column cargo.batch_line.returning_quantity is 'On bills of goods coming back, not yet past the gate.';
comment on column cargo.batch_line.crossed is 'Past the gate, less what came back.';
comment on column cargo.batch_line.declared is 'On declarations, planned ones included.';

comment on table cargo.stock_bill is 'In/out-stock bills (出入库单), each drawn from one application.';
comment on column cargo.stock_bill.id is 'Chosen by the caller; the same id is the same bill.';
comment on column cargo.stock_bill.batch is 'Its application.';
comment on column cargo.stock_bill.organisation is 'Who issued it, by USCC.';
comment on column cargo.stock_bill.office is 'The supervising customs office.';
comment on column cargo.stock_bill.zone is 'The zone whose gate it passes.';
comment on column cargo.stock_bill.kind is 'draw or return.';
comment on column cargo.stock_bill.direction is 'Which way it passes: in or out.';
comment on column cargo.stock_bill.status is 'issued, passing, passed or cancelled.';
comment on column cargo.stock_bill.version is 'The sequence number of its last event.';
comment on column cargo.stock_bill.content_hash is 'SHA-256 of what was issued.';
comment on column cargo.stock_bill.issued_at is 'When it was issued.';

comment on table cargo.stock_bill_line is 'Lines of stock bills, with what of them has passed the gate.';
comment on column cargo.stock_bill_line.bill is 'Its bill.';
comment on column cargo.stock_bill_line.line_no is 'The line of the application it is drawn from.';
comment on column cargo.stock_bill_line.quantity is 'What was drawn.';
comment on column cargo.stock_bill_line.net_mass_kg is 'Its net mass.';
comment on column cargo.stock_bill_line.gross_mass_kg is 'Its gross mass.';
comment on column cargo.stock_bill_line.packages is 'Its packages.';
comment on column cargo.stock_bill_line.passed is 'What has passed (actlPassQty).';
comment on column cargo.stock_bill_line.passed_net_mass_kg is 'Net mass of what has passed.';
comment on column cargo.stock_bill_line.passed_gross_mass_kg is 'Gross mass of what has passed.';
comment on column cargo.stock_bill_line.passed_packages is 'Packages that have passed.';

comment on table cargo.batch_movement is 'What really crossed, line by line: only this is declared, and once.';
comment on column cargo.batch_movement.id is 'The passport, the bill, the line and a number.';
comment on column cargo.batch_movement.batch is 'Its application.';
comment on column cargo.batch_movement.bill is 'Its stock bill.';
comment on column cargo.batch_movement.line_no is 'The line of the application.';
comment on column cargo.batch_movement.passport is 'The gate passport it crossed by.';
comment on column cargo.batch_movement.crossed_at is 'When it had passed the last gate.';
comment on column cargo.batch_movement.counts_on is 'The port''s day of that moment; of goods that came back, the day of what they reverse.';
comment on column cargo.batch_movement.quantity is 'Negative when goods came back.';
comment on column cargo.batch_movement.net_mass_kg is 'Net mass, with the quantity''s sign.';
comment on column cargo.batch_movement.gross_mass_kg is 'Gross mass, with the quantity''s sign.';
comment on column cargo.batch_movement.packages is 'Packages, with the quantity''s sign.';
comment on column cargo.batch_movement.state is 'undeclared, planned or declared.';
comment on column cargo.batch_movement.consolidation is 'The consolidation it stands on.';
comment on column cargo.batch_movement.declaration is 'The declaration it stands on; none when it was netted to nothing.';

comment on table cargo.entry_obligation is 'Goods that entered a zone before they were declared, and by when they must be.';
comment on column cargo.entry_obligation.passport is 'The gate passport of type 1 they entered by.';
comment on column cargo.entry_obligation.transport_doc_no is 'Their bill of lading (提运单号).';
comment on column cargo.entry_obligation.organisation is 'The enterprise in the zone, by USCC.';
comment on column cargo.entry_obligation.office is 'The supervising customs office.';
comment on column cargo.entry_obligation.zone is 'The zone they entered.';
comment on column cargo.entry_obligation.entered_at is 'When they had passed the last gate.';
comment on column cargo.entry_obligation.declared_entry_on is 'Day the conveyance''s entry was declared.';
comment on column cargo.entry_obligation.due_on is 'The last day to declare without a fee.';
comment on column cargo.entry_obligation.packages is 'Packages that entered.';
comment on column cargo.entry_obligation.gross_mass_kg is 'Gross mass that entered, as the passport stated it.';
comment on column cargo.entry_obligation.status is 'open, dueSoon, overdue or declared.';
comment on column cargo.entry_obligation.version is 'The sequence number of its last event.';
comment on column cargo.entry_obligation.declaration is 'The declaration that covers them.';
comment on column cargo.entry_obligation.declared_on is 'When it was accepted.';
comment on column cargo.entry_obligation.legal_basis is 'The law the term stands on.';
