import { isLocalDate } from '../../../kernel/dates.ts';
import type { EventRecord } from '../../../kernel/event.ts';
import type { Fact, FactType, FactValue } from '../../facts/index.ts';
import { columnName, type EventTable } from '../../pool/index.ts';
import type { DecidedFacts } from './store/decided.ts';

/**
 * Which events tell that something was decided about and what came of it. Risk knows facts, not
 * subjects: whose events these are is the business of whoever joins the contexts.
 */
export interface DecidedEvents {
  readonly decided: {
    readonly kind: string;
    readonly subjectOf: (event: EventRecord) => string;
    readonly decisionOf: (event: EventRecord) => string;
  };
  readonly examined: {
    readonly kind: string;
    readonly subjectOf: (event: EventRecord) => string;
    readonly foundOf: (event: EventRecord) => boolean;
  };
}

interface FactTablesOptions {
  readonly events: DecidedEvents;
  /** Every registered fact: each is a column. */
  readonly facts: readonly Fact[];
  /** What was known when deciding, by decision; one that is not kept is not in the map. */
  readonly findDecided: (
    decisions: readonly string[],
  ) => Promise<ReadonlyMap<string, DecidedFacts>>;
}

export const DECISIONS = 'risk_decision';
export const OUTCOMES = 'risk_outcome';

type Column = EventTable['columns'][number];
type ColumnType = Column['type'];

/**
 * What risk gives to the pool: one wide row per decision, every fact a column, and one row per
 * examination. A decision is written in the transaction of its event, so it is there when the event
 * is fed; facts of a wrong type are missing, as they are to the engine.
 */
export function factTables({ events, facts, findDecided }: FactTablesOptions): EventTable[] {
  const { decided, examined } = events;
  return [
    {
      kind: decided.kind,
      table: DECISIONS,
      label: { zh: '风险决策与当时已知事实', en: 'Decisions and the facts known to them' },
      columns: [
        column('subject', 'text', '对象编号', 'Subject', decided.subjectOf),
        column('seq', 'integer', '事件序号', 'Number of the event', ({ seq }) => seq),
        column('day', 'date', '决策日期', 'Day decided for', (_, row) => of(row).decidedOn),
        column('office', 'text', '进出境关别', 'Office of entry or exit', (_, row) =>
          officeOf(of(row)),
        ),
        column('lane', 'text', '通道', 'Lane', (_, row) => of(row).lane),
        column('selected_by', 'text', '选中方式', 'Selected by', (_, row) => of(row).selectedBy),
        column('score', 'integer', '风险分', 'Risk points', (_, row) => of(row).score),
        ...facts.map(factColumn),
      ],
      load: async (batch) => {
        const found = await findDecided(batch.map(decided.decisionOf));
        return (event) => {
          const row = found.get(decided.decisionOf(event));
          return row ? [row] : [];
        };
      },
    },
    {
      kind: examined.kind,
      table: OUTCOMES,
      label: { zh: '查验结果', en: 'Outcomes of examinations' },
      columns: [
        column('subject', 'text', '对象编号', 'Subject', examined.subjectOf),
        column('found', 'boolean', '查获', 'Something was found', examined.foundOf),
      ],
    },
  ];
}

const column = (
  name: string,
  type: ColumnType,
  zh: string,
  en: string,
  from: Column['from'],
): Column => ({ name, type, label: { zh, en }, from });

const of = (row: unknown): DecidedFacts => row as DecidedFacts;

/** Where goods are examined: where they cross the border, or where they are declared. */
function officeOf({ facts }: DecidedFacts): string | null {
  const office = facts['declaration.borderOffice'] ?? facts['declaration.office'];
  return typeof office === 'string' ? office : null;
}

/** How facts of each type are kept in a table. */
export const FACT_COLUMN_TYPES: Readonly<Record<FactType, ColumnType>> = {
  text: 'text',
  number: 'real',
  integer: 'integer',
  boolean: 'boolean',
  date: 'date',
};

const factColumn = ({ name, type, label }: Fact): Column => ({
  name: columnName(name),
  type: FACT_COLUMN_TYPES[type],
  label,
  from: (_, row) => factCell(of(row).facts[name] ?? null, type),
});

/** A fact as a table keeps it; a value of another type than the fact's is missing. */
export function factCell(value: FactValue, type: FactType): FactValue {
  switch (type) {
    case 'text':
      return typeof value === 'string' ? value : null;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'integer':
      return Number.isSafeInteger(value) ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' && isLocalDate(value) ? value : null;
  }
}
