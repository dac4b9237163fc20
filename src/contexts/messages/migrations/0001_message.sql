create schema if not exists messages;

create table messages.message (
  id text not null,
  partner text not null,
  sent_by text not null,
  received_at timestamptz not null,
  hash text not null,
  bytes integer not null,
  raw bytea not null,
  standard text,
  kind text,
  outcome text not null,
  problems jsonb not null,
  constraint message_pkey primary key (id),
  constraint message_is_taken_once unique (partner, hash),
  constraint message_outcome_known check (outcome in ('filed', 'returned', 'refused', 'kept'))
);

create index message_by_time on messages.message (received_at desc, id desc);
create index message_by_partner on messages.message (partner, received_at desc, id desc);

comment on schema messages is 'What the trade sends, as it came, and what became of it.';
comment on table messages.message is 'Messages as they came in, one row for each file a partner sent. Exactly once in effect: the same bytes of the same partner are the same row.';
comment on column messages.message.id is 'Made of partner and content: the same for the same.';
comment on column messages.message.partner is 'The organisation that sent it.';
comment on column messages.message.sent_by is 'The person, or the system, that sent it.';
comment on column messages.message.received_at is 'When it came in; of one refused and sent again, the last time.';
comment on column messages.message.hash is 'SHA-256 of the bytes, in hexadecimal.';
comment on column messages.message.bytes is 'How many bytes it has.';
comment on column messages.message.raw is 'The bytes, untouched.';
comment on column messages.message.standard is 'The standard of its first document, null where none was known.';
comment on column messages.message.kind is 'What its first document is about, null where none was known.';
comment on column messages.message.outcome is 'filed, returned, refused, kept: the worst of its documents.';
comment on column messages.message.problems is 'What was wrong with the message itself, or was put up with: code, path, line, value seen.';

create table messages.document (
  message text not null,
  n smallint not null,
  partner text not null,
  standard text not null,
  kind text not null,
  reference text,
  understood jsonb not null,
  outcome text not null,
  record_kind text,
  record text,
  number text,
  problems jsonb not null,
  constraint document_pkey primary key (message, n),
  constraint document_stands_in_a_message foreign key (message)
    references messages.message (id) on delete cascade,
  constraint document_outcome_known check (outcome in ('filed', 'returned', 'refused', 'kept')),
  constraint document_record_is_whole check ((record is null) = (record_kind is null))
);

create unique index document_reference_is_used_once on messages.document (partner, kind, reference)
  where record is not null;
create index document_by_reference on messages.document (reference text_pattern_ops);
create index document_by_record on messages.document (record text_pattern_ops);
create index document_by_number on messages.document (number text_pattern_ops);

comment on table messages.document is 'The documents of a message, most have one, and what became of each.';
comment on column messages.document.message is 'The message it came in.';
comment on column messages.document.n is 'Its place in the message, from 0.';
comment on column messages.document.partner is 'The organisation that sent it, as the message has it.';
comment on column messages.document.standard is 'The standard: DecMessage, MT1401, CUSCAR.';
comment on column messages.document.kind is 'What it is about: declaration, manifest.';
comment on column messages.document.reference is 'The sender''s own reference. One that made a record is never used for another.';
comment on column messages.document.understood is 'What was understood, in our own field names.';
comment on column messages.document.outcome is 'filed, returned, refused, kept.';
comment on column messages.document.record_kind is 'declaration, manifest, bondedList, gatePassport.';
comment on column messages.document.record is 'The record it made, by its id.';
comment on column messages.document.number is 'The number customs gave that record.';
comment on column messages.document.problems is 'Why it was returned or refused: code, path, value seen.';
