import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../src/kernel/refusal.ts';
import { isRefused } from './api.ts';
import { Icon } from './icon.tsx';
import { useMessages } from './messages.ts';

/** A refusal as it comes over the wire, where a member may be said to be undefined. */
type Shown = { readonly code: string } & {
  readonly [Key in Exclude<keyof Refusal, 'code'>]?: Refusal[Key] | undefined;
};

interface Fields {
  /** The reader's name for a path such as `lines[2].hsCode`. */
  readonly fieldLabel?: (path: string) => string;
  /** Lets the reader jump to the field. */
  readonly onField?: (path: string) => void;
}

/** Every problem at once: which field, the value seen, what is wrong and what to do, on what basis. */
export function RefusalList({
  refusals,
  ...fields
}: { readonly refusals: readonly Shown[] } & Fields) {
  const { t } = useTranslation('parts');
  return (
    <ul className="refusals">
      {refusals.map((refusal, index) => {
        const { code, path, seen, legalBasis, severity = 'error' } = refusal;
        return (
          <li
            key={`${code} ${path ?? ''} ${String(index)}`}
            className={`refusal refusal-${severity}`}
          >
            <Icon name={severity === 'error' ? 'error' : 'warning'} />
            <div>
              <p>
                <span className="visually-hidden">{t(`refusal.${severity}`)}</span>
                <Sentence refusal={refusal} {...fields} />
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

/** The sentence names its field once: where it says `{path}`, or else in front. */
function Sentence({ refusal, fieldLabel, onField }: { readonly refusal: Shown } & Fields) {
  const { t } = useTranslation('parts');
  const { sentence } = useMessages();
  const { code, path, seen = '', params } = refusal;
  const name = path ? (fieldLabel?.(path) ?? path) : '';
  const operation = params?.operation;
  const said =
    typeof operation === 'string'
      ? { operation: sentence(`operation.${operation}`, {}, operation) }
      : {};
  const text = sentence(code, { path: name, seen, ...params, ...said });
  if (!path) return <>{text}</>;
  const at = text.indexOf(name);
  const field = onField ? (
    <button type="button" className="link-button" onClick={() => onField(path)}>
      {name}
    </button>
  ) : (
    <strong>{name}</strong>
  );
  return at < 0 ? (
    <>
      {field}
      {t('refusal.colon')}
      {text}
    </>
  ) : (
    <>
      {text.slice(0, at)}
      {field}
      {text.slice(at + name.length)}
    </>
  );
}

/** What went wrong, announced to screen readers as it appears; with another try where that can help. */
export function Trouble({
  error,
  onRetry,
  ...fields
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
} & Fields) {
  const { t } = useTranslation('parts');
  if (!error) return null;
  const refusals = isRefused(error)
    ? error.refusals
    : [{ code: 'web.unexpected', params: { status: 0 } }];
  return (
    <div role="alert" className="trouble">
      <RefusalList refusals={refusals} {...fields} />
      {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
    </div>
  );
}
