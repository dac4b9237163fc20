import type { EventRecord } from '../../kernel/event.ts';
import { Mapping } from './contract.ts';
import type { EventTable } from './store/events.ts';

export const goodsMapping = (changes: Partial<Mapping> = {}): Mapping =>
  Mapping.parse({
    name: 'goods',
    version: 1,
    label: { zh: '货物', en: 'Goods' },
    source: 'made for a test',
    dataset: 'goods',
    id: 'goods.id',
    date: 'goods.day',
    columns: [
      { from: 'Id', to: 'goods.id', type: 'text' },
      { from: 'Day', to: 'goods.day', type: 'date', format: '%Y%m%d' },
      { from: ['HS', 'HS Code'], to: 'goods.hs6', type: 'text', padTo: 6 },
      {
        from: ['Origin', '原产国'],
        to: 'goods.origin',
        type: 'text',
        codes: { 中国: 'CN', 日本: 'JP' },
      },
      { from: 'Value', to: 'goods.value', type: 'decimal', thousands: ',', min: '0' },
      { from: 'Pieces', to: 'goods.pieces', type: 'integer', min: '0' },
    ],
    constants: { 'declaration.ieFlag': 'I' },
    ...changes,
  });

export const sailedTable: EventTable = {
  kind: 'ship.sailed',
  table: 'ship_sailed',
  label: { zh: '开航', en: 'Sailings' },
  columns: [
    {
      name: 'ship',
      type: 'text',
      label: { zh: '船名', en: 'Ship' },
      from: (event) => (event.payload as Sailing).ship,
    },
    {
      name: 'at',
      type: 'instant',
      label: { zh: '时间', en: 'When' },
      from: (event) => event.envelope.occurredAt,
    },
  ],
};

export const cargoTable: EventTable = {
  kind: 'ship.sailed',
  table: 'ship_cargo',
  label: { zh: '货载', en: 'Cargo' },
  columns: [
    {
      name: 'weight',
      type: 'decimal',
      label: { zh: '重量', en: 'Weight' },
      from: (_event, row) => String(row),
    },
  ],
  rows: (event) => (event.payload as Sailing).cargo,
};

interface Sailing {
  readonly ship: string;
  readonly cargo: readonly string[];
}

export function sailing(seq: number, stream = 'ship:1'): EventRecord {
  const at = new Date(Date.UTC(2026, 0, 1) + seq * 60_000).toISOString();
  return {
    id: `${stream}@${seq}`,
    stream,
    seq,
    kind: seq % 5 === 0 ? 'ship.rested' : 'ship.sailed',
    envelope: {
      actor: 'system',
      post: null,
      organisation: null,
      onBehalfOf: null,
      occurredAt: at,
      recordedAt: at,
      consignment: null,
      cause: null,
      correlation: null,
      legalBasis: null,
      clock: null,
      pauseCode: null,
    },
    payload: { ship: `Ship ${seq % 7}`, cargo: [`${seq}.5`, '0.25'] } satisfies Sailing,
  };
}
