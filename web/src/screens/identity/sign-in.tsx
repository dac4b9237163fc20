import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../../src/contexts/identity/contract.ts';
import { send } from '../../parts/api.ts';
import { AsWritten } from '../../parts/as-written.tsx';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { useMessages } from '../../parts/messages.ts';
import { PostTitle } from '../../parts/post-title.tsx';
import { meQuery, type Port, usePort } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { Mark } from '../../shell/mark.tsx';
import { DemoBanner, FilingProgress } from '../../shell/notices.tsx';
import { LanguageSwitch, ThemeSwitch } from '../../shell/switches.tsx';
import '../../shell/frame.css';
import './sign-in.css';

/** The door. In a demo port its keys hang beside it; nowhere else. */
export function SignInScreen() {
  const { t } = useTranslation('identity');
  const { language } = useFormat();
  const port = usePort();
  return (
    <div className="door">
      <title>{t('signIn.pageTitle')}</title>
      <DemoBanner />
      <FilingProgress />
      <div className="door-body">
        <header className="door-words">
          <p className="door-brand">
            <Mark size={36} />
            <span>
              江海 <span className="door-latin">Jianghai</span>
            </span>
          </p>
          <ul className="door-promises">
            {(['control', 'open', 'speed'] as const).map((promise) => (
              <li key={promise}>
                <strong>{t(`promise.${promise}`)}</strong>
                <span>{t(`promise.${promise}.text`)}</span>
              </li>
            ))}
          </ul>
          <Water />
        </header>
        <main className="door-form">
          <div className="door-switches">
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
          <SignInForm
            title={port ? (language === 'en' ? port.nameEn : port.nameZh) : t('signIn.title')}
            port={port}
          />
        </main>
      </div>
    </div>
  );
}

function SignInForm({ title, port }: { readonly title: string; readonly port: Port | undefined }) {
  const { t } = useTranslation('identity');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [{ to }] = useUrlState();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const account = useId();
  const password = useId();

  const signIn = async (name: string, secret: string) => {
    setBusy(true);
    setError(null);
    try {
      const me = await send<Me>('POST', '/api/session', { account: name, password: secret });
      client.clear();
      client.setQueryData(meQuery.queryKey, me);
      await navigate({ href: to?.startsWith('/') && !to.startsWith('//') ? to : '/' });
    } catch (problem) {
      setError(problem);
      setBusy(false);
      form.current?.querySelector<HTMLInputElement>('input[type=password]')?.select();
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    void signIn(String(fields.get('account')), String(fields.get('password')));
  };

  return (
    <div className="door-inner">
      <h1>{title}</h1>
      <p className="lead">{t('signIn.lead')}</p>
      <form ref={form} onSubmit={submit} className="door-fields">
        <div className="field">
          <label htmlFor={account}>{t('signIn.account')}</label>
          <Input
            id={account}
            name="account"
            size="large"
            required
            autoComplete="username"
            autoFocus
            maxLength={80}
          />
        </div>
        <div className="field">
          <label htmlFor={password}>{t('signIn.password')}</label>
          <Input.Password
            id={password}
            name="password"
            size="large"
            required
            autoComplete="current-password"
            maxLength={200}
          />
        </div>
        <Trouble error={error} />
        <Button type="primary" size="large" htmlType="submit" loading={isBusy} block>
          {t('signIn.submit')}
        </Button>
      </form>
      {port?.demo ? <DemoAccounts port={port} isBusy={isBusy} onChoose={signIn} /> : null}
    </div>
  );
}

function DemoAccounts({
  port,
  isBusy,
  onChoose,
}: {
  readonly port: Port;
  readonly isBusy: boolean;
  onChoose(account: string, password: string): Promise<void>;
}) {
  const { t } = useTranslation('identity');
  const { sentence } = useMessages();
  const id = useId();
  return (
    <section aria-labelledby={id} className="demo-accounts">
      <h2 id={id}>{t('demo.accounts')}</h2>
      <p className="faint">{t('demo.accounts.text')}</p>
      <ul>
        {port.demoAccounts.map(({ account, password, role, name, title, titleEn = null }) => (
          <li key={account}>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => void onChoose(account, password)}
            >
              <span className="demo-role">
                {title ? <PostTitle post={{ title, titleEn }} /> : sentence(`role.${role}`)}
              </span>
              <span className="faint">
                <AsWritten>{name}</AsWritten> · <code translate="no">{account}</code>
              </span>
              <Icon name="arrowRight" size={16} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where the river meets the sea. */
function Water() {
  return (
    <svg
      className="water"
      viewBox="0 0 600 220"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      {[0, 1, 2, 3, 4].map((wave) => (
        <path
          key={wave}
          style={{ opacity: 0.16 + wave * 0.1 }}
          d={`M-${wave * 46} ${70 + wave * 34} c60-${34 - wave * 4} 120-${34 - wave * 4} 180 0 s120 ${34 - wave * 4} 180 0 120-${34 - wave * 4} 180 0 120 ${34 - wave * 4} 180 0 120-${34 - wave * 4} 180 0`}
        />
      ))}
    </svg>
  );
}
