import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SimilarCase } from '../../../../../src/contexts/risk/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { useAsk } from '../../../parts/queries.ts';
import { Tag } from '../../../parts/tag.tsx';

/** What examinations of goods like these found here before; nothing where there were none. */
export function SimilarCases({ decision }: { readonly decision: string }) {
  const { t } = useTranslation('clearance');
  const format = useFormat();
  const { data } = useAsk<{ readonly cases: readonly SimilarCase[] }>(
    `/api/decisions/${encodeURIComponent(decision)}/similar`,
  );
  if (!data || data.cases.length === 0) return null;
  return (
    <div className="similar">
      <h3>{t('similar.title')}</h3>
      <ul>
        {data.cases.map((each) => (
          <li key={each.subject}>
            <Link to="/declarations/$id" params={{ id: each.subject }} translate="no">
              {each.subject}
            </Link>{' '}
            <Tag tone={each.found ? 'red' : 'green'} icon={each.found ? 'warning' : 'done'}>
              {t(each.found ? 'similar.found' : 'similar.nothing')}
            </Tag>
            <span className="cell-sub">
              {[
                format.date(each.day),
                each.sameOrigin ? t('similar.sameOrigin') : null,
                each.sameParty ? t('similar.sameParty') : null,
                each.pricePerKg === null
                  ? null
                  : `${format.number(Math.round(each.pricePerKg * 100) / 100)} ${each.currency ?? ''}/kg`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
