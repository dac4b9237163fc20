import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  ChangeKind,
  VersionDifference,
} from '../../../../../src/contexts/chemicals/lists/contract.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Code, Page, Pairs, Section } from '../../../parts/page.tsx';
import { useAskList } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { useColumnName, useListName } from '../words.ts';
import { AnswerVersion } from './answer-version.tsx';
import '../chemicals.css';

const LOOKS = {
  added: ['green', 'plus'],
  changed: ['yellow', 'history'],
  removed: ['red', 'close'],
} as const;
const KINDS = ['added', 'changed', 'removed'] as const;

/** What a version of a list changes, before anything goes by it: against which, from where, row by row. */
export function ListDifferenceScreen() {
  const { t } = useTranslation('chemicals');
  const format = useFormat();
  const nameOf = useListName();
  const { id = '' } = useParams({ strict: false });
  const [{ change, cursor }, show] = useUrlState();
  const { data, error, isLoading, isPlaceholderData, refetch } = useAskList<VersionDifference>(
    `/api/chemicals/lists/${encodeURIComponent(id)}/difference`,
    { change, cursor },
  );
  if (!data) {
    return (
      <Page title={t('difference.title', { list: id, version: '' })}>
        <Trouble error={error} onRetry={() => void refetch()} />
        {error ? null : <div className="record-wait" aria-hidden="true" />}
      </Page>
    );
  }
  const { version, against, changes, next, unchanged } = data;
  const all = data.added + data.changed + data.removed;
  return (
    <Page
      title={t('difference.title', { list: nameOf(version.list), version: version.version })}
      lead={
        against
          ? t('difference.against', { version: against.version, day: format.date(against.from) })
          : t('difference.first')
      }
      actions={<Link to="/chemicals/lists">{t('official.title')}</Link>}
    >
      <Provenance difference={data} />
      <DataTable
        caption={t('difference.changes')}
        columns={[
          {
            id: 'row',
            title: t('difference.row'),
            isName: true,
            render: ({ row }) => <span translate="no">{row}</span>,
          },
          {
            id: 'change',
            title: t('difference.change'),
            render: ({ change: kind }) => (
              <Tag tone={LOOKS[kind][0]} icon={LOOKS[kind][1]}>
                {t(`change.${kind}`)}
              </Tag>
            ),
          },
          {
            id: 'fields',
            title: t('difference.fields'),
            render: ({ change: kind, fields }) => <Fields kind={kind} fields={fields} />,
          },
        ]}
        rows={changes}
        rowKey={({ change: kind, row }) => `${kind} ${row}`}
        isLoading={isLoading}
        isStale={isPlaceholderData}
        error={error}
        next={next}
        total={t('difference.total', {
          count: all,
          changes: format.number(all),
          unchanged: format.number(unchanged),
        })}
        filters={
          <fieldset className="kinds">
            <legend className="visually-hidden">{t('difference.change')}</legend>
            {KINDS.map((kind) => (
              <button
                key={kind}
                type="button"
                className={change === kind ? 'kind kind-chosen' : 'kind'}
                aria-pressed={change === kind}
                onClick={() => show({ change: change === kind ? undefined : kind })}
              >
                <Tag tone={LOOKS[kind][0]} icon={LOOKS[kind][1]}>
                  {t(`change.${kind}`)}
                </Tag>
                <b>{format.number(data[kind])}</b>
              </button>
            ))}
          </fieldset>
        }
        empty={
          <EmptyState icon="done" title={t('difference.none')}>
            {t('difference.none.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function Provenance({ difference }: { readonly difference: VersionDifference }) {
  const { t } = useTranslation('chemicals');
  const format = useFormat();
  const { version, against } = difference;
  const { source, from, rows, setAside, sha256, proposedBy } = version;
  const isWaiting = 'mayAnswer' in version;
  const reachesBack = isWaiting && from < new Date().toISOString().slice(0, 10);
  return (
    <Section title={isWaiting ? t('official.waiting') : t(`standing.${version.standing}`)}>
      <Pairs
        items={[
          { name: t('upload.source'), value: source },
          { name: t('official.from'), value: format.date(from) },
          {
            name: t('official.rows'),
            value: `${format.number(rows)}${setAside > 0 ? ` · ${t('official.setAside', { count: setAside })}` : ''}`,
          },
          { name: t('official.by'), value: proposedBy ?? t('official.commandLine') },
          ...('approvedBy' in version && version.approvedBy
            ? [{ name: t('official.approvedBy'), value: version.approvedBy }]
            : []),
          { name: 'SHA-256', value: <Code>{sha256}</Code>, isWide: true },
        ]}
      />
      {reachesBack ? (
        <p className="question">{t('difference.reachesBack', { day: format.date(from) })}</p>
      ) : null}
      {isWaiting ? (
        <AnswerVersion version={version} against={against} />
      ) : version.standing === 'coming' ? (
        <p className="question">{t('difference.coming', { day: format.date(from) })}</p>
      ) : null}
    </Section>
  );
}

function Fields({
  kind,
  fields,
}: {
  readonly kind: ChangeKind;
  readonly fields: VersionDifference['changes'][number]['fields'];
}) {
  const { t } = useTranslation('chemicals');
  const columnOf = useColumnName();
  return (
    <ul className="field-changes">
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          <span className="faint">{columnOf(field)}</span>{' '}
          {kind === 'changed' ? (
            <>
              <del>{before || t('difference.nothing')}</del>{' '}
              <ins>{after || t('difference.nothing')}</ins>
            </>
          ) : (
            after || before
          )}
        </li>
      ))}
    </ul>
  );
}
