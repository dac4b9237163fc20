import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { YardRow } from '../../../../src/contexts/chemicals/storage/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Page } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { LoadBar } from './load-bar.tsx';
import './chemicals.css';

/** The yards a reader may look at: how full, what is in conflict, how near to a major hazard. */
export function YardsScreen() {
  const { t } = useTranslation('chemicals');
  const { data, error, refetch } = useAsk<{ yards: YardRow[] }>('/api/chemicals/yards');
  return (
    <Page title={t('yards.title')} lead={t('yards.lead')}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {data && data.yards.length === 0 ? (
        <EmptyState icon="container" title={t('yards.none')}>
          {t('yards.none.text')}
        </EmptyState>
      ) : null}
      <ul className="yard-cards">
        {data?.yards.map((yard) => (
          <Card key={yard.id} yard={yard} />
        ))}
      </ul>
    </Page>
  );
}

function Card({ yard }: { readonly yard: YardRow }) {
  const { t } = useTranslation('chemicals');
  const { label, number } = useFormat();
  return (
    <li className="sheet">
      <h2>
        <Link to="/yards/$id" params={{ id: yard.id }}>
          {label(yard.name)}
        </Link>
      </h2>
      <p>{t('yards.filled', { containers: number(yard.containers), slots: number(yard.slots) })}</p>
      <p>
        <Tag
          tone={yard.conflicts === 0 ? 'green' : 'red'}
          icon={yard.conflicts === 0 ? 'done' : 'warning'}
        >
          {t('yards.conflicts', { count: yard.conflicts })}
        </Tag>
      </p>
      <LoadBar load={yard.load} />
    </li>
  );
}
