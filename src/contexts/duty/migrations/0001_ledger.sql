create schema if not exists duty;

create table duty.bill (
  declaration text not null,
  payer text not null,
  declarant text not null,
  office text not null,
  ie_flag text not null,
  status text not null,
  version integer not null,
  law_on date not null,
  assessed_at timestamptz not null,
  due_on date,
  period text,
  guarantee text,
  assessed numeric(20, 2) not null,
  paid numeric(20, 2) not null,
  outstanding numeric(20, 2) not null,
  credit numeric(20, 2) not null,
  committed numeric(20, 2) not null,
  constraint bill_pkey primary key (declaration),
  constraint bill_adds_up check (assessed = paid + outstanding),
  constraint bill_owes_no_less_than_nothing check (outstanding >= 0 and credit >= 0),
  constraint bill_commits_what_is_owed check (committed between 0 and outstanding)
);

create index bill_by_payer on duty.bill (payer, assessed_at desc, declaration desc);
create index bill_by_declarant on duty.bill (declarant, assessed_at desc, declaration desc);
create index bill_by_time on duty.bill (assessed_at desc, declaration desc);
create index bill_outstanding on duty.bill (due_on, declaration) where outstanding > 0;
create index bill_by_period on duty.bill (payer, period) where period is not null;

comment on schema duty is 'What goods owe, and what became of it.';
comment on table duty.bill is 'Duty bills (税单), one for each accepted declaration. A cache of the fold of the stream `duty:<declaration>`.';
comment on column duty.bill.declaration is 'The declaration.';
comment on column duty.bill.payer is 'Who owes the tax.';
comment on column duty.bill.declarant is 'Who filed the declaration.';
comment on column duty.bill.office is 'The office of declaration.';
comment on column duty.bill.ie_flag is 'I for import, E for export.';
comment on column duty.bill.status is 'nothingDue, payable, guaranteed, paidShort, settled, reversed.';
comment on column duty.bill.version is 'The last event of the stream.';
comment on column duty.bill.law_on is 'The day whose law applies.';
comment on column duty.bill.assessed_at is 'When it was first assessed.';
comment on column duty.bill.due_on is 'The last day to pay without surcharge.';
comment on column duty.bill.period is 'The month it is paid with, under consolidated payment.';
comment on column duty.bill.guarantee is 'The guarantee that carries it.';
comment on column duty.bill.assessed is 'Yuan assessed, surcharge included.';
comment on column duty.bill.paid is 'Yuan received and applied.';
comment on column duty.bill.outstanding is 'Yuan still owed.';
comment on column duty.bill.credit is 'Yuan received and applied to nothing.';
comment on column duty.bill.committed is 'Yuan of the guarantee that the bill holds.';

create table duty.entry (
  posting text not null,
  n smallint not null,
  kind text not null,
  subject text not null,
  payer text not null,
  office text not null,
  account text not null,
  item text,
  guarantee text,
  debit numeric(20, 2) not null,
  credit numeric(20, 2) not null,
  posted_on date not null,
  posted_at timestamptz not null,
  constraint entry_pkey primary key (posting, n),
  constraint entry_has_one_side check (debit >= 0 and credit >= 0 and (debit = 0) <> (credit = 0))
);

create index entry_by_subject on duty.entry (subject);
create index entry_by_time on duty.entry (posted_at, posting, n);

comment on table duty.entry is 'The ledger: the entries of every posting, append-only. A posting is an event, and its sides are equal.';
comment on column duty.entry.posting is 'The event it stands in.';
comment on column duty.entry.n is 'Place within the posting.';
comment on column duty.entry.kind is 'Kind of the event.';
comment on column duty.entry.subject is 'The stream the event belongs to.';
comment on column duty.entry.payer is 'Whose money it is about.';
comment on column duty.entry.office is 'The customs office it is about.';
comment on column duty.entry.account is 'The account, of the chart in contract.ts.';
comment on column duty.entry.item is 'Tax or fee, for accounts kept by item.';
comment on column duty.entry.guarantee is 'The guarantee, for accounts kept by guarantee.';
comment on column duty.entry.debit is 'Yuan on the debit side.';
comment on column duty.entry.credit is 'Yuan on the credit side.';
comment on column duty.entry.posted_on is 'The day at the port on which it happened.';
comment on column duty.entry.posted_at is 'When it happened.';

