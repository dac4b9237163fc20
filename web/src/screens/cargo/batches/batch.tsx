import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Batch, BatchDetail } from '../../../../../src/contexts/cargo/batches/contract.ts';
import { CodeName } from '../../../parts/code-select.tsx';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../../parts/page.tsx';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { Timeline } from '../../../parts/timeline.tsx';
import { useZones } from '../passports/zones.ts';
import { Office } from '../signs.tsx';
import { useWatch } from '../watch.ts';
import { BatchActs } from './acts.tsx';
import { BatchChange } from './change.tsx';
import { Consolidations } from './consolidations.tsx';
import { BatchLines } from './lines.tsx';
import { Movements } from './movements.tsx';
import { BatchTag } from './signs.tsx';
import { StockBills } from './stock-bills.tsx';
import '../cargo.css';

/** One application: what of each line is left, what has moved, and what is to be declared until when. */
export function BatchScreen() {
  const { t } = useTranslation('cargo');
  const { id = '' } = useParams({ strict: false });
  const path = `/api/batches/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useWatch<BatchDetail>(path);
  const title = t('batch.title', { id });
  if (!data) {
    return (
      <Page title={title}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { batch, balances, allowed, timeline } = data;
  return (
    <Page
      wide
      title={title}
      lead={<BatchTag status={batch.status} />}
      actions={<BatchActs batch={batch} allowed={allowed} path={path} />}
    >
      {batch.suspension ? (
        <p className="notice-line">
          <Tag tone="red" icon="pause">
            {t('batch.suspended')}
          </Tag>{' '}
          {t('batch.suspended.text')}
        </p>
      ) : null}
      {batch.change ? <BatchChange batch={batch} /> : null}
      <Section title={t('batch.lines')}>
        <BatchLines batch={batch} balances={balances} />
      </Section>
      <div className="two">
        <div>
          <Consolidations id={batch.id} path={path} mayDeclare={allowed.includes('consolidate')} />
          <StockBills id={batch.id} path={path} mayDraw={allowed.includes('draw')} />
          <Movements path={path} />
        </div>
        <div>
          <Months detail={data} />
          <Security detail={data} />
          <Head batch={batch} />
          <Section title={t('story.title')}>
            <Timeline
              entries={timeline.map((entry) => ({ ...entry, onBehalfOf: null }))}
              detail={({ payload }) =>
                typeof payload.note === 'string' && payload.note ? (
                  <p className="muted">{payload.note}</p>
                ) : null
              }
            />
          </Section>
        </div>
      </div>
    </Page>
  );
}

function Months({ detail: { openMonths } }: { readonly detail: BatchDetail }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return (
    <Section title={t('batch.months')}>
      {openMonths.length === 0 ? <p className="muted">{t('batch.months.none')}</p> : null}
      <ul className="plain-list">
        {openMonths.map(({ month, movements, dueOn, legalBasis, state }) => (
          <li key={month}>
            <p className="tag-row">
              <b>{month}</b>
              <Tag tone={state === 'overdue' ? 'red' : state === 'dueSoon' ? 'yellow' : 'blue'}>
                {t(`due.${state}`)}
              </Tag>
              {t('batch.month', { count: movements, due: format.date(dueOn) })}
            </p>
            <p className="faint">{legalBasis}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Security({ detail: { security } }: { readonly detail: BatchDetail }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return (
    <Section title={t('batch.security')}>
      <Pairs
        items={[
          { name: t('batch.security.held'), value: format.money(security.held, 'CNY') },
          { name: t('batch.security.needed'), value: format.money(security.needed, 'CNY') },
          { name: t('batch.security.left'), value: format.money(security.left, 'CNY') },
        ]}
      />
    </Section>
  );
}

function Head({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { content } = batch;
  const zone = useZones().find((each) => each.id === content.zone);
  return (
    <Section title={t('batch.head')}>
      <Pairs
        items={[
          { name: t('column.enterprise'), value: <OrganisationName id={batch.organisation} /> },
          { name: t('column.zone'), value: format.label(zone?.label) },
          { name: t('field.way'), value: t(`way.${content.direction}`) },
          { name: t('field.regime'), value: t(`goodsRegime.${content.regime}`) },
          {
            name: t('batch.valid'),
            value: `${format.date(content.validFrom)} – ${format.date(content.validTo)}`,
          },
          { name: t('column.office'), value: <Office code={content.office} /> },
          { name: t('field.domestic'), value: content.head.domestic.name },
          { name: t('field.overseas'), value: content.head.overseas.name },
          {
            name: t('field.supervisionMode'),
            value: <CodeName table="supervision_mode" code={content.head.supervisionMode} />,
          },
          { name: t('column.appliedAt'), value: format.moment(batch.appliedAt) },
          { name: t('field.approvedAt'), value: format.moment(batch.approvedAt) },
        ]}
      />
    </Section>
  );
}
