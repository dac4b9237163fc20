import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../../../src/contexts/cases/contract.ts';
import type {
  Declaration,
  ExaminationRecord,
} from '../../../../../src/contexts/clearance/contract.ts';
import { CodeName } from '../../../parts/code-select.tsx';
import { useFormat } from '../../../parts/format.ts';
import { useMessages } from '../../../parts/messages.ts';
import { Code, Pairs, Section } from '../../../parts/page.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { Photograph } from './photograph.tsx';

type Examination = Declaration['examinations'][number];

/** What was ordered, what was found, which cases it opened and what was decided. */
export function Examinations({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { moment } = useFormat();
  const { disposition, caseIds } = declaration;
  return (
    <Section
      title={t('examinations.title')}
      aside={
        caseIds.length > 0 ? (
          <span className="record-cases">
            {caseIds.map((id) => (
              <Link key={id} to="/cases/$id" params={{ id }}>
                {t('examinations.case', { id })}
              </Link>
            ))}
          </span>
        ) : null
      }
    >
      {[...declaration.examinations].reverse().map((examination) => (
        <ExaminationItem key={examination.id} examination={examination} />
      ))}
      {disposition ? (
        <p className="disposed">
          <b>{t(`disposition.${disposition.disposition}`)}</b>
          <span className="muted">
            {t('examinations.disposed', { at: moment(disposition.at) })}{' '}
            {disposition.carriedOutAt
              ? t('first.carriedOut', { at: moment(disposition.carriedOutAt) })
              : t('first.notCarriedOut')}
          </span>
        </p>
      ) : null}
    </Section>
  );
}

function ExaminationItem({ examination }: { readonly examination: Examination }) {
  const { t } = useTranslation('clearance');
  const { moment } = useFormat();
  const { record, recordedAt, orderedAt, office, samplesAwaiting } = examination;
  return (
    <article className="examination">
      <p className="examination-head">
        <Code>{examination.id}</Code>
        <CodeName table="customs_office" code={office} />
        <span className="faint">
          {recordedAt
            ? t('examinations.recorded', { at: moment(recordedAt) })
            : t('examinations.ordered', { at: moment(orderedAt) })}
        </span>
        {record === null ? (
          <Tag tone="yellow" icon="clock">
            {t('examinations.pending')}
          </Tag>
        ) : null}
        {samplesAwaiting.length > 0 ? (
          <Tag tone="yellow" icon="clock">
            {t('examinations.awaiting', { samples: samplesAwaiting.join(' · ') })}
          </Tag>
        ) : null}
      </p>
      {record ? <Recorded record={record} /> : null}
    </article>
  );
}

function Recorded({ record }: { readonly record: ExaminationRecord }) {
  const { t } = useTranslation('clearance');
  const { t: tp } = useTranslation('parts');
  const list = (items: readonly string[]) => items.join(tp('listComma')) || '—';
  const { attendance } = record;
  return (
    <>
      <Findings findings={record.findings} />
      {record.note ? <p className="examination-note">{record.note}</p> : null}
      <Pairs
        items={[
          {
            name: t('field.methods'),
            value: list(record.methods.map((method) => t(`method.${method}`))),
          },
          { name: t('field.officers'), value: list(record.officers) },
          {
            name: t('field.attendance'),
            value: attendance.name
              ? t('examinations.attended', {
                  name: attendance.name,
                  signature: attendance.signature ?? '—',
                })
              : t('examinations.absent', { reason: attendance.absentReason ?? '—' }),
          },
          { name: t('field.sealsRemoved'), value: list(record.sealsRemoved) },
          { name: t('field.sealsApplied'), value: list(record.sealsApplied) },
          {
            name: t('field.samples'),
            value: list(record.samples.map(({ id, laboratory }) => `${id} → ${laboratory || '—'}`)),
          },
        ]}
      />
      {record.photographs.length > 0 ? (
        <div className="photographs">
          {record.photographs.map((id, index) => (
            <Photograph key={id} id={id} label={t('photo.number', { number: index + 1 })} />
          ))}
        </div>
      ) : null}
    </>
  );
}

const SEVERITY_LOOKS = {
  minor: ['yellow', 'info'],
  serious: ['red', 'warning'],
  critical: ['red', 'error'],
} as const;

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation('clearance');
  const { decimal } = useFormat();
  const { sentence } = useMessages();
  if (findings.length === 0) return <p className="muted">{t('examinations.clean')}</p>;
  return (
    <ul className="found">
      {findings.map((finding, index) => {
        const [tone, icon] = SEVERITY_LOOKS[finding.severity];
        return (
          <li key={`${finding.kind} ${String(index)}`}>
            <p>
              <Tag tone={tone} icon={icon}>
                {t(`severity.${finding.severity}`)}
              </Tag>{' '}
              <b>{sentence(`finding.${finding.kind}`, {}, finding.kind)}</b>{' '}
              <span className="faint">
                {finding.lineNo === null
                  ? t('finding.whole')
                  : t('content.line', { line: finding.lineNo })}
                {finding.quantity ? ` · ${decimal(finding.quantity, finding.unit)}` : null}
              </span>
            </p>
            <p>{finding.description}</p>
          </li>
        );
      })}
    </ul>
  );
}
