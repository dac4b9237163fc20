import { Progress as Bar } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { useLiveState } from '../parts/live.ts';
import { usePort } from '../parts/queries.ts';

/** On every page of a demo port, before and after signing in: nobody may take these records for real. */
export function DemoBanner() {
  const { t } = useTranslation('shell');
  const port = usePort();
  if (!port?.demo) return null;
  return (
    <aside className="demo-banner" aria-label={t('demo.title')}>
      <strong>{t('demo.title')}</strong> <span>{t('demo.text')}</span>
    </aside>
  );
}

/** While the demo port is being made and filed: how far it is, once that is known. It goes away by itself. */
export function FilingProgress() {
  const { t } = useTranslation('shell');
  const { number } = useFormat();
  const progress = usePort()?.progress;
  // What is not counted in declarations, such as ledgers at the end, has no number to tell.
  if (!progress || !(progress.done < progress.of)) return null;
  const text = t('progress.text', { done: number(progress.done), of: number(progress.of) });
  return (
    <div className="filing-progress" role="status">
      <span>
        {t('progress.title')} <span className="faint">{text}</span>
      </span>
      <Bar
        percent={(100 * progress.done) / progress.of}
        showInfo={false}
        size="small"
        aria-label={text}
      />
    </div>
  );
}

export function LiveIndicator() {
  const { t } = useTranslation('shell');
  const state = useLiveState();
  return (
    <span className={`live live-${state}`} role="status" title={t(`live.${state}.text`)}>
      {state === 'lost' ? <Icon name="warning" size={14} /> : <span className="live-dot" />}
      <span className="live-word">{t(`live.${state}`)}</span>
    </span>
  );
}
