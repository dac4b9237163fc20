alter table messages.message
  add column signature text not null default 'unsigned',
  add column signature_algorithm text,
  add column signature_key text,
  add column control text,
  add constraint message_signature_known check (signature in ('unsigned', 'verified', 'refused'));

create index message_by_control on messages.message (partner, control) where control is not null;

comment on column messages.message.signature is 'unsigned, verified, refused: what its signature turned out to be.';
comment on column messages.message.signature_algorithm is 'What it was signed with, null where nothing could be read.';
comment on column messages.message.signature_key is 'The thumbprint of the key it was signed with, or says it was.';
comment on column messages.message.control is 'The control reference of its envelope: an interchange''s, or the message''s own.';

create table messages.connection (
  partner text not null,
  must_sign boolean not null,
  answers_signed_with text not null,
  folder_post text,
  set_by text not null,
  set_at timestamptz not null,
  constraint connection_pkey primary key (partner),
  constraint connection_algorithm_known
    check (answers_signed_with in ('SM2-SM3', 'ECDSA-P256-SHA256'))
);

comment on table messages.connection is 'How messages go to and fro with a partner, where the operator set it.';
comment on column messages.connection.partner is 'The organisation.';
comment on column messages.connection.must_sign is 'Its messages are refused without a good signature.';
comment on column messages.connection.answers_signed_with is 'What our answers to it are signed with.';
comment on column messages.connection.folder_post is 'The post in whose name files of its folder are filed; null where it has none.';
comment on column messages.connection.set_by is 'The person who set it.';
comment on column messages.connection.set_at is 'When.';

create table messages.partner_key (
  partner text not null,
  id text not null,
  algorithm text not null,
  pem text not null,
  valid_from date not null,
  valid_to date,
  revoked_from date,
  revoked_because text,
  registered_by text not null,
  registered_at timestamptz not null,
  constraint partner_key_pkey primary key (partner, id, algorithm),
  constraint partner_key_is_valid_once check (valid_to is null or valid_from < valid_to),
  constraint partner_key_revoked_because check ((revoked_from is null) = (revoked_because is null))
);

comment on table messages.partner_key is 'Public keys that partners sign with.';
comment on column messages.partner_key.partner is 'Whose key it is.';
comment on column messages.partner_key.id is 'Its thumbprint: SHA-256 of the SPKI in hexadecimal, 32 digits.';
comment on column messages.partner_key.algorithm is 'What it signs with: SM2-SM3, RSA-SHA256.';
comment on column messages.partner_key.pem is 'The public key, SPKI as PEM.';
comment on column messages.partner_key.valid_from is 'The first day it counts.';
comment on column messages.partner_key.valid_to is 'The first day it does not count any more; null: until further notice.';
comment on column messages.partner_key.revoked_from is 'The first day on which it is revoked; null: it is not.';
comment on column messages.partner_key.revoked_because is 'Why it was revoked.';
comment on column messages.partner_key.registered_by is 'The person who registered it.';
comment on column messages.partner_key.registered_at is 'When.';

create table messages.port_key (
  algorithm text not null,
  number integer not null,
  id text not null,
  pem text not null,
  signs_from timestamptz not null,
  signs_to timestamptz,
  constraint port_key_pkey primary key (algorithm, number)
);

comment on table messages.port_key is 'The public halves of the keys that sign our answers, past and present. Private halves are grown from the installation''s secret and never stored.';
comment on column messages.port_key.algorithm is 'What it signs with.';
comment on column messages.port_key.number is 'Which key of that algorithm it is, counted from 1.';
comment on column messages.port_key.id is 'Its thumbprint.';
comment on column messages.port_key.pem is 'The public key, SPKI as PEM.';
comment on column messages.port_key.signs_from is 'From when it signed.';
comment on column messages.port_key.signs_to is 'Until when; null while it signs.';

create table messages.resent (
  message text not null,
  id text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  way text not null,
  sent_at timestamptz,
  constraint resent_pkey primary key (message, id),
  constraint resent_of_message foreign key (message) references messages.message (id) on delete cascade,
  constraint resent_way_known check (way in ('folder', 'http'))
);

create index resent_waiting on messages.resent (asked_at) where sent_at is null;

comment on table messages.resent is 'Answers that were asked for again.';
comment on column messages.resent.message is 'The message that is answered.';
comment on column messages.resent.id is 'Chosen by who asked: the same is the same asking.';
comment on column messages.resent.asked_by is 'The person who asked.';
comment on column messages.resent.asked_at is 'When.';
comment on column messages.resent.way is 'folder: put into the partner''s folder; http: fetched by the partner.';
comment on column messages.resent.sent_at is 'When it was put there, or made ready; null while it waits.';
