import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Figure } from '../../../../src/contexts/facts/contract.ts';
import { figureText, type Period } from '../../parts/figure-card.tsx';
import { useFormat } from '../../parts/format.ts';

/**
 * How long each condition of release was waited for, the longest on top, each with whoever keeps it: so
 * that no agency's time hides in another's. Bars stand to each other as the times do.
 */
export function StageTimes({
  figures,
  period,
}: {
  readonly figures: readonly Figure[];
  readonly period: Period;
}) {
  const { t } = useTranslation('parts');
  const format = useFormat();
  const rows = [...figures].sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  const longest = rows[0]?.value || 1;
  return (
    <ol className="stage-times">
      {rows.map((figure) => {
        const { metric, value, numerator } = figure;
        return (
          <li key={metric}>
            <Link to="/overview/$metric" params={{ metric }} search={{ ...period }}>
              {format.label(figure.label)}
            </Link>
            <span className="stage-bar" aria-hidden="true">
              <span style={{ width: `${((value ?? 0) / longest) * 100}%` }} />
            </span>
            <b>{figureText(value, figure.unit, format)}</b>
            <Link
              className="faint"
              to="/overview/$metric"
              params={{ metric }}
              search={{ ...period }}
              hash="records"
            >
              {t('figure.records', { count: numerator, shown: format.number(numerator) })}
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
