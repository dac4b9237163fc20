import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Icon, type IconName } from '../../../parts/icon.tsx';
import { useMessages } from '../../../parts/messages.ts';
import { useMay } from '../../../parts/queries.ts';
import { RefusalList } from '../../../parts/refusal-list.tsx';
import type { Tone } from '../../../parts/tag.tsx';
import { OwnerName } from '../owner-name.tsx';
import { useFieldLabel } from '../words.ts';

/** The one thing to know first: it is released; or what it waits for, and on whom; or what to do. */
export function FirstWord({ declaration }: { readonly declaration: Declaration }) {
  switch (declaration.status) {
    case 'released':
    case 'closed':
      return <Released declaration={declaration} />;
    case 'removed':
      return <Removed declaration={declaration} />;
    case 'draft':
      return <Draft id={declaration.id} />;
    case 'returned':
      return <Returned declaration={declaration} />;
    case 'cancelled':
      return <Cancelled declaration={declaration} />;
    case 'refusedEntry':
      return <Refused declaration={declaration} />;
    default:
      return declaration.hold ? (
        <Held declaration={declaration} />
      ) : (
        <Waits declaration={declaration} />
      );
  }
}

function Word({
  tone,
  icon,
  title,
  children,
}: {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <section className={`first-word first-word-${tone}`}>
      <Icon name={icon} size={24} />
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}

function Released({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { moment, between } = useFormat();
  const { filedAt, releasedAt, untouched, status } = declaration;
  return (
    <Word
      tone="green"
      icon="done"
      title={t(status === 'closed' ? 'first.closed' : 'first.released', {
        at: moment(releasedAt, { seconds: true }),
      })}
    >
      <p>
        {t('first.took', { time: between(filedAt, releasedAt) })}{' '}
        {t(untouched ? 'first.untouched' : 'first.touched')}
      </p>
      <ToComplete declaration={declaration} />
      <NotComputed declaration={declaration} />
    </Word>
  );
}

/** Away from the port, not yet free: what may not be done, and what is still to be met. */
function Removed({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { moment } = useFormat();
  return (
    <Word
      tone="blue"
      icon="truck"
      title={t('first.removed', { at: moment(declaration.removedAt, { seconds: true }) })}
    >
      <p>{t('first.removed.text')}</p>
      <Turns declaration={declaration} />
      <ToComplete declaration={declaration} />
    </Word>
  );
}

/** The second of two steps is owed: until when. The way there is the first of the acts below. */
function ToComplete({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { date } = useFormat();
  const clock = declaration.clocks.find(({ kind }) => kind === 'completeDeclaration');
  if (!clock || clock.metAt) return null;
  return (
    <p>
      {clock.dueOn
        ? t(clock.overdue ? 'first.completeOverdue' : 'first.completeBy', {
            day: date(clock.dueOn),
          })
        : t('first.completeLater')}
    </p>
  );
}

/** A release proves only what was computed; what was not is named in the same breath. */
function NotComputed({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { t: tp } = useTranslation('parts');
  const { sentence } = useMessages();
  const kinds = declaration.conditions.filter(({ status }) => status === 'notComputed');
  if (kinds.length === 0) return null;
  return (
    <p className="faint">
      {t('first.notComputed', {
        names: kinds.map(({ kind }) => sentence(`condition.${kind}`)).join(tp('listComma')),
      })}
    </p>
  );
}

function Draft({ id }: { readonly id: string }) {
  const { t } = useTranslation('clearance');
  return (
    <Word tone="plain" icon="declaration" title={t('first.draft')}>
      <p>{t('first.draft.text')}</p>
      <Link to="/file" search={{ id }} className="button-link">
        {t('first.continue')}
      </Link>
    </Word>
  );
}

function Returned({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const may = useMay();
  const fieldLabel = useFieldLabel();
  const { problems, id } = declaration;
  return (
    <Word tone="red" icon="error" title={t('first.returned', { count: problems.length })}>
      <p>{t('first.returned.text')}</p>
      <RefusalList refusals={problems} fieldLabel={fieldLabel} />
      {may('clearance.file') ? (
        <Link to="/file" search={{ from: id }} className="button-link">
          {t('first.refile')}
        </Link>
      ) : null}
    </Word>
  );
}

function Cancelled({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { moment } = useFormat();
  return (
    <Word
      tone="plain"
      icon="close"
      title={t('first.cancelled', { at: moment(declaration.endedAt) })}
    />
  );
}

function Refused({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { moment } = useFormat();
  const { disposition } = declaration;
  return (
    <Word tone="red" icon="stop" title={t('first.refused', { at: moment(declaration.endedAt) })}>
      {disposition ? (
        <p>
          {t(`disposition.${disposition.disposition}`)}
          {t('colon')}
          {disposition.carriedOutAt
            ? t('first.carriedOut', { at: moment(disposition.carriedOutAt) })
            : t('first.notCarriedOut')}
        </p>
      ) : null}
    </Word>
  );
}

function Held({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { between } = useFormat();
  const { hold } = declaration;
  if (hold === null) return null;
  return (
    <Word tone="red" icon="pause" title={t('first.held', { time: between(hold.since, null) })}>
      <p>{hold.reason}</p>
      <p className="faint">{t('basis', { basis: hold.legalBasis })}</p>
    </Word>
  );
}

/** Waiting: the step that is due, then every unmet condition with whose turn it is and since when. */
function Waits({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { status } = declaration;
  const unmet = declaration.conditions.filter((condition) => condition.status === 'unmet');
  const icon = status === 'examination' ? 'examine' : status === 'accepted' ? 'clock' : 'warning';
  return (
    <Word
      tone={status === 'disposition' ? 'red' : status === 'accepted' ? 'blue' : 'yellow'}
      icon={icon}
      title={t(`first.${stepOf(declaration)}`, { count: unmet.length })}
    >
      <p>{t(`first.${stepOf(declaration)}.text`)}</p>
      <Turns declaration={declaration} />
    </Word>
  );
}

/** Every unmet condition with whose turn it is and since when. */
function Turns({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { between } = useFormat();
  const { sentence } = useMessages();
  const unmet = declaration.conditions.filter((condition) => condition.status === 'unmet');
  return (
    <ul className="turns">
      {unmet.map(({ kind, owner, since }) => (
        <li key={`${kind} ${owner}`}>
          <b>{sentence(`condition.${kind}`)}</b>
          {t('colon')}
          <OwnerName owner={owner} />
          <span className="faint"> {t('first.waited', { time: between(since, null) })}</span>
        </li>
      ))}
    </ul>
  );
}

type Step =
  | 'arrival'
  | 'accepted'
  | 'documents'
  | 'examination'
  | 'laboratory'
  | 'disposition'
  | 'carryingOut'
  | 'amendment'
  | 'downgrade';

function stepOf(declaration: Declaration): Step {
  const { status, downgrade, disposition, examinations, conditions } = declaration;
  if (downgrade) return 'downgrade';
  if (status === 'documentaryCheck') return 'documents';
  if (status === 'examination') return examinations.at(-1)?.record ? 'laboratory' : 'examination';
  if (status === 'disposition') {
    if (disposition === null) return 'disposition';
    return disposition.disposition === 'amend' ? 'amendment' : 'carryingOut';
  }
  const unmet = conditions.filter((condition) => condition.status === 'unmet');
  return unmet.length === 1 && unmet[0]?.kind === 'arrivalConfirmed' ? 'arrival' : 'accepted';
}
