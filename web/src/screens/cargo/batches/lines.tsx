import { useTranslation } from 'react-i18next';
import type { Batch, BatchBalance } from '../../../../../src/contexts/cargo/batches/contract.ts';
import { CodeName } from '../../../parts/code-select.tsx';
import { useFormat } from '../../../parts/format.ts';
import { ScrollX } from '../../../parts/scroll-x.tsx';
import { Tag } from '../../../parts/tag.tsx';
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
  return (
    <ScrollX label={t('batch.lines')}>
      <table className="plain-table batch-lines">
        <thead>
          <tr>
            <th scope="col">{t('column.goods')}</th>
            <th scope="col">{t('batch.price')}</th>
            <th scope="col">{t('batch.used')}</th>
            <th scope="col" className="cell-end">
              {t('batch.crossed')}
            </th>
            <th scope="col" className="cell-end">
              {t('batch.reserved')}
            </th>
            <th scope="col" className="cell-end">
              {t('batch.remaining')}
            </th>
            <th scope="col" className="cell-end">
              {t('batch.cap')}
            </th>
          </tr>
        </thead>
        <tbody>
          {batch.content.lines.map((line) => {
            const balance = balances.find(({ lineNo }) => lineNo === line.lineNo);
            const { crossed = '0', reserved = '0', remaining = line.cap, level } = balance ?? {};
            return (
              <tr key={line.lineNo}>
                <th scope="row">
                  {line.lineNo}. {line.description}
                  <span className="cell-sub" translate="no">
                    {line.partNo} · {line.hsCode}
                  </span>
                </th>
                <td className="cell-nowrap">
                  {format.money(line.unitPrice, line.currency)}
                  <span className="cell-sub">
                    <CodeName table="unit" code={line.unit} />
                  </span>
                </td>
                <td>
                  <UseBar
                    label={line.description}
                    cap={line.cap}
                    parts={[
                      { amount: crossed, look: 'done', word: t('batch.crossed') },
                      { amount: reserved, look: 'held', word: t('batch.reserved') },
                    ]}
                  />
                  {level === 'near' || level === 'exhausted' ? (
                    <Tag tone={level === 'near' ? 'yellow' : 'red'}>{t(`level.${level}`)}</Tag>
                  ) : null}
                </td>
                <td className="cell-end">{format.decimal(crossed)}</td>
                <td className="cell-end">{format.decimal(reserved)}</td>
                <td className="cell-end">
                  <b>{format.decimal(remaining)}</b>
                </td>
                <td className="cell-end">{format.decimal(line.cap)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollX>
  );
}
