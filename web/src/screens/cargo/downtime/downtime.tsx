import { useTranslation } from 'react-i18next';
import type { Downtime } from '../../../../../src/contexts/cargo/releases/contract.ts';
import { Ask } from '../../../parts/ask.tsx';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { useMay } from '../../../parts/queries.ts';
import { Tag } from '../../../parts/tag.tsx';
import { useWatch } from '../watch.ts';
import '../cargo.css';

const PATH = '/api/downtimes';
/** A moment as it is typed, in port time: `2026-07-02 08:30`. */
const instantOf = (typed: string): string => {
  const at = Date.parse(`${typed.trim().replace(' ', 'T')}:00+08:00`);
  return Number.isNaN(at) ? typed : new Date(at).toISOString();
};

/** Times without the system, said aloud: gates go by their offline lists, and report afterwards. */
export function DowntimeScreen() {
  const { t } = useTranslation('cargo');
  const may = useMay();
  const { data, error, isLoading, refetch } = useWatch<{
    readonly downtimes: readonly Downtime[];
  }>(PATH);
  const running = data?.downtimes.find(({ to }) => to === null);
  const mayDeclare = may('cargo.declareDowntime');
  return (
    <Page
      title={t('downtime.title')}
      lead={t('downtime.lead')}
      actions={mayDeclare && data && !running ? <Declare /> : null}
    >
      {running ? <Running downtime={running} mayEnd={mayDeclare} /> : null}
      <DataTable
        caption={t('downtime.title')}
        columns={useColumns()}
        rows={data?.downtimes}
        rowKey={(row) => row.id}
        isLoading={isLoading}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState icon="done" title={t('downtime.empty')}>
            {t('downtime.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function Declare() {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return (
    <Ask
      isDanger
      button={t('downtime.declare')}
      lead={t('downtime.declare.lead')}
      stale={[PATH]}
      fields={[
        {
          name: 'from',
          label: t('field.from'),
          kind: 'text',
          hint: t('field.from.hint'),
          initial: format.moment(new Date().toISOString()),
        },
        {
          name: 'gate',
          label: t('field.gate'),
          kind: 'text',
          hint: t('downtime.gate.hint'),
          isOptional: true,
        },
        { name: 'reason', label: t('field.reason'), kind: 'long' },
      ]}
      command={({ from = '', gate, reason }) => ({
        method: 'POST',
        path: PATH,
        body: {
          id: `DT-${Date.now().toString(36)}`,
          from: instantOf(from),
          gate: gate || null,
          reason,
        },
      })}
    />
  );
}

function Running({ downtime, mayEnd }: { readonly downtime: Downtime; readonly mayEnd: boolean }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return (
    <Section
      title={t('downtime.now')}
      aside={
        mayEnd ? (
          <Ask
            isPrimary
            button={t('downtime.end')}
            lead={t('downtime.end.lead')}
            stale={[PATH]}
            fields={[{ name: 'note', label: t('field.note'), kind: 'long' }]}
            command={(body) => ({ method: 'POST', path: `${PATH}/${downtime.id}/end`, body })}
          />
        ) : null
      }
    >
      <p>{downtime.reason}</p>
      <p className="faint">
        {downtime.gate ?? t('downtime.everywhere')} ·{' '}
        {t('since', { ago: format.moment(downtime.from) })} · {format.between(downtime.from, null)}
      </p>
      <p>{t('downtime.what')}</p>
    </Section>
  );
}

function useColumns(): readonly Column<Downtime>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return [
    {
      id: 'from',
      title: t('field.from'),
      isName: true,
      render: (row) => <span className="cell-nowrap">{format.moment(row.from)}</span>,
    },
    {
      id: 'to',
      title: t('field.to'),
      render: (row) =>
        row.to ? (
          <span className="cell-nowrap">{format.moment(row.to)}</span>
        ) : (
          <Tag tone="red" icon="warning">
            {t('downtime.running')}
          </Tag>
        ),
    },
    {
      id: 'length',
      title: t('column.length'),
      align: 'end',
      render: (row) => format.between(row.from, row.to),
    },
    { id: 'gate', title: t('field.gate'), render: (row) => row.gate ?? t('downtime.everywhere') },
    { id: 'reason', title: t('field.reason'), render: (row) => row.reason },
    { id: 'note', title: t('field.note'), render: (row) => row.note ?? '—' },
    { id: 'by', title: t('column.by'), render: (row) => row.declaredBy },
  ];
}
