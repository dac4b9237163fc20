import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { type FormEvent, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { openLive } from '../parts/live.ts';
import { meQuery, usePort } from '../parts/queries.ts';
import { Mark } from './mark.tsx';
import { type Group, placesFor } from './navigation.ts';
import { DemoBanner, FilingProgress, LiveIndicator } from './notices.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { LanguageSwitch, PersonMenu, ThemeSwitch } from './switches.tsx';
import './frame.css';

/** What stands around every screen of a signed-in reader. */
export function Frame() {
  const { t } = useTranslation('shell');
  const client = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const groups = useMemo(() => placesFor(me), [me]);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  useEffect(() => openLive(client), [client]);
  const main = useFocusOnArrival(() => setMenuOpen(false));

  return (
    <div className="frame">
      <a className="skip-link" href="#main">
        {t('skip')}
      </a>
      <DemoBanner />
      <div className="frame-body">
        <aside className="rail" aria-label={t('product')}>
          <Brand />
          <Places groups={groups} />
        </aside>
        <div className="frame-main">
          <header className="bar">
            <button
              type="button"
              className="bar-button menu-button"
              aria-label={t('menu')}
              aria-expanded={isMenuOpen}
              onClick={() => setMenuOpen(true)}
            >
              <Icon name="menu" />
            </button>
            {me.permissions.includes('clearance.read') ? (
              <QuickSearch />
            ) : (
              <span className="bar-gap" />
            )}
            <LiveIndicator />
            <LanguageSwitch />
            <ThemeSwitch />
            <PersonMenu me={me} onHelp={() => setHelpOpen(true)} />
          </header>
          <FilingProgress />
          <main id="main" ref={main} tabIndex={-1}>
            <Suspense fallback={<p className="wait">{t('loading')}</p>}>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </div>
      <Drawer
        open={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        placement="left"
        size={272}
        title={<Brand />}
      >
        <Places groups={groups} />
      </Drawer>
      <Shortcuts groups={groups} isHelpOpen={isHelpOpen} onHelp={setHelpOpen} />
    </div>
  );
}

/** After moving to another screen, focus starts at its content: a screen reader hears where it is. */
function useFocusOnArrival(onArrival: () => void) {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const last = useRef(path);
  const arrived = useRef(onArrival);
  arrived.current = onArrival;
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    arrived.current();
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

function Brand() {
  const port = usePort();
  const { language } = useFormat();
  return (
    <Link to="/" className="brand">
      <Mark />
      <span className="brand-words">
        <span className="brand-name">
          江海 <span className="brand-latin">Jianghai</span>
        </span>
        {port ? (
          <span className="brand-port">{language === 'en' ? port.nameEn : port.nameZh}</span>
        ) : null}
      </span>
    </Link>
  );
}

function Places({ groups }: { readonly groups: readonly Group[] }) {
  const { t } = useTranslation('shell');
  const path = useRouterState({ select: (state) => state.location.pathname });
  const nav = useRef<HTMLElement>(null);
  // Of a long list of places, the one the reader is at is in sight.
  useEffect(() => {
    const here = path && nav.current?.querySelector('[aria-current=page]');
    if (here) here.scrollIntoView({ block: 'nearest' });
  }, [path]);
  return (
    <nav className="places" aria-label={t('nav')} ref={nav}>
      {groups.map((group) => (
        <div key={group.words}>
          <p className="places-head">{t(group.words)}</p>
          <ul>
            {group.places.map(({ to, icon, words }) => (
              <li key={to}>
                <Link to={to} activeOptions={{ exact: to === '/pool', includeSearch: false }}>
                  <Icon name={icon} />
                  {t(words)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** Finds a declaration by number, party, goods or HS code, from anywhere. */
function QuickSearch() {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    void navigate({ to: '/declarations', search: q ? { q } : {} });
  };
  return (
    <search className="quick-search">
      <form onSubmit={submit}>
        <Icon name="search" size={16} />
        <input
          type="search"
          name="q"
          data-quick-search
          maxLength={100}
          autoComplete="off"
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
        />
        <span className="key-hint" aria-hidden="true">
          /
        </span>
      </form>
    </search>
  );
}