create table duty.payment (
  id text not null,
  target text not null,
  content_hash text not null,
  answer jsonb not null,
  received_at timestamptz not null,
  constraint payment_pkey primary key (id)
);

comment on table duty.payment is 'Payments by the id their payer chose: a payment that arrives twice is one payment.';
comment on column duty.payment.id is 'Chosen by the payer.';
comment on column duty.payment.target is 'The declaration, or payer/period of a consolidated payment.';
comment on column duty.payment.content_hash is 'What it said, hashed: the same id with another content is refused.';
comment on column duty.payment.answer is 'What was answered, and is answered again.';
comment on column duty.payment.received_at is 'When it was received.';

create table duty.guarantee (
  id text not null,
  payer text not null,
  office text not null,
  kind text not null,
  form text not null,
  status text not null,
  version integer not null,
  declaration text,
  consolidated boolean not null,
  limit_amount numeric(20, 2) not null,
  committed numeric(20, 2) not null,
  valid_from date not null,
  valid_to date not null,
  guarantor text not null,
  reference text not null,
  applied_by text not null,
  answered_by text,
  note text not null,
  constraint guarantee_pkey primary key (id),
  constraint guarantee_within_its_limit check (committed between 0 and limit_amount)
);

create index guarantee_by_payer on duty.guarantee (payer, status);

comment on table duty.guarantee is 'Guarantees for duty, single and total. A cache of the stream `guarantee:<id>` and of the entries that commit it.';
comment on column duty.guarantee.id is 'Chosen by the applicant.';
comment on column duty.guarantee.payer is 'Whose tax it stands for.';
comment on column duty.guarantee.office is 'The office that decides on it.';
comment on column duty.guarantee.kind is 'single, for one declaration, or total.';
comment on column duty.guarantee.form is 'deposit, bank or insurance.';
comment on column duty.guarantee.status is 'applied, rejected, approved, expired, closed.';
comment on column duty.guarantee.version is 'The last event of the stream.';
comment on column duty.guarantee.declaration is 'The declaration a single guarantee is for.';
comment on column duty.guarantee.consolidated is 'Whether its bills are paid together after the month (汇总征税).';
comment on column duty.guarantee.limit_amount is 'Yuan it stands for at most.';
comment on column duty.guarantee.committed is 'Yuan held by bills and deposits.';
comment on column duty.guarantee.valid_from is 'First day it may be used.';
comment on column duty.guarantee.valid_to is 'Last day it may be used.';
comment on column duty.guarantee.guarantor is 'Bank, insurer, or the payer for a deposit.';
comment on column duty.guarantee.reference is 'Number of the letter or policy; bank reference of a deposit.';
comment on column duty.guarantee.applied_by is 'Who applied.';
comment on column duty.guarantee.answered_by is 'Who approved or rejected it.';
comment on column duty.guarantee.note is 'Said with the answer, or at the end.';

create table duty.deposit (
  id text not null,
  payer text not null,
  office text not null,
  guarantee text not null,
  amount numeric(20, 2) not null,
  secures text not null,
  version integer not null,
  freed boolean not null,
  constraint deposit_pkey primary key (id),
  constraint deposit_guarantee_fkey foreign key (guarantee) references duty.guarantee (id)
);

comment on table duty.deposit is 'What applications hold of a guarantee until they end. A cache of the stream `deposit:<id>`.';
comment on column duty.deposit.id is 'Chosen by who takes it.';
comment on column duty.deposit.payer is 'Whose guarantee it uses.';
comment on column duty.deposit.office is 'The office of the application.';
comment on column duty.deposit.guarantee is 'The guarantee it is taken from.';
comment on column duty.deposit.amount is 'Yuan held.';
comment on column duty.deposit.secures is 'What it secures: `batch:<id>`.';
comment on column duty.deposit.version is 'The last event of the stream.';
comment on column duty.deposit.freed is 'Whether it was given back.';
