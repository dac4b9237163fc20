create index decision_by_goods on risk.decision (office, (facts ->> 'goods.hs6'), seq desc);

comment on index risk.decision_by_goods is 'Finds earlier consignments of the same goods at the same office, for whoever examines one.';
