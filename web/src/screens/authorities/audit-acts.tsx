import { useTranslation } from 'react-i18next';
import type {
  Audit,
  Correction,
  Difference,
} from '../../../../src/contexts/clearance/audits/contract.ts';
import type { DeclarationDetail } from '../../../../src/contexts/clearance/contract.ts';
import { Ask } from '../../parts/ask.tsx';
import { portDay } from '../../parts/format.ts';
import { useAsk } from '../../parts/queries.ts';
import { differencesOf, useDifferenceFields } from './audit-openings.tsx';
import { correctionOf } from './correction.ts';

const STALE = ['/api/audits'];

/** What an officer does with an audit: asks for documents by a day, and concludes. */
export function AuditActs({ audit, path }: { readonly audit: Audit; readonly path: string }) {
  const { t } = useTranslation('authorities');
  return (
    <>
      {audit.allowed.includes('ask') ? (
        <Ask
          button={t('audit.ask')}
          lead={t('audit.ask.lead')}
          stale={STALE}
          fields={[
            {
              name: 'kind',
              label: t('field.request'),
              kind: 'choice',
              initial: 'documents',
              options: (
                [
                  'documents',
                  'supplementPrice',
                  'supplementClassification',
                  'supplementOrigin',
                ] as const
              ).map((value) => ({ value, label: t(`request.${value}`) })),
            },
            { name: 'items', label: t('field.items'), hint: t('field.items.hint'), kind: 'long' },
            { name: 'dueOn', label: t('column.due'), kind: 'day', initial: portDay(10) },
          ]}
          command={({ items = '', ...said }) => ({
            method: 'POST',
            path: `${path}/requests`,
            body: {
              id: `${audit.id}-Q${audit.requests.length + 1}`.slice(0, 64),
              ...said,
              items: items
                .split('\n')
                .map((line) => line.trim())
                .filter(Boolean),
            },
          })}
        />
      ) : null}
      {audit.allowed.includes('conclude') ? <Conclude audit={audit} path={path} /> : null}
    </>
  );
}

/** The conclusion. Of one declaration the duty is computed anew from what was found; of several an officer reviews it. */
function Conclude({ audit, path }: { readonly audit: Audit; readonly path: string }) {
  const { t } = useTranslation('authorities');
  const differences = useDifferenceFields(true);
  const [only] = audit.declarations;
  const isOne = audit.declarations.length === 1;
  const { data } = useAsk<DeclarationDetail>(
    `/api/declarations/${encodeURIComponent(only ?? '')}`,
    {},
    isOne,
  );
  const corrections = (found: readonly Difference[], duty: string): Correction[] => {
    const [difference] = found;
    if (duty === 'none' || !isOne || !data || !difference) return [];
    const correction = correctionOf(data.declaration.content, difference);
    return correction ? [correction] : [];
  };
  return (
    <Ask
      isPrimary
      button={t('audit.conclude')}
      lead={t('audit.conclude.lead')}
      stale={[...STALE, '/api/duty']}
      fields={[
        {
          name: 'result',
          label: t('field.result'),
          kind: 'choice',
          options: (['conforms', 'differs'] as const).map((value) => ({
            value,
            label: t(`audit.result.${value}`),
          })),
        },
        { name: 'statement', label: t('field.statement'), kind: 'long' },
        ...differences,
        {
          name: 'duty',
          label: t('field.duty'),
          hint: t(isOne ? 'field.duty.anew' : 'field.duty.byOfficer'),
          kind: 'choice',
          initial: 'none',
          options: (['none', 'supplementary', 'refund'] as const).map((value) => ({
            value,
            label: t(`audit.duty.${value}`),
          })),
        },
        {
          name: 'mitigation',
          label: t('field.mitigation'),
          kind: 'choice',
          initial: 'none',
          options: (['none', 'lighter', 'reduced', 'notPunished'] as const).map((value) => ({
            value,
            label: t(`audit.mitigation.${value}`),
          })),
        },
      ]}
      command={({ result, statement, duty = 'none', mitigation, ...said }) => {
        const found = result === 'differs' ? differencesOf(audit.declarations, said) : [];
        return {
          method: 'POST',
          path: `${path}/conclusion`,
          body: {
            ...{ result, statement, duty, mitigation },
            ...{ differences: found, corrections: corrections(found, duty) },
          },
        };
      }}
    />
  );
}

/** The enterprise replies; an officer may give it more days, with the reason. */
export function RequestActs({
  request,
  path,
  allowed,
}: {
  readonly request: Audit['requests'][number];
  readonly path: string;
  readonly allowed: Audit['allowed'];
}) {
  const { t } = useTranslation('authorities');
  return (
    <p className="ask-row">
      {allowed.includes('reply') ? (
        <Ask
          isPrimary
          button={t('audit.reply')}
          lead={t('audit.reply.lead')}
          stale={STALE}
          fields={[{ name: 'statement', label: t('field.statement'), kind: 'long' }]}
          command={(body) => ({
            method: 'POST',
            path: `${path}/replies`,
            body: { request: request.id, ...body },
          })}
        />
      ) : null}
      {allowed.includes('extend') ? (
        <Ask
          button={t('audit.extend')}
          stale={STALE}
          fields={[
            { name: 'dueOn', label: t('column.due'), kind: 'day', initial: request.dueOn },
            { name: 'reason', label: t('field.reason'), kind: 'long' },
          ]}
          command={(body) => ({
            method: 'POST',
            path: `${path}/extension`,
            body: { request: request.id, ...body },
          })}
        />
      ) : null}
    </p>
  );
}
