import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type {
  AcknowledgementResult,
  Release,
  ReleasePage,
} from '../../../../../src/contexts/cargo/releases/contract.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useCommand } from '../../../parts/queries.ts';
import { RefusalList, Trouble } from '../../../parts/refusal-list.tsx';
import { useReleaseColumns } from '../releases/columns.tsx';
import { PickBar, usePicked } from './picking.tsx';

interface Answer {
  readonly results: readonly AcknowledgementResult[];
}

/** A release that was taken back is acknowledged as that, so that nobody lets the goods go. */
const toAcknowledge = ({ id, status }: Release) => ({
  release: id,
  of: status === 'revoked' ? 'revocation' : 'notice',
});

/** Release notices that this terminal has not said it knows of. */
export function NoticeWork({ asked }: { readonly asked: UseQueryResult<ReleasePage> }) {
  const { t } = useTranslation('cargo');
  const { data, error, isLoading, refetch } = asked;
  const rows = data?.releases ?? [];
  const { picked, column, all, none } = usePicked(rows, ({ id }) => id);
  const give = useCommand<readonly Release[], Answer>(
    (releases) => ({
      method: 'POST',
      path: '/api/releases/acknowledgements',
      body: { acknowledgements: releases.map(toAcknowledge) },
    }),
    ['/api/releases', '/api/bills'],
  );
  const acknowledge = (releases: readonly Release[]) => give.mutate(releases, { onSuccess: none });
  const refused = give.data?.results.filter(({ outcome }) => outcome === 'refused') ?? [];
  return (
    <>
      <p className="muted work-lead">{t('terminal.notices.lead')}</p>
      <PickBar
        count={picked.length}
        of={rows.length}
        act={t('terminal.notices.act')}
        isBusy={give.isPending}
        onAll={all}
        onNone={none}
        onAct={() => acknowledge(picked)}
      />
      <Trouble error={give.error} />
      {give.data ? (
        <p role="status">
          {t('acknowledged', { count: give.data.results.length - refused.length })}
        </p>
      ) : null}
      <RefusalList refusals={refused.flatMap(({ problems }) => problems)} />
      <DataTable
        caption={t('terminal.notices')}
        columns={[
          column,
          ...useReleaseColumns(),
          {
            id: 'act',
            title: t('column.act'),
            render: (row) => (
              <Button loading={give.isPending} onClick={() => acknowledge([row])}>
                {t('terminal.notices.act')}
              </Button>
            ),
          },
        ]}
        rows={data?.releases}
        rowKey={(row) => row.id}
        isLoading={isLoading}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState icon="done" title={t('terminal.nothing')}>
            {t('terminal.notices.empty')}
          </EmptyState>
        }
      />
    </>
  );
}
