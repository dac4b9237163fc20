import type { MadeOfRow, WentIntoRow } from '../../../../src/contexts/bonded/books/contract.ts';

export interface TraceNode {
  readonly id: string;
  readonly kind: 'lot' | 'order' | 'document';
  /** Counted from the left. */
  readonly layer: number;
  readonly title: string;
  readonly sub: string;
}
interface TraceEdge {
  readonly from: string;
  readonly to: string;
  readonly quantity: string;
}
export interface Trace {
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
}

function gather() {
  const nodes = new Map<string, TraceNode>();
  const edges = new Map<string, TraceEdge>();
  return {
    add(node: TraceNode): string {
      const known = nodes.get(node.id);
      // A lot that is reached by two ways stands as far to the right as the longer of them.
      if (!known || known.layer < node.layer) nodes.set(node.id, node);
      return node.id;
    },
    join(from: string, to: string, quantity: string): void {
      edges.set(`${from} ${to} ${quantity}`, { from, to, quantity });
    },
    trace: (): Trace => ({ nodes: [...nodes.values()], edges: [...edges.values()] }),
  };
}

/** From import lines on the left to the order on the right. Rows come as a walk: what a lot is made of follows it, deeper. */
export function layersBack(order: string, madeOf: readonly MadeOfRow[]): Trace {
  const deepest = Math.max(0, ...madeOf.map(({ level }) => level));
  const graph = gather();
  const above: string[] = [
    graph.add({ id: `order ${order}`, kind: 'order', layer: deepest + 1, title: order, sub: '' }),
  ];
  for (const { level, part, lot, document, quantity } of madeOf) {
    const id = graph.add({
      ...{ id: `${part} ${lot}`, layer: deepest - level, title: part, sub: document ?? lot },
      kind: document === null ? 'lot' : 'document',
    });
    graph.join(id, above[level] ?? '', quantity);
    above[level + 1] = id;
  }
  return graph.trace();
}

/** From a lot on the left through the orders it went into to what they made. */
export function layersForward(part: string, lot: string, wentInto: readonly WentIntoRow[]): Trace {
  const graph = gather();
  graph.add({ id: `${part} ${lot}`, kind: 'document', layer: 0, title: part, sub: lot });
  for (const row of wentInto) {
    const order = graph.add({
      ...{ id: `order ${row.order}`, kind: 'order', layer: 2 * row.level + 1 },
      ...{ title: row.order, sub: '' },
    });
    graph.join(`${row.part} ${row.lot}`, order, row.quantity);
    for (const made of row.made) {
      const id = graph.add({
        ...{ id: `${made.part} ${made.lot}`, kind: 'lot', layer: 2 * row.level + 2 },
        ...{ title: made.part, sub: made.lot },
      });
      graph.join(order, id, '');
    }
  }
  return graph.trace();
}
