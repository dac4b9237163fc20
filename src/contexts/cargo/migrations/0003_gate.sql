create schema if not exists cargo;

create sequence cargo.passport_serial;
comment on sequence cargo.passport_serial is 'The twelve-digit serial at the end of passport numbers.';

-- One row per gate passport (核放单): what gates look up by plate. A cached fold of its events.
create table cargo.passport (
  number text not null,
  id text not null,
  organisation text not null,
  office text not null,
  zone text not null,
  direction text not null,
  type text not null,
  state text not null,
  approval text not null,
  plate text not null,
  version integer not null,
  content_hash text not null,
  papers text[] not null,
  body jsonb not null,
  applied_at timestamptz not null,
  valid_until timestamptz,
  completed_at timestamptz,
  constraint passport_pkey primary key (number),
  constraint passport_id_once unique (id)
);
create index passport_by_plate on cargo.passport (plate, applied_at desc);
create index passport_by_application on cargo.passport (applied_at desc, number desc);
create index passport_by_organisation on cargo.passport (organisation, applied_at desc, number desc);
create index passport_open on cargo.passport (zone, valid_until) where state in ('approved', 'crossedFirstGate');
create index passport_at_manual_post on cargo.passport (office, applied_at) where state = 'applied' and approval = 'manualPost';
create index passport_by_paper on cargo.passport using gin (papers);

comment on table cargo.passport is 'Gate passports (核放单): a cached fold of each passport''s events.';
comment on column cargo.passport.number is 'Z, office, I or E, day, serial: 24 characters, given on application.';
comment on column cargo.passport.id is 'Chosen by the enterprise; the same id is the same passport.';
comment on column cargo.passport.organisation is 'The enterprise in the zone, by USCC.';
comment on column cargo.passport.office is 'The office in charge of the zone.';
comment on column cargo.passport.zone is 'The zone whose gates it passes.';
comment on column cargo.passport.direction is 'Into the zone or out of it.';
comment on column cargo.passport.type is 'One of six types (核放单类型).';
comment on column cargo.passport.state is 'Where it is in its life.';
comment on column cargo.passport.approval is 'pending, pass, manualPost (转岗) or returned.';
comment on column cargo.passport.plate is 'The vehicle.';
comment on column cargo.passport.version is 'The sequence number of its last event.';
comment on column cargo.passport.content_hash is 'SHA-256 of what was applied for, by content.';
comment on column cargo.passport.papers is 'The papers it is bound to, as kind:number.';
comment on column cargo.passport.body is 'The passport as its events tell it.';
comment on column cargo.passport.applied_at is 'When it was applied for.';
comment on column cargo.passport.valid_until is 'Until when it may be used, once approved.';
comment on column cargo.passport.completed_at is 'When its last gate was passed.';

create table cargo.gate_paper (
  kind text not null,
  no text not null,
  organisation text not null,
  declaration text,
  body jsonb not null,
  constraint gate_paper_pkey primary key (kind, no)
);
create index gate_paper_by_declaration on cargo.gate_paper (declaration) where declaration is not null;

comment on table cargo.gate_paper is 'Papers passports are bound to, as their owners last told them; its row is locked while quantities are summed.';
comment on column cargo.gate_paper.kind is 'list (核注清单), stockBill (出入库单) or bill (提运单).';
comment on column cargo.gate_paper.no is 'Its number.';
comment on column cargo.gate_paper.organisation is 'Whose it is.';
comment on column cargo.gate_paper.declaration is 'The declaration that covers it, where there is one.';
comment on column cargo.gate_paper.body is 'Its content: lines, quantities and marks.';

create table cargo.passport_claim (
  passport text not null,
  kind text not null,
  no text not null,
  line_no integer not null,
  quantity numeric(38, 10) not null,
  is_crossed boolean not null default false,
  constraint passport_claim_pkey primary key (passport, kind, no, line_no),
  constraint passport_claim_of_passport foreign key (passport) references cargo.passport (number),
  constraint passport_claim_positive check (quantity > 0)
);
create index passport_claim_by_paper on cargo.passport_claim (kind, no);

