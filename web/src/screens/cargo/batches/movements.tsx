import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Movement, MovementPage } from '../../../../../src/contexts/cargo/batches/contract.ts';
import { address } from '../../../parts/api.ts';
import type { Column } from '../../../parts/column.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { useAskList } from '../../../parts/queries.ts';
import { tableState } from '../../../parts/table-state.ts';
import { Tag, type Tone } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useUrlState } from '../../../parts/url-state.ts';

const TONES: Record<Movement['state'], Tone> = {
  undeclared: 'yellow',
  planned: 'blue',
  declared: 'green',
};

/** What really crossed, line by line: only this is declared. */
export function Movements({ path }: { readonly path: string }) {
  const { t, i18n } = useTranslation('cargo');
  const [{ cursor }] = useUrlState();
  const list = useAskList<z.infer<typeof MovementPage>>(`${path}/movements`, { cursor, limit: 20 });
  return (
    <Section
      plain
      title={t('movements.title')}
      aside={
        <a href={address(`${path}/movements.xlsx`, { language: i18n.language })} download>
          {t('movements.export')}
        </a>
      }
    >
      <DataTable
        caption={t('movements.title')}
        columns={useColumns()}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => row.id}
        empty={<p className="muted table-none">{t('movements.none')}</p>}
      />
    </Section>
  );
}

function useColumns(): readonly Column<Movement>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return [
    {
      id: 'at',
      title: t('column.at'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.bill} isCode>
          <Link to="/passports/$number" params={{ number: row.passport }}>
            <span className="cell-nowrap">{format.moment(row.at)}</span>
          </Link>
        </TwoLines>
      ),
    },
    { id: 'lineNo', title: t('column.lineNo'), align: 'end', render: (row) => row.lineNo },
    {
      id: 'quantity',
      title: t('column.amount'),
      align: 'end',
      render: (row) => format.decimal(row.quantity),
    },
    {
      id: 'grossMassKg',
      title: t('column.grossMassKg'),
      align: 'end',
      render: (row) => format.decimal(row.grossMassKg),
    },
    {
      id: 'state',
      title: t('column.status'),
      render: (row) => (
        <>
          <Tag tone={TONES[row.state]}>{t(`movement.${row.state}`)}</Tag>
          {row.declaration ? (
            <Link
              className="cell-sub"
              to="/declarations/$id"
              params={{ id: row.declaration }}
              translate="no"
            >
              {row.declaration}
            </Link>
          ) : null}
        </>
      ),
    },
  ];
}
