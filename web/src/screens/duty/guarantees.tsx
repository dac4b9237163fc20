import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Guarantee } from '../../../../src/contexts/duty/contract.ts';
import { useApproval } from '../../parts/approval.ts';
import { AsWritten } from '../../parts/as-written.tsx';
import { Ask } from '../../parts/ask.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { portDay, useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page } from '../../parts/page.tsx';
import { useAskList, useMay, useMe } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useYuan } from './money.tsx';

const GUARANTEES = '/api/duty/guarantees';
const STALE = ['/api/duty'];

/** Guarantees: goods go at once, the tax is paid later. How much is free, and how much is bound. */
export function GuaranteesScreen() {
  const { t } = useTranslation('duty');
  const may = useMay();
  const list = useAskList<{
    readonly guarantees: readonly Guarantee[];
  }>(GUARANTEES);
  return (
    <Page
      wide
      title={t('guarantees.title')}
      lead={t('guarantees.lead')}
      actions={may('duty.applyGuarantee') ? <Apply /> : null}
    >
      <DataTable
        name="guarantees"
        caption={t('guarantees.title')}
        columns={useColumns()}
        rows={list.data?.guarantees}
        rowKey={(row) => row.id}
        {...tableState(list)}
        empty={
          <EmptyState icon="shield" title={t('guarantees.empty')}>
            {t('guarantees.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function Apply() {
  const { t } = useTranslation('duty');
  const me = useMe();
  const today = portDay();
  const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  return (
    <Ask
      isPrimary
      button={t('guarantee.apply')}
      lead={t('guarantee.apply.lead')}
      stale={STALE}
      fields={[
        {
          name: 'form',
          label: t('field.form'),
          kind: 'choice',
          options: (['bank', 'insurance', 'deposit'] as const).map((value) => ({
            value,
            label: t(`form.${value}`),
          })),
        },
        { name: 'limit', label: t('field.limit'), kind: 'amount' },
        { name: 'guarantor', label: t('field.guarantor'), kind: 'text' },
        { name: 'reference', label: t('field.letter'), kind: 'text' },
        { name: 'office', label: t('column.office'), kind: 'text', initial: '2225' },
        { name: 'validFrom', label: t('field.validFrom'), kind: 'day', initial: today },
        { name: 'validTo', label: t('field.validTo'), kind: 'day', initial: nextYear },
        {
          name: 'consolidated',
          label: t('field.consolidated'),
          kind: 'choice',
          initial: 'true',
          options: [
            { value: 'true', label: t('consolidated.true') },
            { value: 'false', label: t('consolidated.false') },
          ],
        },
      ]}
      command={({ consolidated, ...said }) => ({
        method: 'POST',
        path: GUARANTEES,
        body: {
          ...said,
          id: `G-${said.reference}`.slice(0, 64),
          kind: 'total',
          payer: me?.organisation.id ?? '',
          consolidated: consolidated === 'true',
        },
      })}
    />
  );
}

function useColumns(): readonly Column<Guarantee>[] {
  const { t } = useTranslation('duty');
  const format = useFormat();
  const yuan = useYuan();
  const may = useMay();
  const approval = useApproval();
  return [
    {
      id: 'id',
      title: t('column.guarantee'),
      isName: true,
      render: (row) => (
        <TwoLines
          under={
            <>
              {t(`form.${row.form}`)} · <AsWritten>{row.guarantor}</AsWritten>
            </>
          }
        >
          <span translate="no" className="cell-nowrap">
            {row.id}
          </span>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: (row) => (
        <Tag tone={row.status === 'approved' ? 'green' : 'plain'}>
          {t(`guarantee.status.${row.status}`)}
        </Tag>
      ),
    },
    {
      id: 'payer',
      title: t('column.payer'),
      render: (row) => (
        <Link to="/duty" search={{ payer: row.payer }}>
          <OrganisationName id={row.payer} />
        </Link>
      ),
    },
    { id: 'limit', title: t('field.limit'), align: 'end', render: (row) => yuan(row.limit) },
    {
      id: 'committed',
      title: t('column.committed'),
      align: 'end',
      render: (row) => yuan(row.committed),
    },
    {
      id: 'available',
      title: t('column.available'),
      align: 'end',
      render: (row) => yuan(row.available),
    },
    {
      id: 'valid',
      title: t('column.valid'),
      render: (row) => (
        <span className="cell-nowrap">
          {format.date(row.validFrom)} – {format.date(row.validTo)}
        </span>
      ),
    },
    ...(may('duty.answerGuarantee')
      ? [
          {
            id: 'act',
            title: t('column.act'),
            render: (row: Guarantee) =>
              row.status === 'applied' ? (
                <Ask
                  button={t('guarantee.answer')}
                  stale={STALE}
                  fields={approval.fields}
                  command={(said) => ({
                    method: 'POST',
                    path: `${GUARANTEES}/${encodeURIComponent(row.id)}/answer`,
                    body: approval.body(said),
                  })}
                />
              ) : null,
          },
        ]
      : []),
  ];
}
