create schema if not exists parties;

create table parties.enterprise (
  uscc text not null,
  name_zh text not null,
  name_en text,
  customs_reg_no text,
  registered_on date not null,
  constraint enterprise_pkey primary key (uscc)
);

create table parties.grade (
  uscc text not null,
  grade text not null,
  effective_from date not null,
  effective_to date,
  constraint grade_pkey primary key (uscc, effective_from),
  constraint grade_enterprise_fkey foreign key (uscc) references parties.enterprise (uscc),
  constraint grade_period_check check (effective_to is null or effective_to > effective_from)
);

create table parties.zone (
  code text not null,
  name_zh text not null,
  name_en text not null,
  regime text not null,
  office text not null,
  effective_from date not null,
  effective_to date,
  constraint zone_pkey primary key (code, effective_from),
  constraint zone_period_check check (effective_to is null or effective_to > effective_from)
);

insert into parties.zone (code, name_zh, name_en, regime, office, effective_from, effective_to)
values
  ('waigaoqiao', '外高桥保税区', 'Waigaoqiao Bonded Zone', 'bondedZone', '2218', '1990-06-02', null),
  ('yangshan', '洋山保税港区', 'Yangshan Bonded Port Area', 'bondedPort', '2249', '2005-06-22', '2020-05-16'),
  ('yangshan', '洋山特殊综合保税区', 'Yangshan Special Comprehensive Bonded Zone', 'specialComprehensiveBondedZone', '2249', '2020-05-16', null),
  ('pudong-airport', '上海浦东机场综合保税区', 'Pudong Airport Comprehensive Bonded Zone', 'comprehensiveBondedZone', '2216', '2009-07-03', null),
  ('shanghai-ftz', '中国（上海）自由贸易试验区', 'China (Shanghai) Pilot Free Trade Zone', 'freeTradeZone', '2210', '2013-09-29', null);

comment on schema parties is 'Enterprises, how customs grades them, and the zones they work in.';
comment on table parties.enterprise is 'Enterprises known to customs.';
comment on column parties.enterprise.uscc is 'Unified social credit code.';
comment on column parties.enterprise.name_zh is 'Registered name.';
comment on column parties.enterprise.name_en is 'Name in English, where one is known.';
comment on column parties.enterprise.customs_reg_no is 'Customs registration code, 10 characters.';
comment on column parties.enterprise.registered_on is 'The day of registration with customs.';
comment on table parties.grade is 'Certification grades by period; a day without one is an ordinary one.';
comment on column parties.grade.uscc is 'The enterprise.';
comment on column parties.grade.grade is 'advancedCertified, certified, regular, dishonest, seriouslyDishonest; registered before 2026-04-01.';
comment on column parties.grade.effective_from is 'First day in force.';
comment on column parties.grade.effective_to is 'First day no longer in force; null while it is.';
comment on table parties.zone is 'Customs zones with their regime by period. The first rows are compiled by the project, not official.';
comment on column parties.zone.code is 'Short name of the zone.';
comment on column parties.zone.name_zh is 'Name in the period, in Chinese.';
comment on column parties.zone.name_en is 'Name in the period, in English.';
comment on column parties.zone.regime is 'The customs regime of the zone in the period.';
comment on column parties.zone.office is 'The customs office in charge.';
comment on column parties.zone.effective_from is 'First day of the period.';
comment on column parties.zone.effective_to is 'First day after the period; null while it lasts.';
