import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MessageRow } from '../../../../src/contexts/messages/inbox/contract.ts';
import type { Column } from '../../parts/column.ts';
import { useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { RecordLink } from './record-link.tsx';
import { OutcomeTag, SignatureTag } from './signs.tsx';

export function useMessageColumns(): readonly Column<MessageRow>[] {
  const { t } = useTranslation('messages');
  const format = useFormat();
  return [
    {
      id: 'reference',
      title: t('column.reference'),
      isName: true,
      render: ({ id, reference, partner, documents }) => (
        <>
          <Link to="/messages/$id" params={{ id }} translate="no">
            {reference ?? t('message.unread')}
          </Link>
          {documents > 1 ? (
            <span className="faint"> {t('documents.more', { count: documents - 1 })}</span>
          ) : null}
          <span className="cell-sub">
            <OrganisationName id={partner} />
          </span>
        </>
      ),
    },
    {
      id: 'kind',
      title: t('column.kind'),
      render: ({ kind, standard }) => (
        <>
          {kind ? t(`kind.${kind}`) : t('kind.none')}
          <span className="cell-sub" translate="no">
            {standard}
          </span>
        </>
      ),
    },
    {
      id: 'outcome',
      title: t('column.outcome'),
      render: ({ outcome }) => <OutcomeTag outcome={outcome} />,
    },
    {
      id: 'problems',
      title: t('column.problems'),
      align: 'end',
      render: ({ problems }) => format.number(problems),
    },
    {
      id: 'record',
      title: t('column.record'),
      render: ({ record }) => <RecordLink record={record} />,
    },
    {
      id: 'answer',
      title: t('column.answer'),
      render: ({ resent }) => t('answer.sent', { count: resent }),
    },
    {
      id: 'receivedAt',
      title: t('column.receivedAt'),
      render: ({ receivedAt }) => (
        <span className="cell-nowrap">{format.moment(receivedAt, { seconds: true })}</span>
      ),
    },
    {
      id: 'signature',
      title: t('column.signature'),
      isExtra: true,
      render: ({ signature }) => <SignatureTag status={signature} />,
    },
    {
      id: 'bytes',
      title: t('column.bytes'),
      align: 'end',
      isExtra: true,
      render: ({ bytes }) => format.bytes(bytes),
    },
  ];
}
