import { useTranslation } from 'react-i18next';
import type {
  Article,
  LegalPosition,
  Membership,
  Requirement,
} from '../../../../src/contexts/chemicals/law/contract.ts';
import { CodeName } from '../../parts/code-select.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Tag } from '../../parts/tag.tsx';
import { useListName } from './words.ts';

const TONES = { applies: 'red', exempt: 'green', notEvaluated: 'yellow', told: 'plain' } as const;
const ICONS = { applies: 'stop', exempt: 'done', notEvaluated: 'help', told: 'info' } as const;

/** The lists a substance is on, and whether each controls these goods. */
export function Memberships({ memberships }: Pick<LegalPosition, 'memberships'>) {
  const { t } = useTranslation('chemicals');
  if (memberships.length === 0) return <p className="faint">{t('list.none')}</p>;
  const isOfSeveral = new Set(memberships.map(({ entry }) => entry.cas)).size > 1;
  return (
    <ul className="law-list">
      {memberships.map((membership) => (
        <Listed
          key={`${membership.entry.list} ${membership.entry.entry}`}
          {...membership}
          isOfSeveral={isOfSeveral}
        />
      ))}
    </ul>
  );
}

function Listed({
  entry,
  control,
  reason,
  isOfSeveral,
}: Membership & {
  /** Whether it has to be said which substance is meant. */ readonly isOfSeveral: boolean;
}) {
  const { t, i18n } = useTranslation('chemicals');
  const { date } = useFormat();
  const nameOf = useListName();
  const { zh, en } = entry.names;
  const substance = i18n.language === 'en' ? en || zh : zh || en;
  return (
    <li>
      <p className="law-head">
        <Tag tone={TONES[control]} icon={ICONS[control]}>
          {t(`control.${control}`)}
        </Tag>
        <b>
          {nameOf(entry.list)}
          {entry.class ? ` ${t('listClass', { class: entry.class })}` : null}
        </b>
        {isOfSeveral ? <span>{substance}</span> : null}
      </p>
      {reason ? <p>{t(`reason.${reason}`)}</p> : null}
      <p className="faint">
        {entry.basis}
        {entry.from ? ` · ${t('inForce', { day: date(entry.from) })}` : ` · ${t('dayUnknown')}`}
        {entry.foundation === 'memory' ? ` · ${t('notCompared')}` : null}
      </p>
    </li>
  );
}

/** What the law then asks: of whom, by which licence, within how many days, in which words. */
export function Requirements({ requirements }: Pick<LegalPosition, 'requirements'>) {
  const { t } = useTranslation('chemicals');
  if (requirements.length === 0) {
    return (
      <EmptyState icon="done" title={t('requires.none')}>
        {t('requires.none.text')}
      </EmptyState>
    );
  }
  return (
    <ul className="law-list">
      {requirements.map((each) => (
        <Asked key={each.kind} {...each} />
      ))}
    </ul>
  );
}

function Asked({ kind, authority, licenceKinds, days, status, foundation, articles }: Requirement) {
  const { t } = useTranslation('chemicals');
  return (
    <li>
      <p className="law-head">
        <Tag
          tone={status === 'required' ? 'blue' : 'yellow'}
          icon={status === 'required' ? 'declaration' : 'help'}
        >
          {t(`status.${status}`)}
        </Tag>
        <b>{t(`requirement.${kind}`)}</b>
      </p>
      <p>
        {t('window', { authority: t(`authority.${authority}`) })}
        {days === null ? null : ` · ${t('days', { count: days })}`}
        {foundation === 'memory' ? ` · ${t('notCompared')}` : null}
      </p>
      {licenceKinds.length > 0 ? (
        <p>
          {t('licences')}{' '}
          {licenceKinds.map((code) => (
            <span key={code} className="licence">
              <CodeName table="licence_kind" code={code} />
            </span>
          ))}
        </p>
      ) : null}
      {articles.length > 0 ? <Quotations articles={articles} /> : null}
    </li>
  );
}

function Quotations({ articles }: { readonly articles: readonly Article[] }) {
  const { t, i18n } = useTranslation('chemicals');
  return (
    <details className="quotations">
      <summary>{t('articles', { count: articles.length })}</summary>
      {articles.map(({ law, article, text, gist, foundation }) => (
        <blockquote key={`${law} ${article}`}>
          {i18n.language === 'en' ? <p>{gist}</p> : null}
          <p lang="zh-CN">{text}</p>
          <footer lang="zh-CN">
            {law} {article}
            {foundation === 'page' ? t('fromPage') : null}
          </footer>
        </blockquote>
      ))}
    </details>
  );
}

/** What nobody has said yet, and what hangs on it. */
export function Questions({ questions }: Pick<LegalPosition, 'questions'>) {
  const { t } = useTranslation('chemicals');
  if (questions.length === 0) return null;
  return (
    <p className="question">
      <Icon name="help" />{' '}
      {t('ask', { what: questions.map((it) => t(`question.${it}`)).join(t('comma')) })}
    </p>
  );
}
