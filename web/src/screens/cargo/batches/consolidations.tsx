import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  Consolidation,
  ConsolidationPreview,
} from '../../../../../src/contexts/clearance/consolidation/contract.ts';
import { Ask } from '../../../parts/ask.tsx';
import { useFormat } from '../../../parts/format.ts';
import { MiniTable } from '../../../parts/mini-table.tsx';
import { Section } from '../../../parts/page.tsx';
import { useAsk } from '../../../parts/queries.ts';
import { RefusalList, Trouble } from '../../../parts/refusal-list.tsx';
import { Tag, type Tone } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';

type Preview = z.infer<typeof ConsolidationPreview>;
const TONES: Record<Consolidation['status'], Tone> = {
  planned: 'yellow',
  declared: 'green',
  partlyDeclared: 'yellow',
  returned: 'red',
  nothing: 'plain',
};

/** What has crossed and is not declared: how it would be declared, and what came of it. */
export function Consolidations({
  id,
  path,
  mayDeclare,
}: {
  readonly id: string;
  readonly path: string;
  readonly mayDeclare: boolean;
}) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const preview = useAsk<Preview>(`${path}/consolidation-preview`);
  const { data: done } = useAsk<{ readonly rows: readonly Consolidation[] }>(
    `${path}/consolidations`,
  );
  const { declarations = [] } = preview.data ?? {};
  const day = preview.data?.through ?? '';
  return (
    <Section
      title={t('consolidation.title')}
      aside={
        mayDeclare && declarations.length > 0 ? (
          <Ask
            isPrimary
            button={t('consolidation.declare')}
            lead={t('consolidation.declare.lead')}
            stale={['/api/batches', '/api/declarations']}
            fields={[{ name: 'through', label: t('field.through'), kind: 'day', initial: day }]}
            command={({ through = '' }) => ({
              method: 'POST',
              path: `${path}/consolidations`,
              body: {
                id: `${id}-${through.replaceAll('-', '')}-${done?.rows.length ?? 0}`,
                through,
              },
            })}
          />
        ) : null
      }
    >
      <Trouble error={preview.error} />
      {preview.data && declarations.length === 0 ? (
        <p className="muted">{t('consolidation.empty')}</p>
      ) : null}
      {declarations.map((declaration) => (
        <Planned key={declaration.currency} declaration={declaration} />
      ))}
      {done && done.rows.length > 0 ? (
        <>
          <h3>{t('consolidation.done')}</h3>
          <ul className="answer-bills">
            {done.rows.map((each) => (
              <li key={each.id}>
                <p className="tag-row">
                  <b translate="no">{each.id}</b>
                  <Tag tone={TONES[each.status]}>{t(`consolidation.${each.status}`)}</Tag>
                  <span className="faint">
                    {t('consolidation.through', {
                      on: format.date(each.through),
                      count: each.movements,
                    })}
                  </span>
                </p>
                {each.declarations.map((declaration) => (
                  <div key={declaration.id}>
                    <p className="tag-row">
                      <Link to="/declarations/$id" params={{ id: declaration.id }} translate="no">
                        {declaration.number ?? declaration.id}
                      </Link>
                      {format.money(declaration.totalValue, declaration.currency)}
                    </p>
                    {declaration.problems.length > 0 ? (
                      <RefusalList refusals={declaration.problems} />
                    ) : null}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Section>
  );
}

/** One declaration as it would be built. */
function Planned({ declaration }: { readonly declaration: Preview['declarations'][number] }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { currency, totalValue, grossMassKg, packages, lines } = declaration;
  return (
    <MiniTable
      caption={t('consolidation.title')}
      heading={t('consolidation.preview', {
        value: format.money(totalValue, currency),
        mass: format.decimal(grossMassKg, 'kg'),
        count: packages,
      })}
      rows={lines}
      rowKey={(line) => `${line.hsCode}${line.description}${line.originCountry}${line.unitPrice}`}
      columns={[
        {
          id: 'goods',
          title: t('column.goods'),
          isName: true,
          render: (line) => (
            <TwoLines
              under={
                <>
                  {line.hsCode} · {line.originCountry}
                </>
              }
              isCode
            >
              {line.description}
            </TwoLines>
          ),
        },
        {
          id: 'quantity',
          title: t('column.amount'),
          align: 'end',
          render: (line) => format.decimal(line.quantity),
        },
        {
          id: 'value',
          title: t('column.value'),
          align: 'end',
          render: (line) => format.money(line.value, currency),
        },
        {
          id: 'movements',
          title: t('column.movements'),
          align: 'end',
          render: (line) => line.movements,
        },
      ]}
    />
  );
}
