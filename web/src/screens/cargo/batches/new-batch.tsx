import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Batch } from '../../../../../src/contexts/cargo/batches/contract.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { useCommand, useMe } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { BatchHeadFields } from './head-fields.tsx';
import { LineFields } from './line-fields.tsx';
import { EMPTY, EMPTY_LINE, type Typed, toApplication } from './typed.ts';
import '../cargo.css';

/** An enterprise applies to move some goods in batches and to declare them together. */
export function NewBatchScreen() {
  const { t } = useTranslation('cargo');
  const me = useMe();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<Typed>({
    ...EMPTY,
    id: `SB-${Date.now().toString(36).toUpperCase()}`,
    domesticUscc: me?.organisation.id ?? '',
    domesticName: me?.organisation.nameZh ?? '',
  });
  const give = useCommand<Typed, Batch>(
    (said) => ({ method: 'POST', path: '/api/batches', body: toApplication(said) }),
    ['/api/batches'],
  );
  const change = (patch: Partial<Typed>) => setTyped((old) => ({ ...old, ...patch }));
  return (
    <Page title={t('batches.new')} lead={t('batches.new.lead')}>
      <Section title={t('batch.head')}>
        <BatchHeadFields typed={typed} onChange={change} />
      </Section>
      <Section
        title={t('batch.lines')}
        aside={
          <Button onClick={() => change({ lines: [...typed.lines, EMPTY_LINE] })}>
            {t('batch.addLine')}
          </Button>
        }
      >
        {typed.lines.map((line, index) => (
          <LineFields
            // Lines have no name of their own until they are sent: their place is what they are called.
            key={String(index)}
            number={index + 1}
            line={line}
            onChange={(patch) =>
              change({
                lines: typed.lines.map((each, at) => (at === index ? { ...each, ...patch } : each)),
              })
            }
            {...(typed.lines.length > 1
              ? { onRemove: () => change({ lines: typed.lines.filter((_, at) => at !== index) }) }
              : {})}
          />
        ))}
      </Section>
      <Section title={t('passport.apply')}>
        <p className="muted">{t('batch.apply.lead')}</p>
        <div className="button-row">
          <Button
            type="primary"
            loading={give.isPending}
            onClick={() =>
              give.mutate(typed, {
                onSuccess: ({ id }) => void navigate({ to: '/batches/$id', params: { id } }),
              })
            }
          >
            {t('passport.apply')}
          </Button>
        </div>
        <Trouble error={give.error} />
      </Section>
    </Page>
  );
}
