import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A table that may be wider than the page: it scrolls by itself, by keyboard too. */
export function ScrollX({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('parts');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="scroll-x" aria-label={t('scroll.label', { label })} tabIndex={0}>
      {children}
    </section>
  );
}
