import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resent } from '../../../../src/contexts/messages/contract.ts';
import type { MessageDetail } from '../../../../src/contexts/messages/inbox/contract.ts';
import { getText } from '../../parts/api.ts';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Section } from '../../parts/page.tsx';
import { useCommand, useMay } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';

/** A number for one more sending, chosen here so that a second click on a lost answer sends nothing twice. */
const sendingAfter = ({ resent }: MessageDetail): string => `R${resent.length + 1}`;

/** What the sender was answered, how often it was sent again, and the button that does. */
export function AnswerSection({
  path,
  detail,
}: {
  readonly path: string;
  readonly detail: MessageDetail;
}) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const may = useMay();
  const { resent } = detail;
  const answer = useQuery({
    queryKey: [`${path}/answer`],
    queryFn: ({ signal }) => getText(`${path}/answer`, signal),
  });
  const resend = useCommand<string, { readonly resent: readonly Resent[] }>(
    (id) => ({ method: 'POST', path: `${path}/resend`, body: { id } }),
    [path],
  );
  return (
    <Section
      title={t('answer.title')}
      aside={<span role="status">{t('answer.sent', { count: resent.length })}</span>}
    >
      <p className="muted">{t('answer.text')}</p>
      <Trouble error={answer.error} onRetry={() => void answer.refetch()} />
      {answer.data === undefined ? null : (
        <section
          className="answer-sent scroll"
          aria-label={t('answer.whole')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
        >
          <pre translate="no">{answer.data}</pre>
        </section>
      )}
      <div className="button-row">
        {may('messages.resend') ? (
          <Button
            loading={resend.isPending}
            icon={<Icon name="history" />}
            onClick={() => resend.mutate(sendingAfter(detail))}
          >
            {t('answer.resend')}
          </Button>
        ) : null}
        <Button href={`${path}/answer`} download icon={<Icon name="download" />}>
          {t('answer.download')}
        </Button>
      </div>
      <Trouble error={resend.error} />
      {resent.length > 0 ? (
        <ul className="resent">
          {resent.map(({ id, by, at, to, sentAt }) => (
            <li key={id}>
              <time dateTime={at}>{format.moment(at, { seconds: true })}</time>{' '}
              <span translate="no">{by}</span> ·{' '}
              {sentAt === null ? t('resent.waiting') : t(`resent.${to}`)}
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
