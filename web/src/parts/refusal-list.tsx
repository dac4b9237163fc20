import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../src/kernel/refusal.ts';
import { isRefused } from './api.ts';
import { Icon } from './icon.tsx';
import { useMessages } from './messages.ts';

/** Every problem at once: which field, the value seen, what is wrong and what to do, on what basis. */
export function RefusalList({
  refusals,
  fieldLabel,
  onField,
}: {
  readonly refusals: readonly Refusal[];
  /** The reader's name for a path such as `lines[2].hsCode`. */
  readonly fieldLabel?: (path: string) => string;
  /** Lets the reader jump to the field. */
  readonly onField?: (path: string) => void;
}) {
  const { t } = useTranslation('parts');
  const { sentence } = useMessages();
  return (
    <ul className="refusals">
      {refusals.map((refusal, index) => {
        const { code, path, seen, params, legalBasis, severity = 'error' } = refusal;
        const name = path ? (fieldLabel?.(path) ?? path) : null;
        return (
          <li
            key={`${code} ${path ?? ''} ${String(index)}`}
            className={`refusal refusal-${severity}`}
          >
            <Icon name={severity === 'error' ? 'error' : 'warning'} />
            <div>
              <p>
                <span className="visually-hidden">{t(`refusal.${severity}`)}</span>
                {name && onField && path ? (
                  <button type="button" className="link-button" onClick={() => onField(path)}>
                    {name}
                  </button>
                ) : name ? (
                  <strong>{name}</strong>
                ) : null}
                {name ? t('refusal.colon') : null}
                {sentence(code, params)}
              </p>
              {seen !== undefined || legalBasis ? (
                <p className="faint">
                  {seen === undefined ? null : (
                    <span>
                      {t('refusal.seen')} <code translate="no">{seen === '' ? '∅' : seen}</code>
                    </span>
                  )}
                  {legalBasis ? <span>{t('refusal.basis', { basis: legalBasis })}</span> : null}
                </p>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** What went wrong, announced to screen readers as it appears; with another try where that can help. */
export function Trouble({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
}) {
  const { t } = useTranslation('parts');
  if (!error) return null;
  const refusals = isRefused(error)
    ? error.refusals
    : [{ code: 'web.unexpected', params: { status: 0 } }];
  return (
    <div role="alert" className="trouble">
      <RefusalList refusals={refusals} />
      {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
    </div>
  );
}
