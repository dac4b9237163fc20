import type { ReactNode } from 'react';

/** What a cell says, and under it, smaller, what tells its row from its neighbours; nothing under it where nothing is known. */
export function TwoLines({
  children,
  under,
  isCode = false,
  isWhole = false,
}: {
  readonly children: ReactNode;
  readonly under: ReactNode;
  /** The second line is a number or a code: no translator may touch it. */
  readonly isCode?: boolean;
  /** The second line is not broken. */
  readonly isWhole?: boolean;
}) {
  return (
    <>
      {children}
      {under ? (
        <span
          className={isWhole ? 'cell-sub cell-nowrap' : 'cell-sub'}
          {...(isCode ? { translate: 'no' } : {})}
        >
          {under}
        </span>
      ) : null}
    </>
  );
}
