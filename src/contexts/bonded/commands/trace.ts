import type { Command } from 'commander';
import { Refused } from '../../../kernel/refusal.ts';
import type { TraceBack, TraceForward } from '../books/contract.ts';
import { type BondedCommandDeps, commandOf, ledgerPath, type Shared, withQuery } from './deps.ts';
import { tableOf } from './table.ts';

interface TraceOptions extends Shared {
  readonly ledger: string;
  readonly order?: string;
  readonly part?: string;
  readonly lot?: string;
}

const HEADS = {
  zh: {
    part: '料号',
    lot: '批次',
    document: '单证',
    quantity: '数量',
    order: '工单',
    made: '产出',
  },
  en: {
    ...{ part: 'part', lot: 'lot', document: 'document', quantity: 'quantity' },
    ...{ order: 'order', made: 'made' },
  },
} as const;
type Heads = (typeof HEADS)[keyof typeof HEADS];

/** `jianghai bonded trace`: what an order was made of, or what a lot went into. */
export function traceCommand(deps: BondedCommandDeps): Command {
  return commandOf('trace', 'from an order back to its import lines, or from a lot forward')
    .requiredOption('--ledger <id>', 'the ledger (账册)')
    .option('--order <order>', 'back: what this order was made of')
    .option('--part <part>', 'forward: the part of the lot')
    .option('--lot <lot>', 'forward: the lot')
    .action(async (options: TraceOptions) => {
      const { ledger, order, part, lot } = options;
      const isForward = part !== undefined && lot !== undefined;
      const tell = <T>(trace: T, linesOf: (trace: T, heads: Heads) => readonly string[]): void => {
        const lines = options.json ? [JSON.stringify(trace)] : linesOf(trace, HEADS[options.lang]);
        for (const line of lines) deps.print(line);
      };
      if ((order === undefined) !== isForward)
        throw new Refused('invalid', { code: 'bonded.trace_of_what' });
      await deps.withAsk(async (ask) => {
        if (order !== undefined) {
          const path = ledgerPath(ledger, `/orders/${encodeURIComponent(order)}/trace`);
          tell((await ask('GET', path)) as TraceBack, linesBack);
        } else {
          const path = withQuery(ledgerPath(ledger, '/trace'), { part, lot });
          tell((await ask('GET', path)) as TraceForward, linesForward);
        }
      });
    });
}

const indent = (level: number): string => '  '.repeat(level);

function linesBack(trace: TraceBack, heads: Heads): readonly string[] {
  const columns = [
    ...[{ head: heads.part }, { head: heads.lot }, { head: heads.document }],
    { head: heads.quantity, isFigure: true },
  ];
  const rows = trace.madeOf.map(({ level, part, lot, document, quantity }) => [
    ...[`${indent(level)}${part}`, lot, document ?? '', quantity],
  ]);
  return tableOf(columns, rows);
}

function linesForward(trace: TraceForward, heads: Heads): readonly string[] {
  const columns = [
    ...[{ head: heads.part }, { head: heads.lot }, { head: heads.order }],
    ...[{ head: heads.quantity, isFigure: true }, { head: heads.made }],
  ];
  const rows = trace.wentInto.map(({ level, part, lot, order, quantity, made }) => [
    ...[`${indent(level)}${part}`, lot, order, quantity],
    made.map((each) => `${each.part} ${each.lot}`).join(', '),
  ]);
  return tableOf(columns, rows);
}
