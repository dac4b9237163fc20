import { type ReactNode, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';

/** The head of every screen: its one `h1`, a sentence that says what it is for, and its actions. */
export function Page({
  title,
  lead,
  actions,
  children,
  wide = false,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Lists use the whole width; pages to be read keep a measure. */
  readonly wide?: boolean;
}) {
  const { t } = useTranslation('shell');
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <header className="page-head">
        <div className="page-title">
          <h1>{title}</h1>
          {lead ? <p className="lead">{lead}</p> : null}
        </div>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page, on its own sheet. */
export function Section({
  title,
  aside,
  children,
  plain = false,
}: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Without the sheet, for content that brings its own. */
  readonly plain?: boolean;
}) {
  const id = useId();
  return (
    <section className={plain ? 'section' : 'section sheet'} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {aside ? <div className="section-aside">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}

/** Names and values, two columns that become one on a phone. */
export function Pairs({
  items,
}: {
  readonly items: readonly {
    readonly name: string;
    readonly value: ReactNode;
    /** Takes the whole width, for hashes and sentences. */
    readonly isWide?: boolean;
  }[];
}) {
  return (
    <dl className="pairs">
      {items.map(({ name, value, isWide = false }) => (
        <div key={name} className={isWide ? 'pair-wide' : undefined}>
          <dt>{name}</dt>
          <dd>{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Codes, ids and hashes: monospaced, breakable, and never translated. */
export function Code({ children }: { readonly children: ReactNode }) {
  return (
    <code className="code" translate="no">
      {children}
    </code>
  );
}
