import { Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ZoneOnDay } from '../../../../../src/contexts/cargo/zones/contract.ts';
import { AsWritten } from '../../../parts/as-written.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { portDay, useFormat } from '../../../parts/format.ts';
import { MiniTable } from '../../../parts/mini-table.tsx';
import { Page, Section } from '../../../parts/page.tsx';
import { useAskList } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { Office } from '../signs.tsx';
import '../cargo.css';

/** What each zone asks of goods over each of its lines, on a day: the law has changed and will again. */
export function ZonesScreen() {
  const { t } = useTranslation('cargo');
  const [state, change] = useUrlState();
  const id = useId();
  const on = /^\d{4}-\d\d-\d\d$/.test(state.on ?? '') ? (state.on ?? '') : portDay();
  const { data, error, refetch } = useAskList<{ readonly zones: readonly ZoneOnDay[] }>(
    '/api/supervision-zones',
    { on },
  );
  return (
    <Page
      wide
      title={t('zones.title')}
      lead={t('zones.lead')}
      actions={
        <div className="field">
          <label htmlFor={id}>{t('zones.on')}</label>
          <Input
            id={id}
            type="date"
            value={on}
            onChange={(event) => change({ on: event.target.value })}
          />
        </div>
      }
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {data?.zones.length === 0 ? (
        <div className="sheet">
          <EmptyState icon="zone" title={t('zones.empty')}>
            {t('zones.empty.text')}
          </EmptyState>
        </div>
      ) : null}
      {data?.zones.map((zone) => (
        <ZoneSection key={zone.id} zone={zone} />
      ))}
    </Page>
  );
}

function ZoneSection({ zone }: { readonly zone: ZoneOnDay }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { regime } = zone;
  return (
    <Section title={format.label(zone.label)} aside={<Office code={zone.office} />}>
      <p className="tag-row">
        <Tag tone="blue" icon="zone">
          {format.label(regime.label)}
        </Tag>
        <Tag tone="plain">{t(`gateMode.${zone.gateMode}`)}</Tag>
        <Tag tone="plain">{t(regime.ledger ? 'zone.ledger' : 'zone.noLedger')}</Tag>
        <Tag tone="plain">
          {t(regime.unitConsumption ? 'zone.consumption' : 'zone.noConsumption')}
        </Tag>
      </p>
      <p className="faint zone-basis">
        <AsWritten>{regime.legalBasis}</AsWritten>
      </p>
      <AsksTable asks={regime.asks} name={format.label(zone.label)} />
      <div className="two zone-more">
        <div>
          <h3>{t('zone.gates')}</h3>
          <ul className="plain-list">
            {zone.gates.map((gate) => (
              <li key={gate.id}>
                <b translate="no">{gate.id}</b> {format.label(gate.label)}{' '}
                <span className="faint">
                  {t(`line.${gate.line}`)} · {t(`position.${gate.position}`)} ·{' '}
                  {t('zone.lanes', { count: gate.lanes.length })}
                </span>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{t('zone.history')}</h3>
          <ul className="plain-list">
            {zone.history.map(({ kind, from, to }) => (
              <li key={from}>
                {t(`regime.${kind}`)}{' '}
                <span className="faint">
                  {format.date(from)} – {to ? format.date(to) : t('zone.now')}
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  );
}

function AsksTable({
  asks,
  name,
}: {
  readonly asks: ZoneOnDay['regime']['asks'];
  readonly name: string;
}) {
  const { t } = useTranslation('cargo');
  return (
    <MiniTable
      caption={t('zone.asks', { name })}
      rows={asks}
      rowKey={(ask) => `${ask.passport}${ask.line}${ask.directions.join()}`}
      columns={[
        {
          id: 'movement',
          title: t('zone.movement'),
          isName: true,
          render: (ask) => t(`passportType.${ask.passport}`),
        },
        {
          id: 'line',
          title: t('zone.line'),
          render: (ask) => (
            <>
              {t(`line.${ask.line}`)}{' '}
              <span className="faint">
                {ask.directions.map((way) => t(`way.${way}`)).join(' · ')}
              </span>
            </>
          ),
        },
        {
          id: 'papers',
          title: t('zone.papers'),
          render: (ask) =>
            ask.papers.map((paper) => t(`paper.${paper}`)).join(' · ') || t('zone.noPaper'),
        },
        {
          id: 'release',
          title: t('zone.release'),
          render: (ask) => (
            <TwoLines
              under={
                ask.declaredLater.length > 0
                  ? t('zone.declaredLater', {
                      papers: ask.declaredLater.map((paper) => t(`paper.${paper}`)).join(' · '),
                    })
                  : null
              }
            >
              {t(`zone.release.${ask.release}`)}
            </TwoLines>
          ),
        },
        {
          id: 'manual',
          title: t('zone.manual'),
          render: (ask) =>
            ask.manual.map((rule) => t(`manual.${rule}`)).join(' · ') || t('zone.automatic'),
        },
        {
          id: 'valid',
          title: t('zone.valid'),
          render: (ask) => (
            <span className="cell-nowrap">{t('days', { count: ask.validDays })}</span>
          ),
        },
      ]}
    />
  );
}
