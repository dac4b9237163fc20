import { useTranslation } from 'react-i18next';
import type { GateBoard, GateWork } from '../../../../../src/contexts/cargo/gates/contract.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { useMay } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { Choice } from '../bills/filters.tsx';
import { usePassportColumns } from '../passports/passports.tsx';
import { useZones } from '../passports/zones.ts';
import { useWatch } from '../watch.ts';
import { useReadingColumns } from './columns.tsx';
import { OfflineGate } from './offline.tsx';
import { Waiting } from './waiting.tsx';
import '../cargo.css';

/** The live board of the gates: who waits, what passed last, and what a gate does while it is alone. */
export function GatesScreen() {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  const [{ gate }] = useUrlState();
  const gates = useZones().flatMap((zone) => zone.gates);
  const { data, error, isLoading, refetch } = useWatch<GateBoard>('/api/gates/board', { gate });
  const work = useWatch<GateWork>('/api/gates/work-list', {}, may('cargo.decidePassport'));
  const atPost = work.data?.passports ?? [];
  const passportColumns = usePassportColumns();
  return (
    <Page
      wide
      title={t('gates.title')}
      lead={t('gates.lead')}
      actions={
        <div className="gate-choice">
          <Choice
            name="gate"
            label={t('column.gate')}
            options={gates.map(({ id, label }) => ({ value: id, label: format.label(label) }))}
          />
        </div>
      }
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      <Section title={t('gates.waiting', { count: data?.waiting.length ?? 0 })}>
        <Waiting readings={data?.waiting} />
      </Section>
      {atPost.length > 0 ? (
        <Section title={t('gates.atPost', { count: atPost.length })} plain>
          <DataTable
            caption={t('gates.atPost', { count: atPost.length })}
            columns={passportColumns}
            rows={atPost}
            rowKey={(row) => row.number}
            empty={null}
          />
        </Section>
      ) : null}
      <Section title={t('gates.latest')} plain>
        <DataTable
          caption={t('gates.latest')}
          columns={useReadingColumns()}
          rows={data?.latest}
          rowKey={(row) => row.id}
          isLoading={isLoading}
          empty={
            <EmptyState icon="gate" title={t('gates.empty')}>
              {t('gates.empty.text')}
            </EmptyState>
          }
        />
      </Section>
      {may('cargo.readAtGate') ? <OfflineGate gate={gate ?? null} /> : null}
    </Page>
  );
}
