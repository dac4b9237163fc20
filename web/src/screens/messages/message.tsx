import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MessageDetail } from '../../../../src/contexts/messages/inbox/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Code, Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { AnswerSection } from './answer-section.tsx';
import { Documents } from './documents.tsx';
import { Sides } from './sides.tsx';
import { OutcomeTag, SignatureTag } from './signs.tsx';
import '../cargo/cargo.css';
import './messages.css';

/** One message: what became of it, its three sides beside each other, and what its sender was answered. */
export function MessageScreen() {
  const { t } = useTranslation('messages');
  const { id = '' } = useParams({ strict: false });
  const path = `/api/trade-messages/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useAsk<MessageDetail>(path);
  if (!data) {
    return (
      <Page title={t('message.title')}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { receipt } = data;
  const [first] = receipt.documents;
  return (
    <Page
      wide
      title={first?.reference ?? t('message.unread')}
      lead={
        <span className="tag-row">
          <OutcomeTag outcome={receipt.outcome} />
          <SignatureTag status={receipt.signature.status} />
          <span>
            {receipt.kind ? t(`kind.${receipt.kind}`) : t('kind.none')}{' '}
            <span className="faint" translate="no">
              {receipt.standard}
            </span>
          </span>
        </span>
      }
      actions={<Link to="/messages">{t('messages.back')}</Link>}
    >
      <Section title={t('message.became')}>
        <div className="message-parts">
          <p className="muted">{t(`outcome.${receipt.outcome}.text`)}</p>
          {receipt.documents.length > 0 ? (
            <Documents documents={receipt.documents} understood={data.understood} />
          ) : null}
          <Facts detail={data} />
        </div>
      </Section>
      <Sides
        view={data}
        rawAside={<Download href={`${path}/raw`} />}
        understoodAside={
          data.understood.length > 0 ? <Download href={`${path}/understood`} /> : null
        }
      />
      <AnswerSection path={path} detail={data} />
    </Page>
  );
}

function Download({ href }: { readonly href: string }) {
  const { t } = useTranslation('messages');
  return (
    <Button type="text" size="small" href={href} download icon={<Icon name="download" size={15} />}>
      {t('download')}
    </Button>
  );
}

function Facts({ detail: { receipt, sentBy } }: { readonly detail: MessageDetail }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const { algorithm, key } = receipt.signature;
  return (
    <Pairs
      items={[
        {
          name: t('column.partner'),
          value: (
            <Link to="/messages/partners/$partner" params={{ partner: receipt.partner }}>
              <OrganisationName id={receipt.partner} />
            </Link>
          ),
        },
        {
          name: t('column.receivedAt'),
          value: format.moment(receipt.receivedAt, { seconds: true }),
        },
        { name: t('message.sentBy'), value: <span translate="no">{sentBy}</span> },
        { name: t('column.bytes'), value: format.bytes(receipt.bytes) },
        ...(algorithm
          ? [{ name: t('signature.by'), value: <Code>{`${algorithm} ${key ?? ''}`}</Code> }]
          : []),
        { name: t('message.hash'), value: <Code>{receipt.hash}</Code>, isWide: true },
      ]}
    />
  );
}
