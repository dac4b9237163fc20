import { Link } from '@tanstack/react-router';
import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkItem } from '../../../../src/contexts/clearance/contract.ts';
import { AsWritten } from '../../parts/as-written.tsx';
import { CodeName, CodeSelect } from '../../parts/code-select.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { PartyName } from '../../parts/party-name.tsx';
import { useAskList, useMe } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { LaneTag } from '../../parts/tag.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import type { ActName } from './acts/forms.ts';
import { usePinned } from './list/pinned.ts';
import { RefreshHint } from './list/refresh-hint.tsx';
import './clearance.css';

const TASKS = [
  'examination',
  'documentaryCheck',
  'disposition',
  'sampleResult',
  'downgradeApproval',
] as const;

/** The form a task opens with. */
const ACT_OF: Record<WorkItem['task'], ActName> = {
  examination: 'recordExamination',
  documentaryCheck: 'checkDocuments',
  disposition: 'dispose',
  sampleResult: 'reportSample',
  downgradeApproval: 'approveDowngrade',
};
const REASONS_SHOWN = 3;
/** Of a post that covers more offices than this, naming them all tells nobody anything. */
const OFFICES_NAMED = 3;

interface Answer {
  readonly items: readonly WorkItem[];
}

/** What waits for an officer, the longest waiting first, each with why it was selected. */
export function WorkListScreen() {
  const { t } = useTranslation('clearance');
  const [state, change] = useUrlState();
  const me = useMe();
  const query = { office: state.office };
  const asked = useAskList<Answer>('/api/work-list', query);
  const { shown, changed, refresh } = usePinned(
    JSON.stringify(query),
    asked.data,
    asked.isPlaceholderData,
    ({ items }) => items,
  );
  const items = shown?.items ?? [];
  const wanted = items.filter((item) => !state.task || item.task === state.task);
  const offices = me?.offices ?? [];
  return (
    <Page
      title={t('work.title')}
      lead={
        offices.length > 0 && offices.length <= OFFICES_NAMED
          ? offices.map((office) => (
              <span key={office} className="work-office">
                <CodeName table="customs_office" code={office} />
              </span>
            ))
          : t('work.lead')
      }
      actions={<span className="faint work-keys">{t('work.keys')}</span>}
    >
      <div className="work-bar">
        <fieldset className="work-tasks">
          <legend className="visually-hidden">{t('work.tasks')}</legend>
          <TaskChip count={items.length} isOn={!state.task} onChoose={() => change({ task: '' })}>
            {t('work.all')}
          </TaskChip>
          {TASKS.map((task) => (
            <TaskChip
              key={task}
              count={items.filter((item) => item.task === task).length}
              isOn={state.task === task}
              onChoose={() => change({ task })}
            >
              {t(`task.${task}`)}
            </TaskChip>
          ))}
        </fieldset>
        <RefreshHint changed={changed} onRefresh={refresh} />
        {offices.length === 1 ? null : (
          <div className="work-office-filter">
            <CodeSelect
              table="customs_office"
              label={t('column.office')}
              placeholder={t('work.anyOffice')}
              value={state.office}
              onChange={(office) => change({ office: office ?? undefined })}
            />
          </div>
        )}
      </div>
      <Trouble error={asked.error} onRetry={() => void asked.refetch()} />
      {shown === undefined && !asked.error ? (
        <div className="record-wait" aria-hidden="true" />
      ) : null}
      {shown !== undefined && wanted.length === 0 ? (
        <div className="sheet">
          <EmptyState icon="done" title={t(items.length === 0 ? 'work.none' : 'work.noneOfTask')}>
            {t('work.none.text')}
          </EmptyState>
        </div>
      ) : null}
      {wanted.length > 0 ? <Items items={wanted} /> : null}
    </Page>
  );
}

function TaskChip({
  count,
  isOn,
  onChoose,
  children,
}: {
  readonly count: number;
  readonly isOn: boolean;
  onChoose(): void;
  readonly children: string;
}) {
  const { number } = useFormat();
  return (
    <button type="button" className="task-chip" aria-pressed={isOn} onClick={onChoose}>
      {children} <b>{number(count)}</b>
    </button>
  );
}

/** `j` and `k` (or the arrows) move between tasks, Enter opens the one in focus with its form. */
function Items({ items }: { readonly items: readonly WorkItem[] }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== 'j' && event.key !== 'k') return;
      const target = event.target as HTMLElement;
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      event.preventDefault();
      move(list.current, event.key === 'j' ? 1 : -1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const onArrow = (event: ReactKeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    move(list.current, event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <ol className="work sheet" ref={list} onKeyDown={onArrow}>
      {items.map((item) => (
        <Item key={`${item.id} ${item.task}`} item={item} />
      ))}
    </ol>
  );
}

function move(list: HTMLOListElement | null, step: 1 | -1) {
  const links = [...(list?.querySelectorAll<HTMLElement>('.work-link') ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function Item({ item }: { readonly item: WorkItem }) {
  const { t } = useTranslation('clearance');
  const { label, between, moment, money } = useFormat();
  const more = item.reasons.length - REASONS_SHOWN;
  return (
    <li className="work-item">
      <div className="work-main">
        <p className="work-head">
          <LaneTag lane={item.lane} />
          <Link
            to="/declarations/$id"
            params={{ id: item.id }}
            search={{ act: ACT_OF[item.task] }}
            className="work-link"
          >
            <span className="visually-hidden">{t(`task.${item.task}`)} </span>
            <span translate="no">{item.number ?? item.id}</span>
          </Link>
          <span className="work-task">{t(`task.${item.task}`)}</span>
        </p>
        <p className="work-goods">
          <b>
            <AsWritten>{item.description ?? '—'}</AsWritten>
          </b>{' '}
          <span className="faint">
            <span translate="no">{item.hsCode}</span> · {money(item.totalValue, item.currency)} ·{' '}
            {item.ieFlag === 'I' ? item.originCountry : item.partnerCountry} ·{' '}
            <PartyName uscc={item.domesticUscc} name={item.domesticName} />
          </span>
        </p>
        {item.reasons.length > 0 ? (
          <ul className="work-reasons">
            {item.reasons.slice(0, REASONS_SHOWN).map((reason) => (
              <li key={reason.zh}>{label(reason)}</li>
            ))}
            {more > 0 ? <li className="faint">{t('work.more', { count: more })}</li> : null}
          </ul>
        ) : (
          <p className="faint">{t('work.noReason')}</p>
        )}
      </div>
      <p className="work-wait">
        <Icon name="clock" size={14} />
        <time dateTime={item.since} title={moment(item.since)}>
          {t('work.waiting', { time: between(item.since, null) })}
        </time>
        {item.score === null ? null : (
          <span className="faint">{t('points', { points: item.score })}</span>
        )}
      </p>
    </li>
  );
}