comment on table cargo.passport_claim is 'The part of a paper''s quantity a passport takes; removed when the passport ends uncrossed.';
comment on column cargo.passport_claim.passport is 'The passport.';
comment on column cargo.passport_claim.kind is 'Kind of the paper.';
comment on column cargo.passport_claim.no is 'Number of the paper.';
comment on column cargo.passport_claim.line_no is 'Line of the paper.';
comment on column cargo.passport_claim.quantity is 'In the unit of the line.';
comment on column cargo.passport_claim.is_crossed is 'Whether the passport has passed all its gates.';

create table cargo.gate_vehicle (
  plate text not null,
  registration jsonb,
  waiting_reading text,
  waiting_gate text,
  waiting_since timestamptz,
  last_gate text,
  last_passed_at timestamptz,
  constraint gate_vehicle_pkey primary key (plate)
);
comment on table cargo.gate_vehicle is 'Where each vehicle was last seen; its row puts readings of one plate in order.';
comment on column cargo.gate_vehicle.plate is 'As it stands on the vehicle, without spaces or dots.';
comment on column cargo.gate_vehicle.registration is 'Its registration with customs (车辆备案), or null.';
comment on column cargo.gate_vehicle.waiting_reading is 'The reading an officer has to decide, while it waits.';
comment on column cargo.gate_vehicle.waiting_gate is 'Where it waits.';
comment on column cargo.gate_vehicle.waiting_since is 'Since when.';
comment on column cargo.gate_vehicle.last_gate is 'The gate it passed last.';
comment on column cargo.gate_vehicle.last_passed_at is 'And when.';

create table cargo.gate_lane (
  gate text not null,
  lane text not null,
  last_kg numeric(12, 3),
  last_plate text,
  run integer not null default 0,
  constraint gate_lane_pkey primary key (gate, lane)
);
comment on table cargo.gate_lane is 'What each weighbridge showed last: a bridge that shows the same for one vehicle after another is stuck.';
comment on column cargo.gate_lane.gate is 'The gate.';
comment on column cargo.gate_lane.lane is 'Its lane.';
comment on column cargo.gate_lane.last_kg is 'What it showed last.';
comment on column cargo.gate_lane.last_plate is 'For which vehicle.';
comment on column cargo.gate_lane.run is 'How many different vehicles in a row it showed that for.';

create table cargo.gate_reading (
  id text not null,
  gate text not null,
  lane text not null,
  zone text not null,
  office text not null,
  direction text not null,
  plate text not null,
  passport text,
  at timestamptz not null,
  is_offline boolean not null,
  has_passed boolean not null,
  standing text not null,
  content_hash text not null,
  body jsonb not null,
  constraint gate_reading_pkey primary key (id)
);
create index gate_reading_by_gate on cargo.gate_reading (gate, at desc);
create index gate_reading_latest on cargo.gate_reading (at desc);
create index gate_reading_by_plate on cargo.gate_reading (plate, at);
create index gate_reading_by_passport on cargo.gate_reading (passport) where passport is not null;
create index gate_reading_waiting on cargo.gate_reading (at) where standing = 'wait';

comment on table cargo.gate_reading is 'What gates saw, once each, and what was answered.';
comment on column cargo.gate_reading.id is 'Chosen by the gate; the same id is the same reading.';
comment on column cargo.gate_reading.gate is 'The gate.';
comment on column cargo.gate_reading.lane is 'Its lane.';
comment on column cargo.gate_reading.zone is 'The zone the gate stands in.';
comment on column cargo.gate_reading.office is 'The office in charge of it.';
comment on column cargo.gate_reading.direction is 'Into the zone or out of it.';
comment on column cargo.gate_reading.plate is 'The vehicle.';
comment on column cargo.gate_reading.passport is 'The passport it was judged by, if any.';
comment on column cargo.gate_reading.at is 'When the vehicle stood at the gate.';
comment on column cargo.gate_reading.is_offline is 'Whether the gate decided alone and told us later.';
comment on column cargo.gate_reading.has_passed is 'Whether the vehicle went through.';
comment on column cargo.gate_reading.standing is 'open, wait, refuse, openedByHand, turnedAway, superseded or flagged.';
comment on column cargo.gate_reading.content_hash is 'SHA-256 of the reading, by content.';
comment on column cargo.gate_reading.body is 'The reading and the answer, with reasons and weights.';
