import { Input, Select } from 'antd';
import { type FormEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRow } from '../../../../src/contexts/identity/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { Code, Page } from '../../parts/page.tsx';
import { useAskList, useMay } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { AuditChain } from './audit-chain.tsx';
import './audit.css';

/** Who did what, when and in which post; and the proof that nobody has rewritten it since. */
export function AuditScreen() {
  const { t } = useTranslation('identity');
  const format = useFormat();
  const { sentence } = useMessages();
  const [{ personId, operation, subject, outcome, from, to, cursor }] = useUrlState();
  const mayRead = useMay()('identity.audit.read');
  const list = useAskList<{
    readonly rows: readonly AuditRow[];
    readonly next: string | null;
  }>(
    '/api/audit',
    {
      personId,
      operation,
      subject,
      outcome,
      from: from && portMoment(from, '00:00:00.000'),
      to: to && portMoment(to, '23:59:59.999'),
      cursor,
    },
    mayRead,
  );

  const columns: readonly Column<AuditRow>[] = [
    {
      id: 'at',
      title: t('audit.at'),
      isName: true,
      render: (row) => (
        <span className="cell-nowrap">{format.moment(row.at, { seconds: true })}</span>
      ),
    },
    {
      id: 'operation',
      title: t('audit.operation'),
      render: (row) => (
        <TwoLines under={row.operation} isCode>
          {sentence(`operation.${row.operation}`, {}, row.operation)}
        </TwoLines>
      ),
    },
    {
      id: 'person',
      title: t('audit.person'),
      render: (row) => (
        <TwoLines
          under={
            <>
              {row.postId} · {row.organisationId}
            </>
          }
          isCode
        >
          <span translate="no">{row.personId}</span>
        </TwoLines>
      ),
    },
    {
      id: 'subjects',
      title: t('audit.subjects'),
      render: (row) => <Subjects subjects={row.subjects} />,
    },
    {
      id: 'outcome',
      title: t('audit.outcome'),
      render: (row) =>
        row.outcome === 'done' ? (
          <Tag tone="plain" icon="check">
            {t('audit.done')}
          </Tag>
        ) : (
          <Tag tone="red" icon="stop">
            {t('audit.refused')}
          </Tag>
        ),
    },
    {
      id: 'detail',
      title: t('audit.detail'),
      isExtra: true,
      render: (row) => <Code>{JSON.stringify(row.detail)}</Code>,
    },
    {
      id: 'seal',
      title: t('audit.seal'),
      align: 'end',
      render: (row) =>
        row.sealedIn === null ? t('audit.unsealed') : t('audit.batch', { batch: row.sealedIn }),
    },
  ];

  return (
    <Page wide title={t('audit.title')} lead={t('audit.lead')}>
      <AuditChain />
      {mayRead ? (
        <DataTable
          name="audit"
          caption={t('audit.rows')}
          columns={columns}
          rows={list.data?.rows}
          {...tableState(list)}
          rowKey={(row) => row.id}
          filters={<Filters />}
          empty={
            <EmptyState icon="audit" title={t('audit.empty')}>
              {t('audit.empty.text')}
            </EmptyState>
          }
        />
      ) : null}
    </Page>
  );
}

const SUBJECTS_SHOWN = 3;

function Subjects({ subjects }: { readonly subjects: readonly string[] }) {
  const { t } = useTranslation('identity');
  return (
    <TwoLines
      under={
        subjects.length > SUBJECTS_SHOWN
          ? t('audit.more', { count: subjects.length - SUBJECTS_SHOWN })
          : null
      }
    >
      {subjects.slice(0, SUBJECTS_SHOWN).map((subject) => (
        <span key={subject} className="audit-subject" translate="no">
          {subject}
        </span>
      ))}
    </TwoLines>
  );
}

const TEXT_FILTERS = ['operation', 'personId', 'subject'] as const;

/** A day and time at the port, as the server's UTC. */
const portMoment = (day: string, time: string): string =>
  new Date(`${day}T${time}+08:00`).toISOString();

/** Text filters are sent on Enter, so that half a word is never searched for. */
function Filters() {
  const { t } = useTranslation('identity');
  const [state, change] = useUrlState();
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    change(
      Object.fromEntries(TEXT_FILTERS.map((name) => [name, String(fields.get(name) ?? '').trim()])),
    );
  };
  return (
    <form
      onSubmit={submit}
      className="audit-filters"
      key={TEXT_FILTERS.map((name) => state[name]).join()}
    >
      {TEXT_FILTERS.map((name) => (
        <div key={name} className="field">
          <label htmlFor={id + name}>{t(`audit.filter.${name}`)}</label>
          <Input
            id={id + name}
            name={name}
            defaultValue={state[name]}
            placeholder={t(`audit.example.${name}`)}
            maxLength={100}
            allowClear
          />
        </div>
      ))}
      <div className="field">
        <label htmlFor={`${id}outcome`}>{t('audit.outcome')}</label>
        <Select
          id={`${id}outcome`}
          value={state.outcome ?? ''}
          onChange={(outcome: string) => change({ outcome })}
          options={[
            { value: '', label: t('audit.any') },
            { value: 'done', label: t('audit.done') },
            { value: 'refused', label: t('audit.refused') },
          ]}
        />
      </div>
      {(['from', 'to'] as const).map((name) => (
        <div key={name} className="field">
          <label htmlFor={id + name}>{t(`audit.filter.${name}`)}</label>
          <Input
            id={id + name}
            type="date"
            value={state[name] ?? ''}
            onChange={(event) => change({ [name]: event.target.value })}
          />
        </div>
      ))}
      <button type="submit" className="visually-hidden">
        {t('audit.search')}
      </button>
    </form>
  );
}
