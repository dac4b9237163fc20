import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportJob } from '../../../../src/contexts/pool/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Section } from '../../parts/page.tsx';
import { asking } from '../../parts/queries.ts';
import { RefusalList } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';

const LOOKS = {
  running: ['blue', 'clock'],
  done: ['green', 'done'],
  refused: ['red', 'stop'],
  failed: ['red', 'error'],
} as const;

const WATCH_MS = 1000;

export function ImportList() {
  const { t } = useTranslation('pool');
  const format = useFormat();
  const { data, error, isLoading, refetch } = useQuery({
    ...asking<{ readonly imports: readonly ImportJob[] }>('/api/pool/imports'),
    refetchInterval: ({ state }) =>
      state.data?.imports.some((job) => job.state === 'running') ? WATCH_MS : false,
  });
  const columns: readonly Column<ImportJob>[] = [
    {
      id: 'file',
      title: t('import.file'),
      isName: true,
      render: (job) => <TwoLines under={job.mapping}>{job.file}</TwoLines>,
    },
    {
      id: 'state',
      title: t('import.state'),
      render: (job) => {
        const [tone, icon] = LOOKS[job.state];
        return (
          <>
            <Tag tone={tone} icon={icon}>
              {t(`import.${job.state}`)}
            </Tag>
            {job.state === 'running' && job.share !== null ? (
              <Progress
                percent={Math.round(job.share * 100)}
                size="small"
                aria-label={t('import.running')}
              />
            ) : null}
            {job.repeated ? <span className="cell-sub">{t('import.repeated')}</span> : null}
            {job.refusals.length > 0 ? <RefusalList refusals={job.refusals} /> : null}
          </>
        );
      },
    },
    {
      id: 'rows',
      title: t('column.rows'),
      align: 'end',
      render: (job) => format.number(job.rows),
    },
    {
      id: 'rejected',
      title: t('import.rejected'),
      align: 'end',
      render: (job) =>
        job.rejected === 0 ? (
          format.number(0)
        ) : (
          <a href={`/api/pool/imports/${encodeURIComponent(job.id)}/rejects`} download>
            {t('import.rejects', { count: job.rejected, shown: format.number(job.rejected) })}
          </a>
        ),
    },
    {
      id: 'started',
      title: t('import.started'),
      render: (job) => <span className="cell-nowrap">{format.moment(job.startedAt)}</span>,
    },
    {
      id: 'took',
      title: t('import.took'),
      align: 'end',
      render: (job) => (job.endedAt ? format.between(job.startedAt, job.endedAt) : '—'),
    },
  ];
  return (
    <Section title={t('import.list')} plain>
      <DataTable
        caption={t('import.list')}
        columns={columns}
        rows={data?.imports}
        rowKey={(job) => job.id}
        isLoading={isLoading}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState icon="import" title={t('import.none')}>
            {t('import.none.text')}
          </EmptyState>
        }
      />
    </Section>
  );
}
