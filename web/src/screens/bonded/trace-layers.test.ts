// A trace comes as a walk with depths; drawn, every lot stands once, and what it was made of left of it.
import { expect, test } from 'vitest';
import { layersBack, layersForward } from './trace-layers.ts';

const said = ({ nodes, edges }: ReturnType<typeof layersBack>) => ({
  nodes: nodes.map(({ id, layer, kind }) => `${layer} ${kind} ${id}`).sort(),
  edges: edges.map(({ from, to, quantity }) => `${from} -${quantity}-> ${to}`).sort(),
});

test('back: from the order through what it took to its import lines', () => {
  const row = (
    level: number,
    part: string,
    lot: string,
    document: string | null,
    quantity: string,
  ) => ({
    ...{ level, part, lot, document, quantity },
  });
  const trace = layersBack('W2', [
    row(0, 'FRAME', 'W1', null, '4'),
    row(1, 'STEEL', 'Q1#1', 'Q1', '60'),
    row(0, 'BOLT', 'Q2#1', 'Q2', '8'),
  ]);
  expect(said(trace)).toEqual({
    nodes: [
      ...['0 document STEEL Q1#1', '1 document BOLT Q2#1'],
      ...['1 lot FRAME W1', '2 order order W2'],
    ],
    edges: [...['BOLT Q2#1 -8-> order W2', 'FRAME W1 -4-> order W2', 'STEEL Q1#1 -60-> FRAME W1']],
  });
});

test('forward: from a lot through orders to what they made, and on', () => {
  const trace = layersForward('STEEL', 'Q1#1', [
    {
      ...{ level: 0, part: 'STEEL', lot: 'Q1#1', order: 'W1', quantity: '60' },
      made: [{ part: 'FRAME', lot: 'W1' }],
    },
    {
      ...{ level: 1, part: 'FRAME', lot: 'W1', order: 'W2', quantity: '4' },
      made: [{ part: 'BIKE', lot: 'W2' }],
    },
  ]);
  expect(said(trace)).toEqual({
    nodes: [
      ...['0 document STEEL Q1#1', '1 order order W1', '2 lot FRAME W1'],
      ...['3 order order W2', '4 lot BIKE W2'],
    ],
    edges: [
      ...['FRAME W1 -4-> order W2', 'STEEL Q1#1 -60-> order W1'],
      ...['order W1 --> FRAME W1', 'order W2 --> BIKE W2'],
    ],
  });
});
