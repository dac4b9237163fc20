import { useTranslation } from 'react-i18next';
import type { Batch, BatchBalance } from '../../../../../src/contexts/cargo/batches/contract.ts';
import { CodeName } from '../../../parts/code-select.tsx';
import { useFormat } from '../../../parts/format.ts';
import { MiniTable } from '../../../parts/mini-table.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { UseBar } from '../use-bar.tsx';

/** Each line with its cap: what has passed, what is on its way, and what is left. */
export function BatchLines({
  batch,
  balances,
}: {
  readonly batch: Batch;
  readonly balances: readonly BatchBalance[];
}) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const rows = batch.content.lines.map((line) => {
    const balance = balances.find(({ lineNo }) => lineNo === line.lineNo);
    const { crossed = '0', reserved = '0', remaining = line.cap, level } = balance ?? {};
    return { ...line, crossed, reserved, remaining, level };
  });
  const quantity = (name: 'crossed' | 'reserved' | 'remaining' | 'cap') =>
    ({
      id: name,
      title: t(`batch.${name}`),
      align: 'end',
      render: (row: (typeof rows)[number]) => format.decimal(row[name]),
    }) as const;
  return (
    <MiniTable
      caption={t('batch.lines')}
      rows={rows}
      rowKey={({ lineNo }) => String(lineNo)}
      columns={[
        {
          id: 'goods',
          title: t('column.goods'),
          isName: true,
          render: (line) => (
            <TwoLines
              under={
                <>
                  {line.partNo} · {line.hsCode}
                </>
              }
              isCode
            >
              {line.lineNo}. {line.description}
            </TwoLines>
          ),
        },
        {
          id: 'price',
          title: t('batch.price'),
          render: (line) => (
            <TwoLines under={<CodeName table="unit" code={line.unit} />}>
              <span className="cell-nowrap">{format.money(line.unitPrice, line.currency)}</span>
            </TwoLines>
          ),
        },
        {
          id: 'used',
          title: t('batch.used'),
          render: ({ description, cap, crossed, reserved, level }) => (
            <>
              <UseBar
                label={description}
                cap={cap}
                parts={[
                  { amount: crossed, look: 'done', word: t('batch.crossed') },
                  { amount: reserved, look: 'held', word: t('batch.reserved') },
                ]}
              />
              {level === 'near' || level === 'exhausted' ? (
                <Tag tone={level === 'near' ? 'yellow' : 'red'}>{t(`level.${level}`)}</Tag>
              ) : null}
            </>
          ),
        },
        quantity('crossed'),
        quantity('reserved'),
        quantity('remaining'),
        quantity('cap'),
      ]}
    />
  );
}
