import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from './navigation.ts';

const CHORD_MS = 1200;

/** A key typed into a field is text, never a command. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `g` then a letter goes somewhere, `/` searches, `?` shows this list. */
export function Shortcuts({
  groups,
  isHelpOpen,
  onHelp,
}: {
  readonly groups: readonly Group[];
  readonly isHelpOpen: boolean;
  onHelp(open: boolean): void;
}) {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const chordUntil = useRef(0);
  const places = useMemo(() => groups.flatMap((group) => group.places), [groups]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') return onHelp(true);
      if (event.key === '/') {
        const field = document.querySelector<HTMLElement>('[data-quick-search]');
        if (field) {
          event.preventDefault();
          field.focus();
        }
        return;
      }
      const now = performance.now();
      if (event.key === 'g') {
        chordUntil.current = now + CHORD_MS;
        return;
      }
      if (now > chordUntil.current) return;
      chordUntil.current = 0;
      const place = places.find((candidate) => candidate.key === event.key);
      if (place) void navigate({ to: place.to });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [places, navigate, onHelp]);

  return (
    <Modal
      open={isHelpOpen}
      onCancel={() => onHelp(false)}
      footer={null}
      title={t('shortcuts.title')}
      width={440}
    >
      <dl className="shortcuts">
        {places.map(({ key, words, to }) =>
          key ? (
            <div key={to}>
              <dt>
                <kbd>g</kbd> <kbd>{key}</kbd>
              </dt>
              <dd>{t(words)}</dd>
            </div>
          ) : null,
        )}
        <div>
          <dt>
            <kbd>/</kbd>
          </dt>
          <dd>{t('shortcuts.search')}</dd>
        </div>
        <div>
          <dt>
            <kbd>↑</kbd> <kbd>↓</kbd>
          </dt>
          <dd>{t('shortcuts.rows')}</dd>
        </div>
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{t('shortcuts.help')}</dd>
        </div>
      </dl>
    </Modal>
  );
}
