import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Declaration,
  DeclarationContent,
  Line,
} from '../../../../../src/contexts/clearance/contract.ts';
import { CodeName, type ReferenceTable } from '../../../parts/code-select.tsx';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Code, Pairs, Section } from '../../../parts/page.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import type { Word } from '../words.ts';

/** What was declared, as it was declared. */
export function Content({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { content } = declaration;
  return (
    <>
      <Section title={t('content.lines')} plain>
        <Lines content={content} />
      </Section>
      <Section title={t('content.head')}>
        <Header content={content} on={declaration.filedAt?.slice(0, 10)} />
      </Section>
      <Section title={t('content.parties')}>
        <Parties parties={content.parties} />
      </Section>
      {content.documents.length + content.licences.length > 0 ? (
        <Section title={t('content.papers')}>
          <Papers content={content} />
        </Section>
      ) : null}
    </>
  );
}

function Header({
  content,
  on,
}: {
  readonly content: DeclarationContent;
  readonly on: string | undefined;
}) {
  const { t } = useTranslation('clearance');
  const format = useFormat();
  const { transport, packages } = content;
  const coded = (word: Word, table: ReferenceTable, code: string | null) => ({
    name: t(word),
    value: <CodeName table={table} code={code} {...(on ? { on } : {})} />,
  });
  const plain = (word: Word, value: ReactNode) => ({ name: t(word), value: value ?? '—' });
  return (
    <Pairs
      items={[
        plain('field.filing', t(`filing.${content.filing}`)),
        plain('field.ieFlag', t(`ie.${content.ieFlag}`)),
        coded('field.declarationOffice', 'customs_office', content.declarationOffice),
        coded('field.borderOffice', 'customs_office', content.borderOffice),
        coded('field.examinationOffice', 'customs_office', content.examinationOffice),
        coded('field.supervisionMode', 'supervision_mode', content.supervisionMode),
        coded('field.levyNature', 'levy_nature', content.levyNature),
        coded('field.tradeTerms', 'trade_terms', content.tradeTerms),
        coded('field.transport.mode', 'transport_mode', transport.mode),
        plain('field.transport.conveyance', transport.conveyance),
        plain('field.transport.voyageNo', transport.voyageNo),
        plain('field.transport.transportDocNo', transport.transportDocNo),
        coded('field.transport.partnerCountry', 'country', transport.partnerCountry),
        plain('field.transport.date', format.date(transport.date)),
        coded('field.packages.kind', 'package_kind', packages.kind),
        plain('field.packages.count', format.number(packages.count)),
        plain('field.grossMassKg', format.decimal(content.grossMassKg)),
        plain('field.netMassKg', format.decimal(content.netMassKg)),
        plain('field.totalValue', format.money(content.totalValue, content.currency)),
        plain('field.freight', format.money(content.freight, content.currency)),
        plain('field.insurance', format.money(content.insurance, content.currency)),
        plain('field.remarks', content.remarks),
      ]}
    />
  );
}

const CHAIN = [
  'overseas',
  'carrier',
  'forwarder',
  'terminal',
  'declarant',
  'domestic',
  'owner',
] as const;

/** The chain as the goods travel it, from abroad to whoever uses them; only those that were named. */
function Parties({ parties }: { readonly parties: DeclarationContent['parties'] }) {
  const { t } = useTranslation('clearance');
  return (
    <ol className="chain">
      {CHAIN.map((role) => {
        const party = parties[role];
        if (!party?.name && !party?.uscc) return null;
        return (
          <li key={role}>
            <span className="faint">{t(`party.${role}`)}</span>
            <span className="chain-name">{party.name ?? '—'}</span>
            {party.uscc ? <Code>{party.uscc}</Code> : null}
            {party.country ? <CodeName table="country" code={party.country} /> : null}
          </li>
        );
      })}
    </ol>
  );
}

function Papers({ content }: { readonly content: DeclarationContent }) {
  const { t } = useTranslation('clearance');
  return (
    <ul className="papers">
      {content.licences.map(({ kind, number }, index) => (
        <li key={`l${String(index)}`}>
          <span className="faint">{t('content.licence')}</span>
          <CodeName table="licence_kind" code={kind} /> <Code>{number ?? '—'}</Code>
        </li>
      ))}
      {content.documents.map(({ kind, number }, index) => (
        <li key={`d${String(index)}`}>
          <span className="faint">{t('content.document')}</span>
          <CodeName table="document_kind" code={kind} /> <Code>{number ?? '—'}</Code>
        </li>
      ))}
    </ul>
  );
}

function Lines({ content }: { readonly content: DeclarationContent }) {
  const { t } = useTranslation('clearance');
  const format = useFormat();
  const columns: readonly Column<Line>[] = [
    {
      id: 'lineNo',
      title: t('field.lines[].lineNo'),
      isName: true,
      render: (line) => line.lineNo,
    },
    {
      id: 'description',
      title: t('field.lines[].description'),
      render: (line) => (
        <TwoLines
          under={
            <>
              <Code>{line.hsCode ?? '—'}</Code>
              {line.specification ? ` ${line.specification}` : null}
            </>
          }
        >
          {line.description ?? '—'}
        </TwoLines>
      ),
    },
    {
      id: 'origin',
      title: t('field.lines[].originCountry'),
      render: (line) => (
        <TwoLines
          under={line.preference ? t('content.preference', { code: line.preference }) : null}
        >
          <CodeName table="country" code={line.originCountry} />
        </TwoLines>
      ),
    },
    {
      id: 'quantity',
      title: t('field.lines[].quantity'),
      align: 'end',
      render: (line) => (
        <TwoLines under={t('content.net', { mass: format.decimal(line.netMassKg) })}>
          {format.decimal(line.quantity)} <CodeName table="unit" code={line.unit} />
        </TwoLines>
      ),
    },
    {
      id: 'value',
      title: t('field.lines[].value'),
      align: 'end',
      render: (line) => (
        <TwoLines under={t('content.price', { price: format.decimal(line.unitPrice) })}>
          {format.money(line.value, content.currency)}
        </TwoLines>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('content.lines')}
      columns={columns}
      rows={content.lines}
      rowKey={(line) => String(line.lineNo)}
      empty={<p className="muted content-none">{t('content.noLines')}</p>}
    />
  );
}
