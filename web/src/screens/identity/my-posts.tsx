import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../../src/contexts/identity/contract.ts';
import { send } from '../../parts/api.ts';
import { AsWritten } from '../../parts/as-written.tsx';
import { CodeName } from '../../parts/code-select.tsx';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { PostTitle } from '../../parts/post-title.tsx';
import { meQuery, useMe } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';

import './my-posts.css';

/** The post acted in now, what it may do, and the person's other posts. */
export function MyPostsScreen() {
  const { t } = useTranslation('identity');
  const { t: tp } = useTranslation('parts');
  const format = useFormat();
  const { sentence } = useMessages();
  const me = useMe();
  const [error, setError] = useState<unknown>(null);
  const client = useQueryClient();
  const router = useRouter();
  if (!me) return null;
  const change = async (postId: string) => {
    try {
      const next = await send<Me>('POST', '/api/session/post', { postId });
      client.setQueryData(meQuery.queryKey, next);
      await client.invalidateQueries();
      await router.invalidate();
    } catch (problem) {
      setError(problem);
    }
  };
  const others = me.posts.filter((post) => post.id !== me.post.id);
  return (
    <Page title={t('posts.title')} lead={t('posts.lead')}>
      <Trouble error={error} />
      <Section title={<PostTitle post={me.post} />} aside={t('posts.now')}>
        <Pairs
          items={[
            { name: t('posts.person'), value: <AsWritten>{me.name}</AsWritten> },
            {
              name: t('posts.organisation'),
              value: format.language === 'en' ? me.organisation.nameEn : me.organisation.nameZh,
            },
            {
              name: t('posts.roles'),
              value: me.roles.map((role) => sentence(`role.${role}`)).join(tp('listComma')),
            },
            {
              name: t('posts.offices'),
              value:
                me.offices.length === 0
                  ? t('posts.noOffices')
                  : me.offices.map((office) => (
                      <div key={office}>
                        <CodeName table="customs_office" code={office} />
                      </div>
                    )),
            },
          ]}
        />
      </Section>
      {others.length > 0 ? (
        <Section title={t('posts.others')}>
          <ul className="post-list">
            {others.map((post) => (
              <li key={post.id}>
                <span>
                  <PostTitle post={post} />{' '}
                  <span className="faint">
                    <OrganisationName id={post.organisationId} />
                  </span>
                </span>
                <Button onClick={() => void change(post.id)}>{t('posts.change')}</Button>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t('posts.may')}>
        <ul className="may-list">
          {me.permissions.map((operation) => (
            <li key={operation}>{sentence(`operation.${operation}`, {}, operation)}</li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
