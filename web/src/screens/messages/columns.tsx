import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MessageRow } from '../../../../src/contexts/messages/inbox/contract.ts';
import type { Column } from '../../parts/column.ts';
import { useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
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
        <TwoLines under={<OrganisationName id={partner} />}>
          <Link to="/messages/$id" params={{ id }} translate="no">
            {reference ?? t('message.unread')}
          </Link>
          {documents > 1 ? (
            <span className="faint"> {t('documents.more', { count: documents - 1 })}</span>
          ) : null}
        </TwoLines>
      ),
    },
    {
      id: 'kind',
      title: t('column.kind'),
      render: ({ kind, standard }) => (
        <TwoLines under={standard} isCode>
          {kind ? t(`kind.${kind}`) : t('kind.none')}
        </TwoLines>
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
      id: 'direction',
      title: t('column.direction'),
      render: ({ resent }) => (
        <TwoLines
          under={resent > 0 ? t('answer.sent', { count: resent }) : t('direction.answered')}
        >
          {t('direction.came')}
        </TwoLines>
      ),
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
