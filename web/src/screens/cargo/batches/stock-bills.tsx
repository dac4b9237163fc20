import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  StockBill,
  StockBillResult,
} from '../../../../../src/contexts/cargo/batches/contract.ts';
import { upload } from '../../../parts/api.ts';
import { Ask } from '../../../parts/ask.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { useAsk } from '../../../parts/queries.ts';
import { RefusalList, Trouble } from '../../../parts/refusal-list.tsx';
import { Tag, type Tone } from '../../../parts/tag.tsx';
import { DropField } from '../drop-field.tsx';

const TONES: Record<StockBill['status'], Tone> = {
  issued: 'blue',
  passing: 'yellow',
  passed: 'green',
  cancelled: 'plain',
};
const STALE = ['/api/batches', '/api/stock-bills'];
const SHOWN = 12;

/** In/out-stock bills: lots drawn from the application, each on its way through a gate. */
export function StockBills({
  id,
  path,
  mayDraw,
}: {
  readonly id: string;
  readonly path: string;
  readonly mayDraw: boolean;
}) {
  const { t } = useTranslation('cargo');
  const { data } = useAsk<{ readonly rows: readonly StockBill[] }>(`${path}/stock-bills`);
  const rows = data?.rows ?? [];
  return (
    <Section title={t('stockBills.title')} aside={mayDraw ? <Draw id={id} /> : null}>
      {data && rows.length === 0 ? <p className="muted">{t('stockBills.none')}</p> : null}
      <ul className="answer-bills">
        {rows.slice(0, SHOWN).map((bill) => (
          <StockBillItem key={bill.id} bill={bill} mayCancel={mayDraw} />
        ))}
      </ul>
      {rows.length > SHOWN ? (
        <p className="faint">{t('answer.more', { count: rows.length - SHOWN })}</p>
      ) : null}
      {mayDraw ? <Workbook path={path} /> : null}
    </Section>
  );
}

function StockBillItem({
  bill,
  mayCancel,
}: {
  readonly bill: StockBill;
  readonly mayCancel: boolean;
}) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return (
    <li>
      <div className="tag-row">
        <b translate="no">{bill.id}</b>
        <Tag tone={TONES[bill.status]}>{t(`stockBill.status.${bill.status}`)}</Tag>
        {bill.kind === 'return' ? <Tag tone="plain">{t('stockBill.return')}</Tag> : null}
        <span className="faint">{format.moment(bill.issuedAt)}</span>
        {mayCancel && bill.status === 'issued' ? (
          <Ask
            button={t('stockBill.cancel')}
            stale={STALE}
            fields={[{ name: 'note', label: t('field.reason'), kind: 'long' }]}
            command={(body) => ({
              method: 'POST',
              path: `/api/stock-bills/${bill.id}/cancel`,
              body,
            })}
          />
        ) : null}
      </div>
      <p className="muted">
        {bill.lines
          .map(({ description, quantity, passed }) =>
            t('stockBill.line', {
              description,
              quantity: format.decimal(quantity),
              passed: format.decimal(passed),
            }),
          )
          .join(' · ')}
      </p>
    </li>
  );
}

/** `line, quantity, net, gross, packages`, one a line. */
const readLines = (text: string) =>
  text
    .split(/\n/)
    .map((line) => line.trim().split(/[\s,，;]+/))
    .filter(([lineNo]) => lineNo)
    .map(([lineNo, quantity = '', netMassKg = '', grossMassKg = '', packages]) => ({
      ...{ lineNo: Number(lineNo), quantity, netMassKg, grossMassKg },
      packages: Number(packages ?? 0),
    }));

function Draw({ id }: { readonly id: string }) {
  const { t } = useTranslation('cargo');
  return (
    <Ask
      button={t('stockBill.draw')}
      lead={t('stockBill.draw.lead')}
      stale={STALE}
      fields={[
        {
          name: 'id',
          label: t('field.stockBillId'),
          kind: 'text',
          initial: `CRK-${Date.now().toString(36).toUpperCase()}`,
        },
        {
          name: 'kind',
          label: t('column.kind'),
          kind: 'choice',
          initial: 'draw',
          options: [
            { value: 'draw', label: t('stockBill.draw') },
            { value: 'return', label: t('stockBill.return') },
          ],
        },
        { name: 'lines', label: t('field.lines'), kind: 'long', hint: t('field.stockLines.hint') },
      ]}
      command={({ lines = '', ...said }) => ({
        method: 'POST',
        path: '/api/stock-bills',
        body: { ...said, application: id, lines: readLines(lines) },
      })}
    />
  );
}

function Workbook({ path }: { readonly path: string }) {
  const { t } = useTranslation('cargo');
  const client = useQueryClient();
  const [answer, setAnswer] = useState<readonly StockBillResult[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = (file: File) => {
    setAnswer(null);
    setError(null);
    upload<{ results: StockBillResult[] }>(`${path}/stock-bills.xlsx`, file).then(({ results }) => {
      setAnswer(results);
      void client.invalidateQueries({
        predicate: ({ queryKey: [asked] }) => String(asked).startsWith('/api/batches'),
      });
    }, setError);
  };
  return (
    <details className="more">
      <summary>{t('stockBills.workbook')}</summary>
      <DropField accept=".xlsx" label={t('stockBills.drop')} onFile={take} />
      <p className="faint">{t('stockBills.formats')}</p>
      <Trouble error={error} />
      {answer ? (
        <ul className="answer-bills" role="status">
          {answer.map(({ id, outcome, problems }) => (
            <li key={id}>
              <p className="tag-row">
                <b translate="no">{id}</b>
                <Tag tone={outcome === 'issued' ? 'green' : 'red'}>
                  {t(`stockBill.outcome.${outcome}`)}
                </Tag>
              </p>
              {problems.length > 0 ? <RefusalList refusals={problems} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}
