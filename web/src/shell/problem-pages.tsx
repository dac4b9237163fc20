import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isRefused } from '../parts/api.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { RefusalList } from '../parts/refusal-list.tsx';

export function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <main className="page">
      <h1 className="visually-hidden">{t('notFound.title')}</h1>
      <EmptyState
        icon="search"
        title={t('notFound.title')}
        action={
          <Link to="/" className="button-link">
            {t('home')}
          </Link>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </main>
  );
}

/** A refusal is an answer and is shown as one; anything else is our fault and says so. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell');
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="page" role="alert">
      <h1 className="visually-hidden">{t('broken.title')}</h1>
      {isRefused(error) ? (
        <RefusalList refusals={error.refusals} />
      ) : (
        <EmptyState icon="warning" title={t('broken.title')}>
          <p>{t('broken.text')}</p>
          <p className="faint">
            <code>{error instanceof Error ? error.message : String(error)}</code>
          </p>
        </EmptyState>
      )}
      <p className="centred">
        <Button onClick={again}>{t('again')}</Button>
      </p>
    </div>
  );
}

/** When not even the frame could be drawn. */
export function PageError(problem: ErrorComponentProps) {
  return (
    <main>
      <ScreenError {...problem} />
    </main>
  );
}
