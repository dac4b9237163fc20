import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  Rule,
  RuleReport,
  RuleVersion,
} from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../../parts/format.ts';
import { Code, Page, Pairs, Section } from '../../../../parts/page.tsx';
import { Trouble } from '../../../../parts/refusal-list.tsx';
import { LaneTag } from '../../../../parts/tag.tsx';
import { useShareText } from '../../share-text.ts';
import { useRule, useRuleAct } from '../asking.ts';
import { BacktestPanel } from '../backtest-panel.tsx';
import { RuleStatusTag } from '../rule-status.tsx';
import { NextStep } from './next-step.tsx';
import { Snoozes } from './snoozes.tsx';
import { Story } from './story.tsx';
import { Versions } from './versions.tsx';
import '../../risk.css';

/** A rule to be read: what it says, what it would have done, who answers for it, how often it was right. */
export function RuleScreen() {
  const { id = '' } = useParams({ strict: false });
  const { data: rule, error, refetch } = useRule(id);
  if (!rule) return <Trouble error={error} onRetry={() => void refetch()} />;
  return <RuleView rule={rule} />;
}

function RuleView({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const working = rule.versions[0];
  const may = (act: string) => rule.allowed.includes(act);
  return (
    <Page
      wide
      title={format.label(rule.label)}
      lead={
        <span className="rule-lead">
          <Code>{rule.id}</Code>
          <RuleStatusTag status={rule.status} />
          {rule.mandatory ? <LaneTag lane={rule.mandatory} /> : null}
          <span className="faint">{t('rules.points', { points: rule.points })}</span>
        </span>
      }
      actions={
        may('save') ? (
          <Link to="/rules/$id/edit" params={{ id: rule.id }} className="button-link">
            {t('rule.edit')}
          </Link>
        ) : null
      }
    >
      <div className="two">
        <div>
          {working ? <Says version={working} /> : null}
          <Section title={t('rule.backtest')}>
            {working?.report ? <Report report={working.report} /> : null}
            {may('takeBacktest') && working ? (
              <RuleBacktests rule={rule} version={working} />
            ) : null}
            {!working?.report && !may('takeBacktest') ? (
              <p className="muted">{t('rule.notBackTested')}</p>
            ) : null}
          </Section>
          <Outcomes rule={rule} />
        </div>
        <div>
          <NextStep rule={rule} />
          <Snoozes rule={rule} />
          <Versions rule={rule} />
          <Story rule={rule} />
        </div>
      </div>
    </Page>
  );
}

function Says({ version }: { readonly version: RuleVersion }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { content } = version;
  const { scope, effective } = content;
  const where = [
    ...scope.directions.map((direction) => t(`direction.${direction}`)),
    ...scope.offices,
    ...scope.modes,
  ];
  return (
    <Section title={t('rule.says')} aside={t('rules.version', { version: version.version })}>
      {version.sentence ? <p className="rule-sentence">{format.label(version.sentence)}</p> : null}
      <pre className="rule-source" translate="no">
        <code>{version.canonical ?? content.text}</code>
      </pre>
      <Pairs
        items={[
          { name: t('rule.advice'), value: format.label(content.advice), isWide: true },
          { name: t('editor.legalBasis'), value: content.legalBasis },
          { name: t('editor.origin'), value: content.origin },
          {
            name: t('rule.effective'),
            value: `${format.date(effective.from)} – ${effective.to ? format.date(effective.to) : t('rule.furtherNotice')}`,
          },
          {
            name: t('rule.scope'),
            value: where.length > 0 ? where.join(' · ') : t('rule.anywhere'),
          },
        ]}
      />
    </Section>
  );
}

/** The figures a proposal stands on: those kept with the version. */
function Report({ report }: { readonly report: RuleReport }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const say = useShareText();
  return (
    <Pairs
      items={[
        { name: t('backtest.traffic'), value: say(report.traffic) },
        { name: t('backtest.precision'), value: <strong>{say(report.precision)}</strong> },
        { name: t('backtest.baseRate'), value: say(report.baseRate) },
        { name: t('backtest.recall'), value: say(report.recall) },
        {
          name: t('backtest.period'),
          value: `${format.date(report.period.from)} – ${format.date(report.period.to)}`,
        },
        { name: t('rule.testedAt'), value: format.moment(report.asOf) },
      ]}
    />
  );
}

/** A back-test of the kept version is written into its life: what is approved was tested. */
function RuleBacktests({ rule, version }: { readonly rule: Rule; readonly version: RuleVersion }) {
  const act = useRuleAct(rule.id);
  return (
    <>
      <BacktestPanel
        rule={version.hash ? { id: rule.id, version: version.version } : null}
        onReport={(backtest) => act.mutate({ act: 'backtests', body: { backtest } })}
      />
      <Trouble error={act.error} />
    </>
  );
}

function Outcomes({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const say = useShareText();
  const { outcomes } = rule;
  if (!rule.live && outcomes.hits === 0) return null;
  return (
    <Section title={t('outcomes.title')}>
      <Pairs
        items={[
          { name: t('outcomes.hits'), value: format.number(outcomes.hits) },
          { name: t('outcomes.hitRate'), value: <strong>{say(outcomes.hitRate)}</strong> },
          { name: t('outcomes.sampleRate'), value: say(outcomes.sampleRate) },
        ]}
      />
      {outcomes.retire ? (
        <p className="backtest-note">{t('outcomes.retire', { count: outcomes.retire.examined })}</p>
      ) : null}
    </Section>
  );
}
