import { useTranslation } from 'react-i18next';
import type { BillPage } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import type { ReleasePage } from '../../../../../src/contexts/cargo/releases/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Page } from '../../../parts/page.tsx';
import { useMe } from '../../../parts/queries.ts';
import { useUrlState } from '../../../parts/url-state.ts';
import { useWatch } from '../watch.ts';
import { BillWork } from './bill-work.tsx';
import { NoticeWork } from './notice-work.tsx';
import '../cargo.css';

const BATCH = 200;
const TABS = ['confirmArrival', 'tally', 'load', 'notices'] as const;
type Tab = (typeof TABS)[number];

/** What a terminal has to do, the longest waiting first; one click each, or many at once. */
export function TerminalScreen() {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const me = useMe();
  const [state, change] = useUrlState();
  const terminal = me?.organisation.id;
  const ask = (task: Exclude<Tab, 'notices'>) => ({ task, terminal, limit: BATCH });
  const asked = {
    confirmArrival: useWatch<BillPage>('/api/bills', ask('confirmArrival'), Boolean(terminal)),
    tally: useWatch<BillPage>('/api/bills', ask('tally'), Boolean(terminal)),
    load: useWatch<BillPage>('/api/bills', ask('load'), Boolean(terminal)),
  };
  const notices = useWatch<ReleasePage>('/api/releases', { awaiting: true, limit: BATCH });
  const counts: Record<Tab, string | null> = {
    confirmArrival: countOf(asked.confirmArrival.data),
    tally: countOf(asked.tally.data),
    load: countOf(asked.load.data),
    notices: notices.data ? `${notices.data.releases.length}${notices.data.next ? '+' : ''}` : null,
  };
  const tab = TABS.find((name) => name === state.tab) ?? 'confirmArrival';
  return (
    <Page wide title={t('terminal.title')} lead={me ? format.label(nameOf(me.organisation)) : null}>
      <nav className="tabs" aria-label={t('terminal.title')}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === tab ? 'page' : undefined}
            className={name === tab ? 'tab tab-on' : 'tab'}
            onClick={() => change({ tab: name })}
          >
            {t(`terminal.${name}`)} {counts[name] === null ? null : <b>{counts[name]}</b>}
          </button>
        ))}
      </nav>
      {tab === 'notices' ? (
        <NoticeWork asked={notices} />
      ) : (
        <BillWork key={tab} task={tab} asked={asked[tab]} premises={me?.organisation.id ?? ''} />
      )}
    </Page>
  );
}

const nameOf = ({ nameZh, nameEn }: { nameZh: string; nameEn?: string | null | undefined }) => ({
  zh: nameZh,
  en: nameEn ?? nameZh,
});

const countOf = (page: BillPage | undefined): string | null =>
  page ? String(page.total ?? `${page.rows.length}+`) : null;
