create schema if not exists cargo;

create table cargo.manifest (
  id text not null,
  part integer not null,
  of integer not null,
  kind text not null,
  content_hash text not null,
  direction text,
  carrier text,
  office text,
  terminal text,
  conveyance text,
  voyage_no text,
  date text,
  bills integer not null,
  filed_at timestamptz not null,
  answer jsonb not null,
  constraint manifest_pkey primary key (id, part)
);

create index manifest_by_age on cargo.manifest (filed_at desc, id desc);
create index manifest_by_voyage on cargo.manifest (voyage_no);

comment on table cargo.manifest is 'Parts of manifests, and reports on them, as they were filed: what makes filing again the same filing.';
comment on column cargo.manifest.id is 'Chosen by whoever filed it.';
comment on column cargo.manifest.part is 'Which part, from 1; a report has one.';
comment on column cargo.manifest.of is 'Of how many parts.';
comment on column cargo.manifest.kind is 'original, preLoading, arrival, tally or loading.';
comment on column cargo.manifest.content_hash is 'SHA-256 of the content: the same again is the same, another is refused.';
comment on column cargo.manifest.direction is 'I in, E out; null for a report.';
comment on column cargo.manifest.carrier is 'The organisation that carries.';
comment on column cargo.manifest.office is 'Customs office of entry or exit.';
comment on column cargo.manifest.terminal is 'The organisation whose premises the goods come to.';
comment on column cargo.manifest.conveyance is 'Name of the ship, flight, train or vehicle.';
comment on column cargo.manifest.voyage_no is 'Its voyage.';
comment on column cargo.manifest.date is 'Expected day of arrival or departure.';
comment on column cargo.manifest.bills is 'How many bills the part has.';
comment on column cargo.manifest.filed_at is 'When it was filed, in the world.';
comment on column cargo.manifest.answer is 'The first answer, given again to whoever files the same again.';

create table cargo.bill (
  number text not null,
  master text,
  status text not null default 'awaited',
  version integer not null default 0,
  direction text,
  manifest text,
  carrier text,
  office text,
  terminal text,
  conveyance text,
  voyage_no text,
  date text,
  description text,
  consignee text,
  parties text[] not null default '{}',
  containers text[] not null default '{}',
  is_consolidated boolean not null default false,
  packages integer,
  gross_mass_kg numeric(38, 10),
  capacity_packages integer,
  capacity_gross_mass_kg numeric(38, 10),
  claimed_packages integer not null default 0,
  claimed_gross_mass_kg numeric(38, 10) not null default 0,
  claims integer not null default 0,
  arrived_at timestamptz,
  premises text,
  stage text,
  stage_at timestamptz,
  do_not_load boolean not null default false,
  task text,
  task_since timestamptz,
  manifested_at timestamptz,
  constraint bill_pkey primary key (number),
  constraint bill_never_exceeded check (
    capacity_packages is null
    or (claimed_packages <= capacity_packages and claimed_gross_mass_kg <= capacity_gross_mass_kg)
  )
);

create index bill_by_master on cargo.bill (master) where master is not null;
create index bill_by_manifest on cargo.bill (manifest);
create index bill_by_task on cargo.bill (task, task_since) where task is not null;
create index bill_by_stage on cargo.bill (stage, stage_at);
create index bill_by_age on cargo.bill (coalesce(manifested_at, '-infinity') desc, number desc);
create index bill_by_party on cargo.bill using gin (parties);

comment on table cargo.bill is 'Bills: master, house, or awaited. A cached fold of each bill''s events; claims are checked against its columns.';
comment on column cargo.bill.number is 'The bill''s number; of a house bill MASTER*HOUSE.';
comment on column cargo.bill.master is 'The master of a house bill.';
comment on column cargo.bill.status is 'awaited, manifested or deleted.';
comment on column cargo.bill.version is 'How many events its stream has.';
comment on column cargo.bill.direction is 'I in, E out.';
comment on column cargo.bill.manifest is 'The manifest it stands on.';
comment on column cargo.bill.carrier is 'The organisation that carries.';
comment on column cargo.bill.office is 'Customs office of entry or exit.';
comment on column cargo.bill.terminal is 'The organisation whose premises the goods come to.';
comment on column cargo.bill.conveyance is 'Name of the ship, flight, train or vehicle.';
comment on column cargo.bill.voyage_no is 'Its voyage.';
comment on column cargo.bill.date is 'Expected day of arrival or departure.';
comment on column cargo.bill.description is 'The goods, in the carrier''s words.';
comment on column cargo.bill.consignee is 'Who is to receive them.';
comment on column cargo.bill.parties is 'Organisations the bill concerns: carrier, shipper, consignee, and whoever claimed of it.';
comment on column cargo.bill.containers is 'Numbers of its containers.';
comment on column cargo.bill.is_consolidated is 'Whether it has house bills, on which alone its goods are claimed.';
comment on column cargo.bill.packages is 'Packages as manifested.';
comment on column cargo.bill.gross_mass_kg is 'Gross mass as manifested.';
comment on column cargo.bill.capacity_packages is 'How many packages may be claimed; null while nobody knows.';
comment on column cargo.bill.capacity_gross_mass_kg is 'How much gross mass may be claimed.';
comment on column cargo.bill.claimed_packages is 'Packages that matched claims have taken.';
comment on column cargo.bill.claimed_gross_mass_kg is 'Gross mass that matched claims have taken.';
comment on column cargo.bill.claims is 'How many declarations claim of it.';
comment on column cargo.bill.arrived_at is 'When its goods arrived.';
comment on column cargo.bill.premises is 'Where they arrived.';
comment on column cargo.bill.stage is 'Where the goods are: the furthest stage they have reached.';
comment on column cargo.bill.stage_at is 'Since when.';
comment on column cargo.bill.do_not_load is 'Whether an order not to load stands.';
comment on column cargo.bill.task is 'What somebody has to do next, if anything.';
comment on column cargo.bill.task_since is 'Since when.';
comment on column cargo.bill.manifested_at is 'When its manifest was filed.';

create table cargo.claim (
  declaration text not null,
  bill text not null,
  status text not null,
  packages integer,
  gross_mass_kg numeric(38, 10),
  constraint claim_pkey primary key (declaration)
);

create index claim_by_bill on cargo.claim (bill);

comment on table cargo.claim is 'What each declaration takes of a bill.';
comment on column cargo.claim.declaration is 'The declaration; it claims of one bill at a time.';
comment on column cargo.claim.bill is 'The bill.';
comment on column cargo.claim.status is 'waiting, matched or exceeding.';
comment on column cargo.claim.packages is 'Packages it takes; null while not stated.';
comment on column cargo.claim.gross_mass_kg is 'Gross mass it takes; null while not stated.';
