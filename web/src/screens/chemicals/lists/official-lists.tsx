import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ListOverview,
  LoadedVersion,
  ProposedVersion,
  ShippedList,
} from '../../../../../src/contexts/chemicals/lists/contract.ts';
import type { Column } from '../../../parts/column.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { MiniTable } from '../../../parts/mini-table.tsx';
import { Page, Section } from '../../../parts/page.tsx';
import { useAsk, useMay } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useListName } from '../words.ts';
import { UploadVersion } from './upload-version.tsx';
import '../chemicals.css';

const STANDING = {
  coming: ['yellow', 'clock'],
  inForce: ['green', 'shield'],
  ended: ['plain', 'history'],
} as const;

/** The lists goods are judged by: those that wait, those loaded, those that come with the platform. */
export function OfficialListsScreen() {
  const { t } = useTranslation('chemicals');
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useAsk<ListOverview>('/api/chemicals/lists');
  return (
    <Page
      title={t('official.title')}
      lead={t('official.lead')}
      actions={
        may('chemicals.proposeLists') ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('official.upload')}
          </Button>
        ) : null
      }
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {data ? (
        <>
          <Waiting proposed={data.proposed} />
          <Loaded loaded={data.loaded} />
          <Shipped shipped={data.shipped} />
        </>
      ) : error ? null : (
        <div className="record-wait" aria-hidden="true" />
      )}
      {isOpen ? <UploadVersion onClose={() => setOpen(false)} /> : null}
    </Page>
  );
}

function useVersionColumns<Version extends LoadedVersion | ProposedVersion>(): Column<Version>[] {
  const { t } = useTranslation('chemicals');
  const format = useFormat();
  const nameOf = useListName();
  return [
    {
      id: 'list',
      title: t('official.list'),
      isName: true,
      render: ({ id, list }) => (
        <TwoLines under={list} isCode>
          <Link to="/chemicals/lists/$id" params={{ id }}>
            {nameOf(list)}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'version',
      title: t('official.version'),
      render: ({ version, source }) => <TwoLines under={source}>{version}</TwoLines>,
    },
    { id: 'from', title: t('official.from'), render: ({ from }) => format.date(from) },
    {
      id: 'rows',
      title: t('official.rows'),
      align: 'end',
      render: ({ rows, setAside }) => (
        <TwoLines under={setAside > 0 ? t('official.setAside', { count: setAside }) : null}>
          {format.number(rows)}
        </TwoLines>
      ),
    },
  ];
}

function Waiting({ proposed }: Pick<ListOverview, 'proposed'>) {
  const { t } = useTranslation('chemicals');
  const format = useFormat();
  const columns = useVersionColumns<ProposedVersion>();
  if (proposed.length === 0) return null;
  return (
    <Section title={t('official.waiting')}>
      <MiniTable
        caption={t('official.waiting')}
        columns={[
          ...columns,
          {
            id: 'by',
            title: t('official.by'),
            render: ({ proposedBy, proposedAt }) => (
              <TwoLines under={format.moment(proposedAt)}>{proposedBy}</TwoLines>
            ),
          },
        ]}
        rows={proposed}
        rowKey={({ id }) => id}
      />
    </Section>
  );
}

function Loaded({ loaded }: Pick<ListOverview, 'loaded'>) {
  const { t } = useTranslation('chemicals');
  const format = useFormat();
  const columns = useVersionColumns<LoadedVersion>();
  return (
    <Section title={t('official.loaded')}>
      {loaded.length === 0 ? (
        <EmptyState icon="import" title={t('official.none')}>
          {t('official.none.text')}
        </EmptyState>
      ) : (
        <MiniTable
          caption={t('official.loaded')}
          columns={[
            ...columns,
            {
              id: 'standing',
              title: t('official.standing'),
              render: ({ standing, to }) => (
                <TwoLines under={to ? t('official.until', { day: format.date(to) }) : null}>
                  <Tag tone={STANDING[standing][0]} icon={STANDING[standing][1]}>
                    {t(`standing.${standing}`)}
                  </Tag>
                </TwoLines>
              ),
            },
            {
              id: 'by',
              title: t('official.eyes'),
              render: ({ proposedBy, approvedBy, loadedAt }) => (
                <TwoLines under={format.moment(loadedAt)}>
                  {approvedBy
                    ? t('official.twoEyes', { by: proposedBy, approvedBy })
                    : t('official.commandLine')}
                </TwoLines>
              ),
            },
          ]}
          rows={loaded}
          rowKey={({ id, loadedAt }) => `${id} ${loadedAt}`}
        />
      )}
    </Section>
  );
}

function Shipped({ shipped }: Pick<ListOverview, 'shipped'>) {
  const { t } = useTranslation('chemicals');
  const { number } = useFormat();
  const nameOf = useListName();
  const columns: Column<ShippedList>[] = [
    { id: 'list', title: t('official.list'), isName: true, render: ({ list }) => nameOf(list) },
    {
      id: 'entries',
      title: t('official.entries'),
      align: 'end',
      render: ({ entries }) => number(entries),
    },
    {
      id: 'compared',
      title: t('official.compared'),
      align: 'end',
      render: ({ compared, entries }) => (
        <Tag tone={compared === entries ? 'green' : compared > 0 ? 'yellow' : 'plain'}>
          {number(compared)}
        </Tag>
      ),
    },
  ];
  return (
    <Section title={t('official.shipped')}>
      <p className="faint">{t('official.shipped.text')}</p>
      <MiniTable
        caption={t('official.shipped')}
        columns={columns}
        rows={shipped}
        rowKey={({ list }) => list}
      />
    </Section>
  );
}
