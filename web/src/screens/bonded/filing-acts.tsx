import { useTranslation } from 'react-i18next';
import type { Filing, FilingAct } from '../../../../src/contexts/bonded/writeoff/contract.ts';
import { Ask, type AskField } from '../../parts/ask.tsx';
import { Decide } from './decide.tsx';
import { ledgerPath } from './ledger-page.tsx';

/** What the reader may do with a filing now. */
export function FilingActs({
  id,
  path,
  filing,
  allowed,
}: {
  readonly id: string;
  readonly path: string;
  readonly filing: Filing;
  readonly allowed: readonly FilingAct[];
}) {
  const { t } = useTranslation('bonded');
  const stale = [ledgerPath(id), '/api/bonded/filings', '/api/bonded/health'];
  const note = (isOptional: boolean): AskField => ({
    ...{ name: 'note', label: t('filing.note'), kind: 'long', isOptional },
  });
  return (
    <>
      {allowed.includes('sign') ? (
        <Ask
          isPrimary
          button={t('filing.sign')}
          lead={t('filing.sign.lead', { count: filing.totals.short })}
          fields={[]}
          stale={stale}
          command={() => ({ method: 'POST', path: `${path}/sign`, body: {} })}
        />
      ) : null}
      {allowed.includes('decide') ? <Decide path={path} stale={stale} /> : null}
      {allowed.includes('confirm') ? (
        <Ask
          isPrimary
          button={t('filing.confirm')}
          lead={t('filing.confirm.lead')}
          stale={stale}
          fields={[
            {
              name: 'agree',
              label: t('filing.confirm.agree'),
              kind: 'choice',
              options: (['yes', 'no'] as const).map((value) => ({
                value,
                label: t(`filing.confirm.${value}`),
              })),
            },
            note(true),
          ]}
          command={({ agree, note: said }) => ({
            method: 'POST',
            path: `${path}/confirm`,
            body: { agree: agree === 'yes', note: said },
          })}
        />
      ) : null}
      {allowed.includes('withdraw') ? (
        <Ask
          button={t('filing.withdraw')}
          fields={[note(true)]}
          stale={stale}
          command={({ note: said }) => ({
            method: 'POST',
            path: `${path}/withdraw`,
            body: { note: said },
          })}
        />
      ) : null}
    </>
  );
}
