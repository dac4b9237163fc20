-- A payload of a few kilobytes stays beside its row as it is: to pack it once and unpack it for each
-- reader costs more than the room it takes.
alter table platform.event set (toast_tuple_target = 8160);
