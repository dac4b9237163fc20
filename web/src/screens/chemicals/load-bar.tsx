import { useTranslation } from 'react-i18next';
import type { Load } from '../../../../src/contexts/chemicals/storage/contract.ts';
import { Tag } from '../../parts/tag.tsx';

/** Σ q/Q: what is certain, what it may come to, and the 1 at which a site is a major hazard. */
export function LoadBar({ load }: { readonly load: Load }) {
  const { t } = useTranslation('chemicals');
  const { certain, possible, isReached, isOpen } = load;
  const width = (text: string): string => `${Math.min(100, Number(text) * 100)}%`;
  return (
    <div className="load">
      <p>
        {t('load', { certain })}
        {possible === certain ? null : ` ${t('load.possible', { possible })}`}{' '}
        {isReached ? (
          <Tag tone="red" icon="warning">
            {t('load.reached')}
          </Tag>
        ) : null}
        {isOpen ? (
          <Tag tone="yellow" icon="help">
            {t('load.open')}
          </Tag>
        ) : null}
      </p>
      <div className={isReached ? 'load-bar load-over' : 'load-bar'} aria-hidden="true">
        <span className="load-possible" style={{ inlineSize: width(possible) }} />
        <span className="load-certain" style={{ inlineSize: width(certain) }} />
      </div>
    </div>
  );
}
