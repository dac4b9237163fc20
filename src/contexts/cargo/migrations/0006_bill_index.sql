-- A bill is told of four times in its life, and each time is entered into every index anew: what is null is found by
-- nobody and need not be.
drop index cargo.bill_by_manifest;
create index bill_by_manifest on cargo.bill (manifest) where manifest is not null;
drop index cargo.bill_by_stage;
create index bill_by_stage on cargo.bill (stage, stage_at) where stage is not null;
