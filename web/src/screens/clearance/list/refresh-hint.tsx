import { useTranslation } from 'react-i18next';
import { Icon } from '../../../parts/icon.tsx';

/** Says that newer rows have come in; the reader decides when they may move the list. */
export function RefreshHint({
  changed,
  onRefresh,
}: {
  readonly changed: number;
  onRefresh(): void;
}) {
  const { t } = useTranslation('clearance');
  return (
    <span role="status">
      {changed > 0 ? (
        <button type="button" className="refresh-hint" onClick={onRefresh}>
          <Icon name="history" size={15} />
          {t('list.changed', { count: changed })}
        </button>
      ) : null}
    </span>
  );
}
