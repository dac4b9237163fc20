create table cargo.release_key (
  number integer not null,
  kid text not null,
  x text not null,
  signs_from timestamptz not null,
  signs_to timestamptz,
  constraint release_key_pkey primary key (number),
  constraint release_key_has_one_name unique (kid)
);

comment on table cargo.release_key is 'The public halves of the keys that sign release notices, past and present. Private halves are grown from the installation''s secret and never stored.';
comment on column cargo.release_key.number is 'Which key it is, counted from 1.';
comment on column cargo.release_key.kid is 'Its thumbprint (RFC 7638).';
comment on column cargo.release_key.x is 'The public key, base64url.';
comment on column cargo.release_key.signs_from is 'From when it signed.';
comment on column cargo.release_key.signs_to is 'Until when; null while it signs.';

create sequence cargo.release_sent as bigint;

create table cargo.release (
  id text not null,
  declaration text not null,
  cause text not null,
  organisation text not null,
  terminal text,
  office text,
  bill text,
  version integer not null,
  notice jsonb not null,
  signed text not null,
  revocation jsonb,
  signed_revocation text,
  issued_at timestamptz not null,
  valid_until timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  revoked_at timestamptz,
  revocation_acknowledged_at timestamptz,
  left_at timestamptz,
  status text not null generated always as (
    case
      when revoked_at is not null then 'revoked'
      when left_at is not null then 'used'
      when acknowledged_at is not null then 'acknowledged'
      else 'notified'
    end
  ) stored,
  attempts integer not null default 0,
  last_attempt_at timestamptz,
  last_outcome text,
  next_attempt_at timestamptz,
  sent_number bigint not null default nextval('cargo.release_sent'),
  constraint release_pkey primary key (id),
  constraint release_has_one_cause unique (cause),
  constraint release_is_revoked_whole check (
    (revoked_at is null) = (revocation is null) and (revoked_at is null) = (signed_revocation is null)
  ),
  constraint release_left_or_revoked check (revoked_at is null or left_at is null)
);

create index release_of_declaration on cargo.release (declaration);
create index release_of_bill on cargo.release (bill) where bill is not null;
create index release_newest_first on cargo.release (issued_at, id);
create index release_to_deliver on cargo.release (next_attempt_at) where next_attempt_at is not null;
create index release_in_sending_order on cargo.release (sent_number) where next_attempt_at is not null;
create index release_revoked on cargo.release (revoked_at) where revoked_at is not null;
create index release_in_port on cargo.release (valid_until) where revoked_at is null and left_at is null;

comment on table cargo.release is 'Release notices: a cache of the streams release:<id>, and how far their delivery is.';
comment on column cargo.release.id is 'Declaration and number of its notice: D1-R1.';
comment on column cargo.release.declaration is 'The declaration whose goods are released.';
comment on column cargo.release.cause is 'The event that released them: it has one notice, however often it is told.';
comment on column cargo.release.organisation is 'The declarant.';
comment on column cargo.release.terminal is 'The organisation that holds the goods; null when nobody is known to.';
comment on column cargo.release.office is 'The customs office at the border.';
comment on column cargo.release.bill is 'The bill the goods are on.';
comment on column cargo.release.version is 'How many events its stream has.';
comment on column cargo.release.notice is 'What is signed.';
comment on column cargo.release.signed is 'The signed notice, as it is sent.';
comment on column cargo.release.revocation is 'What is signed when it is taken back.';
comment on column cargo.release.signed_revocation is 'The signed revocation, as it is sent.';
comment on column cargo.release.issued_at is 'When it was signed.';
comment on column cargo.release.valid_until is 'From when on it is not valid any more.';
comment on column cargo.release.acknowledged_at is 'When the terminal said it knows.';
comment on column cargo.release.acknowledged_by is 'The terminal that said so.';
comment on column cargo.release.revoked_at is 'When it was taken back.';
comment on column cargo.release.revocation_acknowledged_at is 'When the terminal said it knows that.';
comment on column cargo.release.left_at is 'When the first of the goods left by it.';
comment on column cargo.release.status is 'notified, acknowledged, used or revoked: follows from the times.';
comment on column cargo.release.attempts is 'How often the terminal was told of what it has still to acknowledge.';
comment on column cargo.release.last_attempt_at is 'When last.';
comment on column cargo.release.last_outcome is 'What came of it.';
comment on column cargo.release.next_attempt_at is 'When next; null when there is nothing to acknowledge.';
comment on column cargo.release.sent_number is 'Place in the order of sending: each attempt takes the next, so that a terminal reading on finds it again.';

create table cargo.webhook (
  organisation text not null,
  url text not null,
  registered_at timestamptz not null,
  constraint webhook_pkey primary key (organisation)
);

comment on table cargo.webhook is 'Where a terminal wants to be told of releases.';
comment on column cargo.webhook.organisation is 'The terminal.';
comment on column cargo.webhook.url is 'Its address, on a host the operator allows.';
comment on column cargo.webhook.registered_at is 'When it was registered.';

create table cargo.downtime (
  id text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  reason text not null,
  declared_by text not null,
  note text,
  constraint downtime_pkey primary key (id),
  constraint downtime_ends_after_it_began check (ended_at is null or ended_at >= began_at)
);

create unique index downtime_one_at_a_time on cargo.downtime ((true)) where ended_at is null;

comment on table cargo.downtime is 'Declared times without the system: a cache of the streams downtime:<id>.';
comment on column cargo.downtime.id is 'Chosen by whoever declared it.';
comment on column cargo.downtime.began_at is 'From when gates went by their offline lists.';
comment on column cargo.downtime.ended_at is 'Until when; null while it lasts.';
comment on column cargo.downtime.reason is 'Why.';
comment on column cargo.downtime.declared_by is 'The person who declared it.';
comment on column cargo.downtime.note is 'What was said at its end.';

create table cargo.electronic_bill (
  id text not null,
  bill text not null,
  kind text not null,
  issuer text not null,
  reference text not null,
  digest text,
  content_hash text not null,
  beneficiary text not null,
  holder text not null,
  status text not null,
  version integer not null,
  constraint electronic_bill_pkey primary key (id)
);

create unique index electronic_bill_held_once on cargo.electronic_bill (bill) where status = 'held';
create index electronic_bill_of_holder on cargo.electronic_bill (holder);

comment on table cargo.electronic_bill is 'Bills of lading and delivery orders without paper: a cache of the streams electronic-bill:<id>.';
comment on column cargo.electronic_bill.id is 'Chosen by whoever presented it.';
comment on column cargo.electronic_bill.bill is 'The bill number.';
comment on column cargo.electronic_bill.kind is 'billOfLading or deliveryOrder.';
comment on column cargo.electronic_bill.issuer is 'Who issued it.';
comment on column cargo.electronic_bill.reference is 'The issuer''s own number of it.';
comment on column cargo.electronic_bill.digest is 'SHA-256 of the document.';
comment on column cargo.electronic_bill.content_hash is 'Of what was presented: the same id with other content is another document.';
comment on column cargo.electronic_bill.beneficiary is 'Whose goods they are.';
comment on column cargo.electronic_bill.holder is 'Who has the document in hand.';
comment on column cargo.electronic_bill.status is 'held or surrendered: of one bill, one document is held at a time.';
comment on column cargo.electronic_bill.version is 'How many events its stream has.';
