import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../src/contexts/identity/contract.ts';
import { send } from '../parts/api.ts';
import { AsWritten } from '../parts/as-written.tsx';
import { useFormat } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { PostTitle } from '../parts/post-title.tsx';
import { meQuery } from '../parts/queries.ts';
import { type ThemeChoice, useTheme } from '../parts/theme.tsx';

/** Each language is offered in itself, so that nobody needs the other one to find it. */
export function LanguageSwitch() {
  const { i18n } = useTranslation('shell');
  const other = i18n.language === 'en' ? 'zh' : 'en';
  return (
    <button
      type="button"
      className="bar-button"
      lang={other === 'en' ? 'en' : 'zh-CN'}
      onClick={() => void i18n.changeLanguage(other)}
    >
      <Icon name="language" />
      <span className="bar-word">{other === 'en' ? 'English' : '中文'}</span>
      <span className="bar-short">{other === 'en' ? 'EN' : '中'}</span>
    </button>
  );
}

const THEME_ICONS = { light: 'sun', dark: 'moon', system: 'screen' } as const;
const THEMES: readonly ThemeChoice[] = ['light', 'dark', 'system'];

export function ThemeSwitch() {
  const { t } = useTranslation('shell');
  const { choice, choose } = useTheme();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [choice],
        items: THEMES.map((theme) => ({
          key: theme,
          icon: <Icon name={THEME_ICONS[theme]} size={16} />,
          label: t(`theme.${theme}`),
        })),
        onClick: ({ key }) => choose(THEMES.find((theme) => theme === key) ?? 'system'),
      }}
    >
      <button
        type="button"
        className="bar-button"
        aria-label={t('theme.label')}
        aria-haspopup="menu"
      >
        <Icon name={THEME_ICONS[choice]} />
      </button>
    </Dropdown>
  );
}

export function PersonMenu({ me, onHelp }: { readonly me: Me; onHelp(): void }) {
  const { t } = useTranslation('shell');
  const { language } = useFormat();
  const client = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();

  const changePost = async (postId: string) => {
    client.setQueryData(meQuery.queryKey, await send<Me>('POST', '/api/session/post', { postId }));
    await client.invalidateQueries();
    await router.invalidate();
    await navigate({ to: '/' });
  };
  const signOut = async () => {
    await send('DELETE', '/api/session').catch(() => null);
    client.clear();
    await navigate({ to: '/sign-in' });
  };

  const others = me.posts.filter((post) => post.id !== me.post.id);
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          ...(others.length > 0
            ? [
                {
                  type: 'group' as const,
                  key: 'posts',
                  label: t('person.changePost'),
                  children: others.map((post) => ({
                    key: `post:${post.id}`,
                    label: <PostTitle post={post} />,
                  })),
                },
                { type: 'divider' as const },
              ]
            : []),
          { key: 'posts', icon: <Icon name="person" size={16} />, label: t('person.posts') },
          { key: 'help', icon: <Icon name="help" size={16} />, label: t('person.shortcuts') },
          { type: 'divider' as const },
          { key: 'out', icon: <Icon name="signOut" size={16} />, label: t('person.signOut') },
        ],
        onClick: ({ key }) => {
          if (key === 'out') void signOut();
          else if (key === 'help') onHelp();
          else if (key === 'posts') void navigate({ to: '/me' });
          else if (key.startsWith('post:')) void changePost(key.slice('post:'.length));
        },
      }}
    >
      <button type="button" className="bar-button person" aria-haspopup="menu">
        <Icon name="person" />
        <span className="person-words">
          <span className="person-name">
            <AsWritten>{me.name}</AsWritten>
          </span>
          <span className="person-post">
            <PostTitle post={me.post} /> ·{' '}
            {language === 'en' ? me.organisation.nameEn : me.organisation.nameZh}
          </span>
        </span>
        <Icon name="chevronDown" size={14} />
      </button>
    </Dropdown>
  );
}
