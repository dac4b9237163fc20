import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListHead } from '../../../../../src/contexts/risk/rules/contract.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Page } from '../../../parts/page.tsx';
import { useAskList, useMay } from '../../../parts/queries.ts';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { UploadList } from './upload-list.tsx';
import '../risk.css';

/** The lists that rules name, each with its version in force and the one that waits. */
export function ListsScreen() {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const { data, error, isLoading, refetch } = useAskList<{ readonly lists: readonly ListHead[] }>(
    '/api/risk/lists',
  );
  const columns: readonly Column<ListHead>[] = [
    {
      id: 'list',
      title: t('lists.column.list'),
      isName: true,
      render: (list) => (
        <TwoLines under={<>lists.{list.name}</>} isCode>
          <Link to="/lists/$name" params={{ name: list.name }}>
            {format.label(list.label)}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('rules.column.status'),
      render: (list) => (
        <span className="cell-stack">
          {list.published ? (
            <Tag tone={list.isExpired ? 'red' : 'green'} icon={list.isExpired ? 'clock' : 'shield'}>
              {list.isExpired
                ? t('lists.expired')
                : t('rules.version', { version: list.published.version })}
            </Tag>
          ) : (
            <Tag tone="plain">{t('lists.none')}</Tag>
          )}
          {list.proposed ? (
            <Tag tone="yellow" icon="clock">
              {t('lists.waiting')}
            </Tag>
          ) : null}
        </span>
      ),
    },
    {
      id: 'entries',
      title: t('lists.column.entries'),
      align: 'end',
      render: (list) => format.number(list.published?.entries),
    },
    {
      id: 'until',
      title: t('lists.column.until'),
      render: (list) => format.date(list.published?.until),
    },
    {
      id: 'usedBy',
      title: t('lists.column.usedBy'),
      render: (list) => (list.usedBy.length > 0 ? list.usedBy.join(' · ') : '—'),
    },
    {
      id: 'published',
      title: t('lists.column.published'),
      render: (list) => format.moment(list.published?.publishedAt),
    },
  ];
  return (
    <Page
      wide
      title={t('lists.title')}
      lead={t('lists.lead')}
      actions={
        may('risk.rule.write') ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('lists.new')}
          </Button>
        ) : null
      }
    >
      <DataTable
        name="lists"
        caption={t('lists.title')}
        columns={columns}
        rows={data?.lists}
        rowKey={(list) => list.name}
        isLoading={isLoading}
        error={error}
        onRetry={() => void refetch()}
        total={data ? t('lists.count', { count: data.lists.length }) : null}
        empty={
          <EmptyState icon="bookmark" title={t('lists.empty')}>
            {t('lists.empty.text')}
          </EmptyState>
        }
      />
      <UploadList isOpen={isOpen} onClose={() => setOpen(false)} list={null} />
    </Page>
  );
}
