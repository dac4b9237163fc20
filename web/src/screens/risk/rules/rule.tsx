import { Link, useParams } from '@tanstack/react-router';
import { Button, Checkbox, Input, Modal, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Rule,
  RuleReport,
  RuleVersion,
} from '../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { useMessages } from '../../../parts/messages.ts';
import { Code, Page, Pairs, Section } from '../../../parts/page.tsx';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { LaneTag, Tag } from '../../../parts/tag.tsx';
import { useShareText } from '../share-text.ts';
import { useRule, useRuleAct } from './asking.ts';
import { BacktestPanel } from './backtest-panel.tsx';
import { RuleStatusTag } from './rule-status.tsx';
import '../risk.css';

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

/** What stands between this rule and its next stage, and whose turn it is. */
function NextStep({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const act = useRuleAct(rule.id);
  const [note, setNote] = useState('');
  const noteId = useId();
  const version = rule.versions[0]?.version ?? 0;
  const may = (name: string) => rule.allowed.includes(name);
  const { proposal } = rule;
  return (
    <Section title={t('next.title')}>
      {proposal ? (
        <p>
          <Tag tone="yellow" icon="clock">
            {t(`proposal.${proposal.to}`)}
          </Tag>{' '}
          {t('next.proposedBy', { by: proposal.by, at: format.moment(proposal.at) })}
          {proposal.note ? <span className="cell-sub">{proposal.note}</span> : null}
        </p>
      ) : (
        <p className="muted">{t(`next.${rule.status}`)}</p>
      )}
      {may('propose') || may('approve') ? (
        <div className="field">
          <label htmlFor={noteId}>{t('next.note')}</label>
          <Input.TextArea
            id={noteId}
            autoSize={{ minRows: 2, maxRows: 4 }}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      ) : null}
      <div className="next-acts">
        {may('propose')
          ? (['shadow', 'live'] as const).map((to) => (
              <Button
                key={to}
                type={to === 'live' ? 'primary' : 'default'}
                loading={act.isPending}
                onClick={() => act.mutate({ act: 'proposal', body: { version, to, note } })}
              >
                {t(`next.propose.${to}`)}
              </Button>
            ))
          : null}
        {may('approve') && proposal
          ? ([true, false] as const).map((approve) => (
              <Button
                key={String(approve)}
                type={approve ? 'primary' : 'default'}
                danger={!approve}
                loading={act.isPending}
                onClick={() =>
                  act.mutate({
                    act: 'approval',
                    body: { version: proposal.version, approve, note },
                  })
                }
              >
                {t(approve ? 'next.approve' : 'next.reject')}
              </Button>
            ))
          : null}
        {may('retire') ? (
          <WithReason
            title={t('next.retire')}
            send={(reason) => act.mutateAsync({ act: 'retire', body: { reason } })}
          />
        ) : null}
      </div>
      {proposal && !may('approve') ? <p className="faint">{t('next.fourEyes')}</p> : null}
      <Trouble error={act.error} />
    </Section>
  );
}

/** An act that always says why. */
function WithReason({
  title,
  send,
  children,
  isReady = true,
}: {
  readonly title: string;
  send(reason: string): Promise<unknown>;
  readonly children?: ReactNode;
  readonly isReady?: boolean;
}) {
  const { t } = useTranslation('risk');
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const id = useId();
  const submit = () =>
    send(reason).then(
      () => setOpen(false),
      (refusal: unknown) => setError(refusal),
    );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{title}</Button>
      <Modal
        open={isOpen}
        title={title}
        okText={title}
        okButtonProps={{ disabled: !reason.trim() || !isReady }}
        onOk={() => void submit()}
        onCancel={() => setOpen(false)}
      >
        <div className="modal-fields">
          {children}
          <div className="field">
            <label htmlFor={id}>{t('reason')}</label>
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 5 }}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </div>
        <Trouble error={error} />
      </Modal>
    </>
  );
}

