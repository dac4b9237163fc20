import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type {
  BillPage,
  BillRow,
  ManifestResult,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { Ask } from '../../../parts/ask.tsx';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useCommand } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { useBillColumns } from '../bills/columns.tsx';
import { ManifestAnswer } from '../manifests/answer.tsx';
import { PickBar, usePicked } from './picking.tsx';
import { QUAY_STALE, type QuayTask, reportOf } from './report.ts';

const COLUMNS: ReadonlySet<string> = new Set(['number', 'goods', 'voyage', 'grossMassKg']);

/** One kind of work at the quay: bills that wait for it, and the report that answers them. */
export function BillWork({
  task,
  asked,
  premises,
}: {
  readonly task: QuayTask;
  readonly asked: UseQueryResult<BillPage>;
  readonly premises: string;
}) {
  const { t } = useTranslation('cargo');
  const { data, error, isLoading, refetch } = asked;
  const rows = data?.rows ?? [];
  const { picked, column, all, none } = usePicked(rows, ({ number }) => number);
  const give = useCommand<readonly BillRow[], ManifestResult>(
    (bills) => ({ method: 'POST', path: '/api/manifests', body: reportOf(task, premises, bills) }),
    QUAY_STALE,
  );
  const report = (bills: readonly BillRow[]) => give.mutate(bills, { onSuccess: none });
  // One report tells of one voyage: the first ticked bill says which.
  const [first] = picked;
  const together =
    task === 'load'
      ? picked.filter(
          ({ conveyance, voyageNo }) =>
            conveyance === first?.conveyance && voyageNo === first?.voyageNo,
        )
      : picked;
  return (
    <>
      <p className="muted work-lead">{t(`terminal.${task}.lead`)}</p>
      <PickBar
        count={together.length}
        of={rows.length}
        act={t(`terminal.${task}.act`)}
        isBusy={give.isPending}
        onAll={all}
        onNone={none}
        onAct={() => report(together)}
      />
      <Trouble error={give.error} />
      {give.data ? <ManifestAnswer answer={give.data} isDry={false} /> : null}
      <DataTable
        caption={t(`terminal.${task}`)}
        columns={[
          column,
          ...useBillColumns().filter(({ id }) => COLUMNS.has(id)),
          {
            id: 'packages',
            title: t('column.packages'),
            align: 'end',
            render: (row) => row.packages ?? '—',
          },
          {
            id: 'act',
            title: t('column.act'),
            render: (row) => (
              <div className="button-row">
                <Button loading={give.isPending} onClick={() => report([row])}>
                  {t(`terminal.${task}.act`)}
                </Button>
                {task === 'tally' ? <Tally row={row} premises={premises} /> : null}
              </div>
            ),
          },
        ]}
        rows={data?.rows}
        rowKey={(row) => row.number}
        isLoading={isLoading}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState icon="done" title={t('terminal.nothing')}>
            {t(`terminal.${task}.empty`)}
          </EmptyState>
        }
      />
    </>
  );
}

/** A tally that differs from the manifest: what was counted is asked for. */
function Tally({ row, premises }: { readonly row: BillRow; readonly premises: string }) {
  const { t } = useTranslation('cargo');
  return (
    <Ask
      button={t('tally.other')}
      title={t('tally.other.title', { number: row.number })}
      lead={t('tally.other.lead')}
      stale={QUAY_STALE}
      fields={[
        {
          name: 'packages',
          label: t('column.packages'),
          kind: 'amount',
          initial: String(row.packages ?? ''),
        },
        {
          name: 'grossMassKg',
          label: t('column.grossMassKg'),
          kind: 'amount',
          isOptional: true,
          initial: row.grossMassKg ?? '',
        },
        { name: 'damaged', label: t('field.damaged'), kind: 'amount', initial: '0' },
        { name: 'yard', label: t('field.yard'), kind: 'text', isOptional: true },
        { name: 'note', label: t('field.note'), kind: 'long', isOptional: true },
      ]}
      command={({ packages, damaged, grossMassKg, yard, note }) => ({
        method: 'POST',
        path: '/api/manifests',
        body: {
          ...reportOf('tally', premises, []),
          bills: [
            {
              number: row.number,
              packages: Number(packages),
              damaged: Number(damaged),
              grossMassKg: grossMassKg || null,
              yard: yard || null,
              note,
            },
          ],
        },
      })}
    />
  );
}
