import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { localDateOf } from '../../../../src/kernel/dates.ts';
import { Page } from '../../parts/page.tsx';
import { useMe } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { newDeclarationId } from './filing/content-path.ts';
import { FilingForm } from './filing/filing-form.tsx';
import { useStart } from './filing/start.ts';
import './clearance.css';

/**
 * Files a new declaration, corrects one that was returned (under a new id), amends one, or completes
 * one that was filed in two steps. The
 * address says which, so that a draft can be left and found again.
 */
export function FileScreen() {
  const { t } = useTranslation('clearance');
  const [state] = useUrlState();
  const navigate = useNavigate();
  const me = useMe();
  const { id, from, amend, complete } = state;
  const mode = amend ? 'amend' : complete ? 'complete' : 'file';
  const known = amend ?? complete ?? id ?? '';
  useEffect(() => {
    if (known) return;
    const fresh = newDeclarationId(localDateOf(new Date().toISOString()));
    const search = from ? { id: fresh, from } : { id: fresh };
    void navigate({ to: '/file', search, replace: true });
  }, [known, from, navigate]);
  const { start, error } = useStart(me, known, from, mode);
  if (!start || !me) {
    return (
      <Page title={t('file.title')}>
        <Trouble error={error} />
        {error ? null : <div className="record-wait" aria-hidden="true" />}
      </Page>
    );
  }
  return <FilingForm key={`${mode} ${start.id}`} start={start} me={me} />;
}
