import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  FilingRow,
  FilingRowPage,
  Stated,
} from '../../../../src/contexts/bonded/writeoff/contract.ts';
import { Ask, type AskField, type Said } from '../../parts/ask.tsx';
import { useAsk } from '../../parts/queries.ts';

/** Parts an officer states values of in one decision; of more, the filing is better returned. */
const STATED_MAX = 20;
const STATED = ['value', 'origin', 'hsCode'] as const;

/** Decides a filing. For each part whose duty could not be computed, the officer states what is missing. */
export function Decide({ path, stale }: { readonly path: string; readonly stale: string[] }) {
  const { t } = useTranslation('bonded');
  const { data } = useAsk<z.infer<typeof FilingRowPage>>(`${path}/rows`, {
    ...{ only: 'short', limit: 500 },
  });
  const wanting = (data?.rows ?? []).filter(({ missing }) => missing.length > 0);
  const asked = wanting.slice(0, STATED_MAX);
  const fields: AskField[] = [
    {
      name: 'decision',
      label: t('filing.decision'),
      kind: 'choice',
      options: (['writeOff', 'return'] as const).map((value) => ({
        value,
        label: t(`filing.decision.${value}`),
      })),
    },
    { name: 'note', label: t('filing.note'), kind: 'long' },
    ...asked.flatMap((row) =>
      STATED.map(
        (what): AskField => ({
          name: nameOf(row, what),
          label: t(`filing.stated.${what}`, { part: row.part }),
          kind: what === 'value' ? 'amount' : 'text',
          isOptional: true,
          ...(what === 'hsCode' && row.hsCode !== null && { hint: row.hsCode }),
        }),
      ),
    ),
  ];
  return (
    <Ask
      isPrimary
      button={t('filing.decide')}
      lead={
        <>
          {t('filing.decide.lead')}
          {asked.length > 0 ? ` ${t('filing.stated.lead', { count: wanting.length })}` : null}
        </>
      }
      stale={stale}
      fields={fields}
      command={(said) => ({
        method: 'POST',
        path: `${path}/decide`,
        body: {
          ...{ decision: said.decision, note: said.note },
          stated: asked.flatMap((row) => statedOf(row, said)),
        },
      })}
    />
  );
}

const nameOf = ({ part }: FilingRow, what: (typeof STATED)[number]): string => `${what} ${part}`;

/** What was said of one part; nothing where nothing was. The decision's note is the reason. */
function statedOf(row: FilingRow, said: Said): Stated[] {
  const own = Object.fromEntries(
    STATED.flatMap((what) => {
      const value = said[nameOf(row, what)];
      return value ? [[what, value]] : [];
    }),
  );
  if (Object.keys(own).length === 0) return [];
  return [{ part: row.part, reason: said.note ?? '', ...own }];
}
