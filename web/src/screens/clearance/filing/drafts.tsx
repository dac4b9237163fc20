import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DeclarationPage } from '../../../../../src/contexts/clearance/contract.ts';
import { useAsk } from '../../../parts/queries.ts';

const SHOWN = 5;

/** Drafts that were left unfinished, one click away before a new one is begun. */
export function Drafts({ except }: { readonly except: string }) {
  const { t } = useTranslation('clearance');
  const { data } = useAsk<DeclarationPage>('/api/declarations', {
    status: 'draft',
    limit: SHOWN + 1,
  });
  const drafts = (data?.rows ?? []).filter(({ id }) => id !== except);
  if (drafts.length === 0) return null;
  return (
    <p className="drafts">
      <span className="muted">{t('drafts.title')}</span>
      {drafts.slice(0, SHOWN).map(({ id, description }) => (
        <Link key={id} to="/file" search={{ id }}>
          {description ?? id}
        </Link>
      ))}
      {drafts.length > SHOWN ? (
        <Link to="/declarations" search={{ status: 'draft' }}>
          {t('drafts.all')}
        </Link>
      ) : null}
    </p>
  );
}
