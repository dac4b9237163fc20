import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../../src/contexts/messages/inbox/contract.ts';
import { bringIntoSight } from './bring-into-sight.ts';
import { type Mark, piecesOf, type RawRow, rowsOf } from './raw-rows.ts';

/** Rows that are laid out together: what is far out of sight costs nothing. */
const BLOCK_ROWS = 100;

/** A message as it came, with numbered rows and its problems marked. The selected one is brought into sight. */
export function RawText({
  view,
  selected,
}: {
  readonly view: Pick<MessageView, 'raw' | 'rawIsWhole' | 'syntax' | 'problems'>;
  readonly selected: number | null;
}) {
  const { t } = useTranslation('messages');
  const { raw, syntax, problems } = view;
  const pane = useRef<HTMLElement>(null);
  const blocks = useMemo(() => blocksOf(rowsOf(raw, syntax)), [raw, syntax]);
  const marks = useMemo(
    () =>
      problems.flatMap(({ place, severity }, n): Mark[] =>
        place ? [{ ...place, look: n === selected ? 'selected' : (severity ?? 'error') }] : [],
      ),
    [problems, selected],
  );
  useEffect(() => {
    if (selected !== null) bringIntoSight(pane.current, '.raw-selected');
  }, [selected]);
  return (
    <section
      ref={pane}
      className="raw scroll"
      aria-label={t('side.raw')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      {blocks.map((rows) => (
        <div key={rows[0]?.from} className="raw-block">
          {rows.map((row) => (
            <div key={row.from} className="raw-row">
              <span className="raw-number" aria-hidden="true">
                {row.number}
              </span>
              <code translate="no">
                {piecesOf(raw, row, marks).map(({ from, text, look }) =>
                  look === null ? (
                    text
                  ) : (
                    <mark key={from} className={`raw-${look}`}>
                      {text}
                    </mark>
                  ),
                )}
              </code>
            </div>
          ))}
        </div>
      ))}
      {view.rawIsWhole ? null : <p className="raw-cut">{t('raw.cut')}</p>}
    </section>
  );
}

function blocksOf(rows: readonly RawRow[]): readonly (readonly RawRow[])[] {
  return Array.from({ length: Math.ceil(rows.length / BLOCK_ROWS) }, (_, n) =>
    rows.slice(n * BLOCK_ROWS, (n + 1) * BLOCK_ROWS),
  );
}
