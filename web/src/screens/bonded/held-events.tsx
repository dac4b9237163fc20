import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { HeldPage } from '../../../../src/contexts/bonded/books/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';

const SHOWN = 10;

/** Events that cannot be entered yet: each says what it takes. */
export function HeldEvents({ path }: { readonly path: string }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { sentence } = useMessages();
  const { data } = useAsk<z.infer<typeof HeldPage>>(`${path}/held`);
  const rows = data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('held.title', { count: rows.length })}>
      <p className="muted">{t('held.text')}</p>
      <ul className="plain-list">
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.event}>
            <b>{sentence(`event.bonded.${row.kind}`)}</b> <span translate="no">{row.event}</span>
            {row.order ? ` · ${t('order.of', { order: row.order })}` : ''} ·{' '}
            {format.moment(row.occurredAt)}
            <span className="cell-sub">
              {row.lines
                .map(({ part, quantity }) => `${part} ${format.decimal(quantity)}`)
                .join('，')}
            </span>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN ? (
        <p className="faint">{t('held.more', { count: rows.length - SHOWN })}</p>
      ) : null}
    </Section>
  );
}
