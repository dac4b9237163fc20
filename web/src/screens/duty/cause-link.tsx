import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FilingPage } from '../../../../src/contexts/bonded/writeoff/contract.ts';
import { useAsk } from '../../parts/queries.ts';

/** Bills of duty on a bonded ledger's shortages are called after the filing that found them. */
const OF_FILING = 'bonded-filing.';

/** Where a duty bill comes from: its declaration, or the write-off filing whose shortages are taxed. */
export function CauseLink({ bill }: { readonly bill: string }) {
  const { t } = useTranslation('duty');
  const filing = bill.startsWith(OF_FILING) ? bill.slice(OF_FILING.length) : null;
  const { data } = useAsk<FilingPage>('/api/bonded/filings', { q: filing }, filing !== null);
  if (filing === null) {
    return (
      <Link to="/declarations/$id" params={{ id: bill }}>
        {t('bill.declaration')}
      </Link>
    );
  }
  const found = data?.rows.find(({ id }) => id === filing);
  return found ? (
    <Link to="/bonded/$id/filings/$filing" params={{ id: found.ledger, filing }}>
      {t('bill.filing')}
    </Link>
  ) : null;
}
