import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Assessment } from '../../../../src/contexts/duty/calculation/contract.ts';
import type { CodeTable } from '../../../../src/contexts/reference/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useAsk } from '../../parts/queries.ts';
import { useDutySentence, useItemName, useYuan } from './money.tsx';

/** How every amount came about, line by line: value, rate, tax, with the figures in the sentence. */
export function BillSteps({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation('duty');
  const say = useDutySentence();
  const yuan = useYuan();
  const name = useItemName();
  const { percent } = useFormat();
  const tableName = useTableName();
  return (
    <div className="calculation">
      <Steps steps={assessment.steps} say={say} />
      {assessment.lines.map((line) => (
        <details key={line.lineNo} open={assessment.lines.length <= 3}>
          <summary>
            {t('line', { line: line.lineNo })} <span translate="no">{line.hsCode}</span> ·{' '}
            {t('line.value', { value: yuan(line.customsValue) })} ·{' '}
            {line.taxes
              .map(({ kind, rate, payable }) =>
                [
                  name(kind),
                  rate.percent === null ? '' : percent(Number(rate.percent) / 100, 2),
                  yuan(payable),
                ]
                  .filter(Boolean)
                  .join(' '),
              )
              .join(' · ') || t('line.noTax')}
          </summary>
          <Steps steps={line.steps} say={say} />
        </details>
      ))}
      <p className="faint">
        {t('tables', {
          tables: assessment.tables
            .map(({ name, version }) => `${tableName(name)} ${version}`)
            .join(' · '),
        })}
      </p>
    </div>
  );
}

/** What a code table is called; its own name while that is not known. */
function useTableName(): (name: string) => string {
  const { label } = useFormat();
  const { data } = useAsk<{ readonly tables: readonly z.infer<typeof CodeTable>[] }>(
    '/api/reference',
  );
  return (name) => {
    const table = data?.tables.find((each) => each.name === name);
    return table ? label(table.label) : name;
  };
}

function Steps({
  steps,
  say,
}: {
  readonly steps: Assessment['steps'];
  readonly say: ReturnType<typeof useDutySentence>;
}) {
  if (steps.length === 0) return null;
  return (
    <ol className="steps-list">
      {steps.map((step) => (
        <li key={`${step.code}${JSON.stringify(step.params)}`}>
          {say(step)}
          {step.legalBasis ? <span className="faint"> {step.legalBasis}</span> : null}
        </li>
      ))}
    </ol>
  );
}
