import { useTranslation } from 'react-i18next';
import type { Assessment } from '../../../../src/contexts/duty/calculation/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useDutySentence, useItemName, useYuan } from './money.tsx';

/** How every amount came about, line by line: value, rate, tax, with the figures in the sentence. */
export function BillSteps({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation('duty');
  const say = useDutySentence();
  const yuan = useYuan();
  const name = useItemName();
  const { percent } = useFormat();
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
          tables: assessment.tables.map((table) => `${table.name} ${table.version}`).join(' · '),
        })}
      </p>
    </div>
  );
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
