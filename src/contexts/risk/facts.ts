import type { Fact, FactType } from '../facts/index.ts';

const DERIVED = 'risk: computed from the declaration itself';
const HISTORY = 'risk: aggregates over declarations of earlier days';

const derived = (name: string, unit: string | null, zh: string, en: string): Fact => ({
  name,
  type: 'number',
  unit,
  label: { zh, en },
  source: DERIVED,
});
const past = (name: string, type: FactType, unit: string | null, zh: string, en: string): Fact => ({
  name,
  type,
  unit,
  label: { zh, en },
  source: HISTORY,
});

/** Facts that follow from the declaration alone. */
const derivedFacts: readonly Fact[] = [
  derived('price.perKg', 'currency/kg', '每千克单价', 'price per kilogram'),
  derived('weight.perUnit', 'kg/unit', '单位重量', 'weight per unit'),
  derived('mass.netToGross', null, '净毛重比', 'net mass over gross mass'),
];

/**
 * Facts about the past. *Peers* are earlier declarations of the same HS6, origin, currency (for
 * weights: unit) and direction; statistics of fewer than thirty are not stated, and so are missing.
 */
export const historyFacts: readonly Fact[] = [
  past('history.days', 'integer', 'days', '历史数据天数', 'days of history'),
  past('peers.count', 'integer', null, '同类申报票数', 'earlier peers'),
  past(
    'peers.priceLow',
    'number',
    'currency/kg',
    '同类单价下四分位',
    'peers’ lower quartile price',
  ),
  past('peers.priceMedian', 'number', 'currency/kg', '同类单价中位数', 'peers’ median price'),
  past(
    'peers.priceHigh',
    'number',
    'currency/kg',
    '同类单价上四分位',
    'peers’ upper quartile price',
  ),
  past('peers.priceDeviation', 'number', null, '单价偏离度', 'price deviation from peers'),
  past(
    'peers.weightCount',
    'integer',
    null,
    '同类单重票数',
    'earlier peers with a weight per unit',
  ),
  past('peers.weightLow', 'number', 'kg/unit', '同类单重下四分位', 'peers’ lower quartile weight'),
  past(
    'peers.weightMedian',
    'number',
    'kg/unit',
    '同类单重中位数',
    'peers’ median weight per unit',
  ),
  past('peers.weightHigh', 'number', 'kg/unit', '同类单重上四分位', 'peers’ upper quartile weight'),
  past('peers.weightDeviation', 'number', null, '单重偏离度', 'weight deviation from peers'),
  past(
    'peers.taxRateCount',
    'integer',
    null,
    '同类计税票数',
    'earlier peers of the same duty type',
  ),
  past(
    'peers.taxRateShare',
    'number',
    null,
    '同类适用该税率的占比',
    'share of peers at this duty rate',
  ),
  past(
    'route.earlier',
    'integer',
    null,
    '该原产国同章此前票数',
    'earlier consignments of origin and chapter',
  ),
  past('route.share', 'number', null, '自该启运国启运的占比', 'share departing from this country'),
  past(
    'importer.earlier',
    'integer',
    null,
    '企业此前申报票数',
    'the enterprise’s earlier declarations',
  ),
  past(
    'importer.earlierGoods',
    'integer',
    null,
    '企业此前申报同品目票数',
    'its earlier declarations of this heading',
  ),
  past(
    'importer.recentSame',
    'integer',
    null,
    '近三日同企业同商品票数',
    'its same consignments of the last 3 days',
  ),
  past(
    'importer.recentSameValue',
    'number',
    'currency',
    '近三日同企业同商品总价',
    'their value together',
  ),
];

/** The words risk adds to the vocabulary. */
export const riskFacts: readonly Fact[] = [...derivedFacts, ...historyFacts];

const SELECTION = 'risk: the examinations of the office, by the traffic of earlier days';

/**
 * What selection adds to a declaration's facts. They are among its facts so that a decision replays
 * from what it stored; no rule and no model reads them, since they say nothing of the goods.
 */
export const selectionFacts: readonly Fact[] = [
  {
    name: 'selection.threshold',
    type: 'number',
    unit: 'CNY',
    label: { zh: '布控门槛（预期损失）', en: 'harm above which the model selects' },
    source: SELECTION,
  },
  {
    name: 'selection.left',
    type: 'integer',
    unit: null,
    label: { zh: '当日剩余查验能力', en: 'examinations left today' },
    source: SELECTION,
  },
  {
    name: 'selection.exploreRate',
    type: 'number',
    unit: null,
    label: { zh: '探索抽查附加比例', en: 'rate that exploration adds to the random sample' },
    source: SELECTION,
  },
  {
    name: 'selection.isSampled',
    type: 'boolean',
    unit: null,
    label: { zh: '是否参与随机抽查', en: 'whether the random sample may draw it' },
    source: 'whoever asks: false for a subject whose goods are examined by another decision',
  },
];
