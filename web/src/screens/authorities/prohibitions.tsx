import { Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  KeptRule,
  ProhibitionAnswer,
} from '../../../../src/contexts/clearance/prohibitions/contract.ts';
import { AsWritten } from '../../parts/as-written.tsx';
import { CodeName, CodeSelect } from '../../parts/code-select.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { useAskList } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { OwnerName } from '../clearance/owner-name.tsx';
import { useTopic } from './topics.ts';
import '../clearance/clearance.css';
import './authorities.css';

/** “What applies to these goods on that day?”, with the law each rule stands on. */
export function ProhibitionsScreen() {
  const { t } = useTranslation('authorities');
  const { date, number } = useFormat();
  const [state, change] = useUrlState();
  const ids = { hs: useId(), ie: useId(), on: useId() };
  const hs = /^\d{2,10}$/.test(state.hs ?? '') ? state.hs : undefined;
  const { data, error, refetch } = useAskList<ProhibitionAnswer>('/api/prohibitions', {
    hs,
    ieFlag: state.ieFlag,
    country: state.country,
    on: state.on,
  });
  const sources = [...new Set(data?.rules.map(({ source }) => source))];
  return (
    <Page title={t('prohibitions.title')} lead={t('prohibitions.lead')}>
      <Section title={t('prohibitions.goods')}>
        <div className="filing-grid">
          <div className="field">
            <label htmlFor={ids.hs}>{t('field.hs')}</label>
            <Input
              id={ids.hs}
              inputMode="numeric"
              maxLength={10}
              allowClear
              value={state.hs ?? ''}
              placeholder={t('field.hs.hint')}
              onChange={(event) => change({ hs: event.target.value }, { replace: true })}
            />
          </div>
          <div className="field">
            <label htmlFor={ids.ie}>{t('column.direction')}</label>
            <Select
              id={ids.ie}
              allowClear
              value={state.ieFlag ?? null}
              placeholder={t('filter.any')}
              options={(['I', 'E'] as const).map((value) => ({ value, label: t(`ie.${value}`) }))}
              onChange={(value: string | null) => change({ ieFlag: value ?? undefined })}
            />
          </div>
          <div className="field">
            <span className="field-label">{t('field.country')}</span>
            <CodeSelect
              table="country"
              label={t('field.country')}
              value={state.country}
              onChange={(code) => change({ country: code ?? undefined })}
            />
          </div>
          <div className="field">
            <label htmlFor={ids.on}>{t('field.on')}</label>
            <Input
              id={ids.on}
              type="date"
              value={state.on ?? data?.on ?? ''}
              onChange={(event) => change({ on: event.target.value })}
            />
          </div>
        </div>
      </Section>
      <Trouble error={error} onRetry={() => void refetch()} />
      {data ? (
        <Section
          title={t('prohibitions.found', {
            count: data.rules.length,
            shown: number(data.rules.length),
            day: date(data.on),
          })}
        >
          {data.rules.length === 0 ? (
            <EmptyState icon="done" title={t('prohibitions.none')}>
              {t('prohibitions.none.text')}
            </EmptyState>
          ) : (
            <ul>
              {data.rules.map((rule) => (
                <Rule key={rule.id} rule={rule} />
              ))}
            </ul>
          )}
          {sources.length > 0 ? (
            <p className="faint">{t('prohibitions.sources', { sources: sources.join(' · ') })}</p>
          ) : null}
        </Section>
      ) : null}
    </Page>
  );
}

const TONES = { prohibited: 'red', permit: 'yellow', check: 'blue' } as const;
const ICONS = { prohibited: 'stop', permit: 'declaration', check: 'examine' } as const;

function Rule({ rule }: { readonly rule: KeptRule }) {
  const { t } = useTranslation('authorities');
  const { label, date } = useFormat();
  const { effect } = rule;
  return (
    <li className="rule">
      <p className="rule-head">
        <Tag tone={TONES[effect.kind]} icon={ICONS[effect.kind]}>
          {t(`effect.${effect.kind}`)}
        </Tag>
        <b>{label(rule.label)}</b>
        <span className="faint">{t(`ie.${rule.ieFlag}`)}</span>
      </p>
      <p>
        <Consequence effect={effect} />
      </p>
      <p className="faint">
        <span translate="no">
          HS {rule.hs.join(', ')}
          {rule.exceptHs.length > 0 ? ` − ${rule.exceptHs.join(', ')}` : null}
        </span>
        {rule.countries.length > 0 ? ` · ${rule.countries.join(', ')}` : null}
        {rule.exceptModes.length > 0
          ? ` · ${t('rule.exceptModes', { modes: rule.exceptModes.join(', ') })}`
          : null}
      </p>
      <p className="faint">
        <AsWritten>{rule.legalBasis}</AsWritten> · {t('rule.from', { day: date(rule.from) })}
        {rule.to ? ` ${t('rule.to', { day: date(rule.to) })}` : null}
      </p>
    </li>
  );
}

function Consequence({ effect }: { readonly effect: KeptRule['effect'] }) {
  const { t } = useTranslation('authorities');
  const topic = useTopic();
  if (effect.kind === 'prohibited') return <>{t('effect.prohibited.text')}</>;
  if (effect.kind === 'permit') {
    return (
      <>
        {t('effect.permit.text')}{' '}
        {effect.permitKinds.map((kind) => (
          <span key={kind} className="cell-nowrap">
            <CodeName table="licence_kind" code={kind} />{' '}
          </span>
        ))}
      </>
    );
  }
  return (
    <>
      {topic(effect.topic)} · <OwnerName owner={effect.authority} /> ·{' '}
      {t('effect.check.text', { count: effect.days, percent: effect.percent })}
      {effect.visit ? ` · ${t('effect.check.visit')}` : null}
    </>
  );
}
