import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/format.ts';
import { ScrollX } from '../../parts/scroll-x.tsx';
import type { Trace, TraceNode } from './trace-layers.ts';

const BOX = { width: 168, height: 44, across: 84, down: 14 } as const;
const NODES_MAX = 60;
const TEXT_MAX = 21;

/** A trace drawn in layers; the list beside it says the same in words. */
export function TraceGraph({ label, trace }: { readonly label: string; readonly trace: Trace }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { nodes, edges } = trace;
  if (nodes.length < 2) return null;
  if (nodes.length > NODES_MAX) {
    return <p className="faint">{t('trace.tooMany', { count: nodes.length })}</p>;
  }
  const { places, width, height } = layOut(nodes);
  return (
    <ScrollX label={label}>
      <svg
        className="trace-graph"
        role="img"
        aria-label={label}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        {edges.map(({ from, to, quantity }) => {
          const [a, b] = [places.get(from), places.get(to)];
          if (!a || !b) return null;
          const start = { x: a.x + BOX.width, y: a.y + BOX.height / 2 };
          const end = { x: b.x, y: b.y + BOX.height / 2 };
          const middle = (start.x + end.x) / 2;
          return (
            <g key={`${from} ${to} ${quantity}`}>
              <path
                className="trace-edge"
                d={`M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`}
              />
              {quantity ? (
                <text className="trace-quantity" x={start.x + 5} y={start.y - 5}>
                  {format.decimal(quantity)}
                </text>
              ) : null}
            </g>
          );
        })}
        {nodes.map((node) => {
          const at = places.get(node.id);
          if (!at) return null;
          return (
            <g key={node.id} transform={`translate(${at.x} ${at.y})`}>
              <title>{`${node.title} ${node.sub}`}</title>
              <rect
                className={`trace-box trace-${node.kind}`}
                width={BOX.width}
                height={BOX.height}
                rx={6}
              />
              <text className="trace-title" x={10} y={node.sub ? 18 : 27}>
                {node.kind === 'order' ? t('order.of', { order: node.title }) : short(node.title)}
              </text>
              {node.sub ? (
                <text className="trace-sub" x={10} y={35}>
                  {short(node.sub)}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
    </ScrollX>
  );
}

const short = (text: string): string =>
  text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text;

/** Layers side by side, each centred on the tallest; boxes in the order they were found. */
function layOut(nodes: readonly TraceNode[]) {
  const layers: TraceNode[][] = [];
  for (const node of nodes) {
    const layer = layers[node.layer] ?? [];
    layers[node.layer] = layer;
    layer.push(node);
  }
  const step = BOX.height + BOX.down;
  const tallest = Math.max(...layers.map((layer) => layer?.length ?? 0));
  const places = new Map<string, { x: number; y: number }>();
  for (const [column, layer = []] of layers.entries()) {
    const top = ((tallest - layer.length) * step) / 2 + BOX.down / 2;
    for (const [row, { id }] of layer.entries()) {
      places.set(id, { x: 1 + column * (BOX.width + BOX.across), y: top + row * step });
    }
  }
  const width = layers.length * (BOX.width + BOX.across) - BOX.across + 2;
  return { places, width, height: tallest * step };
}