const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A rule that disturbs may sleep, for everybody or for one value, but never without an end. */
function Snoozes({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const { sentence } = useMessages();
  const format = useFormat();
  const act = useRuleAct(rule.id);
  const [until, setUntil] = useState(() => inDays(14));
  const [isNarrow, setNarrow] = useState(false);
  const [fact, setFact] = useState('party.importer');
  const [value, setValue] = useState('');
  const ids = [useId(), useId(), useId()] as const;
  if (!rule.live && !rule.shadow) return null;
  const facts = rule.versions[0]?.facts ?? [];
  const choices = [...new Set(['party.importer', 'goods.hs6', ...facts])];
  return (
    <Section title={t('snooze.title')}>
      {rule.snoozes.length === 0 ? <p className="muted">{t('snooze.none')}</p> : null}
      <ul className="snoozes">
        {rule.snoozes.map((snooze) => (
          <li key={snooze.id}>
            <span>
              {t('snooze.until', { until: format.date(snooze.until) })}
              {snooze.only
                ? ` · ${sentence(`fact.${snooze.only.fact}`, {}, snooze.only.fact)} = ${snooze.only.value}`
                : ` · ${t('snooze.everywhere')}`}
              <span className="cell-sub">{snooze.reason}</span>
            </span>
            {rule.allowed.includes('wake') ? (
              <WithReason
                title={t('snooze.wake')}
                send={(reason) => act.mutateAsync({ act: 'wake', body: { id: snooze.id, reason } })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {rule.allowed.includes('snooze') ? (
        <WithReason
          title={t('snooze.add')}
          isReady={!isNarrow || value.trim() !== ''}
          send={(reason) =>
            act.mutateAsync({
              act: 'snooze',
              body: {
                id: crypto.randomUUID(),
                until,
                only: isNarrow ? { fact, value: value.trim() } : null,
                reason,
              },
            })
          }
        >
          <div className="field">
            <label htmlFor={ids[0]}>{t('snooze.untilLabel')}</label>
            <Input
              id={ids[0]}
              type="date"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          </div>
          <Checkbox checked={isNarrow} onChange={(event) => setNarrow(event.target.checked)}>
            {t('snooze.narrow')}
          </Checkbox>
          {isNarrow ? (
            <>
              <div className="field">
                <label htmlFor={ids[1]}>{t('builder.fact')}</label>
                <Select
                  id={ids[1]}
                  value={fact}
                  onChange={setFact}
                  options={choices.map((name) => ({
                    value: name,
                    label: sentence(`fact.${name}`, {}, name),
                  }))}
                />
              </div>
              <div className="field">
                <label htmlFor={ids[2]}>{t('builder.value')}</label>
                <Input
                  id={ids[2]}
                  value={value}
                  onChange={(event) => setValue(event.target.value)}
                />
              </div>
            </>
          ) : null}
        </WithReason>
      ) : null}
      <Trouble error={act.error} />
    </Section>
  );
}

function Versions({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const act = useRuleAct(rule.id);
  const basedOn = rule.versions[0]?.version ?? 0;
  return (
    <Section title={t('versions.title')}>
      <ul className="versions">
        {rule.versions.map((version) => (
          <li key={version.version}>
            <details>
              <summary>
                {t('rules.version', { version: version.version })} · {version.author} ·{' '}
                {format.moment(version.savedAt)}
                {rule.live?.version === version.version ? (
                  <>
                    {' '}
                    <RuleStatusTag status="live" />
                  </>
                ) : null}
              </summary>
              <pre className="rule-source" translate="no">
                <code>{version.canonical ?? version.content.text}</code>
              </pre>
              {rule.allowed.includes('revert') && version.version !== basedOn ? (
                <WithReason
                  title={t('versions.revert')}
                  send={(reason) =>
                    act.mutateAsync({
                      act: 'revert',
                      body: { to: version.version, basedOn, reason },
                    })
                  }
                />
              ) : null}
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Story({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const { sentence } = useMessages();
  const format = useFormat();
  return (
    <Section title={t('story.title')}>
      <ol className="story-list">
        {rule.story.map((step) => (
          <li key={`${step.kind} ${step.at}`}>
            <span>{sentence(`event.${step.kind}`, {}, step.kind)}</span>
            <span className="cell-sub">
              {step.by} · {format.moment(step.at)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
