alter table cargo.downtime add column gate text;

drop index cargo.downtime_one_at_a_time;
create unique index downtime_one_at_a_time on cargo.downtime (coalesce(gate, '')) where ended_at is null;

comment on column cargo.downtime.gate is 'The gate that went by its offline list; null when all of them did.';
