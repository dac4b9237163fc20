alter table risk.outcome add column kinds text[] not null default '{}';
comment on column risk.outcome.kinds is 'The kinds of finding that examinations of it found, each once.';

alter table risk.model add column aim text not null default 'harm';
alter table risk.model add constraint model_aim_check check (aim in ('harm', 'precursor', 'hazard'));
update risk.model set state = state || '{"aim": "harm"}';
drop index risk.model_live;
drop index risk.model_shadow;
create unique index model_live on risk.model (aim) where status = 'live';
create unique index model_shadow on risk.model (aim) where status = 'shadow';
comment on table risk.model is 'The models as their events tell them; of each aim at most one is live and one in shadow.';
comment on column risk.model.aim is 'What it is to find: harm for any finding, precursor or hazard for those of chemicals.';

alter table risk.training_run add column aim text not null default 'harm';
alter table risk.training_run
  add constraint training_run_aim_check check (aim in ('harm', 'precursor', 'hazard'));
comment on column risk.training_run.aim is 'What the model it trains is to find.';
