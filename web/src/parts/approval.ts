import { useTranslation } from 'react-i18next';
import type { AskField, Said } from './ask.tsx';

/** What is asked of whoever answers a proposal of somebody else's: yes or no, and a word on it. */
export function useApproval(): {
  readonly fields: readonly AskField[];
  body(said: Said): { readonly approve: boolean; readonly note: string | undefined };
} {
  const { t } = useTranslation('parts');
  return {
    fields: [
      {
        name: 'approve',
        label: t('approval'),
        kind: 'choice',
        options: [
          { value: 'true', label: t('approval.yes') },
          { value: 'false', label: t('approval.no') },
        ],
      },
      { name: 'note', label: t('approval.note'), kind: 'long', isOptional: true },
    ],
    body: ({ approve, note }) => ({ approve: approve === 'true', note }),
  };
}
