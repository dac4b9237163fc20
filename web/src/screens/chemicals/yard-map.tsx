import { useTranslation } from 'react-i18next';
import type {
  Block,
  StoredContainer,
  YardState,
} from '../../../../src/contexts/chemicals/storage/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { ScrollX } from '../../parts/scroll-x.tsx';

/** Lengths of the drawing: a bay, a row, and the room for a block's name. */
const [BAY, ROW, HEAD, EDGE] = [22, 15, 20, 8];

/** A stack: the containers of one bay and row, from below. */
export interface Stack {
  readonly key: string;
  readonly containers: readonly StoredContainer[];
  readonly hasConflict: boolean;
}

export const stackOf = (slot: string): string => slot.slice(0, slot.lastIndexOf('-'));

/** The stacks of a yard by block, bay and row. */
export function stacksOf({ containers, conflicts }: YardState): ReadonlyMap<string, Stack> {
  const inConflict = new Set(conflicts.flatMap((conflict) => conflict.containers));
  const stacks = new Map<string, Stack>();
  for (const unit of containers.toSorted((a, b) => (a.slot < b.slot ? -1 : 1))) {
    const key = stackOf(unit.slot);
    const known = stacks.get(key);
    stacks.set(key, {
      key,
      containers: [...(known?.containers ?? []), unit],
      hasConflict: (known?.hasConflict ?? false) || inConflict.has(unit.container),
    });
  }
  return stacks;
}

const two = (count: number): string => String(count).padStart(2, '0');

/** The yard from above, block by block: how high each stack is, what class it holds, where a conflict lies. */
export function YardMap({
  yard,
  stacks,
  chosen,
  onChoose,
}: {
  readonly yard: YardState;
  readonly stacks: ReadonlyMap<string, Stack>;
  readonly chosen: string | null;
  readonly onChoose: (stack: string) => void;
}) {
  const { t } = useTranslation('chemicals');
  const { label } = useFormat();
  const right = Math.max(...yard.blocks.map(({ at, bays }) => (at.x + bays) * BAY));
  const bottom = Math.max(...yard.blocks.map(({ at, rows }) => at.y * ROW + HEAD + rows * ROW));
  return (
    <ScrollX label={t('map.title')}>
      <svg
        className="yard-map"
        viewBox={`0 0 ${right + 2 * EDGE} ${bottom + 2 * EDGE}`}
        style={{ minInlineSize: Math.min(right + 2 * EDGE, 680) }}
        role="img"
        aria-label={t('map', { yard: label(yard.name) })}
      >
        {yard.blocks.map((block) => (
          <BlockOfMap
            key={block.id}
            block={block}
            hasConflict={yard.conflicts.some((conflict) => conflict.block === block.id)}
            {...{ stacks, chosen, onChoose }}
          />
        ))}
      </svg>
    </ScrollX>
  );
}

function BlockOfMap({
  block,
  hasConflict,
  stacks,
  chosen,
  onChoose,
}: {
  readonly block: Block;
  readonly hasConflict: boolean;
  readonly stacks: ReadonlyMap<string, Stack>;
  readonly chosen: string | null;
  readonly onChoose: (stack: string) => void;
}) {
  const { id, at, bays, rows, tiers, classes } = block;
  const places = Array.from({ length: bays * rows }, (_, index) => ({
    bay: 1 + (index % bays),
    row: 1 + Math.floor(index / bays),
  }));
  return (
    <g transform={`translate(${EDGE + at.x * BAY} ${EDGE + at.y * ROW})`}>
      <text className="block-name" x={0} y={HEAD - 6}>
        {id}
        <tspan className="block-classes" dx={6}>
          {classes.join(' ')}
        </tspan>
        {hasConflict ? (
          <tspan className="block-sign" dx={6}>
            ▲
          </tspan>
        ) : null}
      </text>
      <rect
        className={hasConflict ? 'block block-conflict' : 'block'}
        y={HEAD}
        width={bays * BAY}
        height={rows * ROW}
      />
      {places.map(({ bay, row }) => {
        const key = `${id}-${two(bay)}-${two(row)}`;
        const stack = stacks.get(key);
        return stack ? (
          <StackOfMap
            key={key}
            {...{ stack, tiers, onChoose }}
            isChosen={chosen === key}
            x={(bay - 1) * BAY}
            y={HEAD + (row - 1) * ROW}
          />
        ) : null;
      })}
    </g>
  );
}

function StackOfMap({
  stack,
  tiers,
  x,
  y,
  isChosen,
  onChoose,
}: {
  readonly stack: Stack;
  readonly tiers: number;
  readonly x: number;
  readonly y: number;
  readonly isChosen: boolean;
  readonly onChoose: (stack: string) => void;
}) {
  const classes = new Set(
    stack.containers.flatMap(({ goods }) => goods.map(({ class: own }) => own)),
  );
  const looks = [
    'stack',
    classes.size > 0 ? 'stack-dangerous' : '',
    stack.hasConflict ? 'stack-conflict' : '',
    isChosen ? 'stack-chosen' : '',
  ];
  return (
    // The list below the map says the same and is reached by keys.
    // biome-ignore lint/a11y/noStaticElementInteractions: the drawing is a picture of that list.
    <g className={looks.filter(Boolean).join(' ')} onClick={() => onChoose(stack.key)}>
      <title>{`${stack.key} · ${stack.containers.length}/${tiers} ${[...classes].join(' ')}`}</title>
      <rect
        x={x + 1.5}
        y={y + 1.5}
        width={BAY - 3}
        height={ROW - 3}
        rx={2}
        fillOpacity={0.35 + (0.65 * stack.containers.length) / tiers}
      />
      <text x={x + BAY / 2} y={y + ROW / 2 + 3.2}>
        {[...classes][0] ?? ''}
      </text>
    </g>
  );
}
