import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PermitResult } from '../../../../src/contexts/clearance/permits/contract.ts';
import { type ApiRefused, put } from '../../parts/api.ts';
import { useFormat } from '../../parts/format.ts';
import { Section } from '../../parts/page.tsx';
import { RefusalList, Trouble } from '../../parts/refusal-list.tsx';
import { DropField } from '../cargo/drop-field.tsx';
import '../cargo/cargo.css';

const SHOWN_MAX = 20;

/** A whole register in one file: each row has its own answer, and loading it again changes nothing. */
export function PermitLoad() {
  const { t } = useTranslation('authorities');
  const { number } = useFormat();
  const client = useQueryClient();
  const load = useMutation<{ results: PermitResult[] }, ApiRefused, File>({
    mutationFn: (file) => put('/api/permits/table', file),
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          typeof path === 'string' && path.startsWith('/api/permits'),
      }),
  });
  const results = load.data?.results ?? [];
  const count = (outcome: PermitResult['outcome']) =>
    number(results.filter((result) => result.outcome === outcome).length);
  const refused = results.filter(({ outcome }) => outcome === 'refused');
  return (
    <Section title={t('load.title')}>
      <DropField
        accept=".csv,.xlsx"
        label={t('load.file')}
        onFile={(file) => {
          if (!load.isPending) load.mutate(file);
        }}
      />
      <p className="faint">{t('load.hint')}</p>
      <div role="status">
        {load.isSuccess ? (
          <p>
            {t('load.done', {
              issued: count('issued'),
              known: count('known'),
              refused: count('refused'),
              matched: number(results.flatMap(({ matched }) => matched).length),
            })}
          </p>
        ) : null}
      </div>
      {refused.slice(0, SHOWN_MAX).map((result) => (
        <div key={result.id}>
          <b translate="no">{result.id}</b>
          <RefusalList
            refusals={result.problems.map((problem) => ({
              ...problem,
              params: { ...problem.params },
            }))}
          />
        </div>
      ))}
      <Trouble error={load.error} />
    </Section>
  );
}
