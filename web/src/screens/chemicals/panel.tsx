import { useTranslation } from 'react-i18next';
import type { ChemicalPanel } from '../../../../src/contexts/clearance/chemicals/contract.ts';
import { Section } from '../../parts/page.tsx';
import { useAsk, useMay } from '../../parts/queries.ts';
import { Tag } from '../../parts/tag.tsx';
import { Memberships, Questions, Requirements } from './law.tsx';
import { Substance } from './substance.tsx';
import { useVerdict } from './words.ts';
import './chemicals.css';

/** An officer's view of the goods: what they are, why, what the law says, what does not fit, what to sample. */
export function ChemicalSection({ id }: { readonly id: string }) {
  const { t } = useTranslation('chemicals');
  const may = useMay();
  const { data } = useAsk<ChemicalPanel>(
    `/api/declarations/${encodeURIComponent(id)}/chemicals`,
    {},
    may('clearance.readChemicals'),
  );
  if (!data) return null;
  const apart = data.consignment.filter(({ outcome }) => outcome === 'misfit');
  if (data.lines.length === 0 && apart.length === 0) return null;
  return (
    <Section title={t('panel.title')} aside={t('panel.others', { count: data.others })}>
      {data.lines.map((line) => (
        <Line key={line.lineNo} line={line} />
      ))}
      <article className="chemical-line">
        <p className="faint">{t('panel.consignment')}</p>
        <Verdicts verdicts={data.consignment} fits={t('panel.consignment.fits')} />
      </article>
    </Section>
  );
}

function Line({ line }: { readonly line: ChemicalPanel['lines'][number] }) {
  const { t } = useTranslation('chemicals');
  const { lineNo, description, hsCode, identification, position, verdicts } = line;
  const isSampled = verdicts.some(({ points }) => points >= 50);
  return (
    <article className="chemical-line">
      <p className="faint">
        {t('panel.line', { line: lineNo })} · {description} · <span translate="no">{hsCode}</span>
      </p>
      <Substance identification={identification} />
      <Verdicts verdicts={verdicts} fits={t('panel.fits')} />
      {isSampled ? <p className="question">{t('panel.sample')}</p> : null}
      <Questions questions={position.questions} />
      {position.memberships.length > 0 ? <Memberships memberships={position.memberships} /> : null}
      {position.requirements.length > 0 ? (
        <>
          <h3>{t('requires')}</h3>
          <Requirements requirements={position.requirements} />
        </>
      ) : null}
    </article>
  );
}

/** What does not fit, the heaviest first; then what could not be judged, and for want of what. */
function Verdicts({
  verdicts,
  fits,
}: {
  readonly verdicts: ChemicalPanel['consignment'];
  readonly fits: string;
}) {
  const { t } = useTranslation('chemicals');
  const say = useVerdict();
  const misfits = verdicts
    .filter(({ outcome }) => outcome === 'misfit')
    .toSorted((a, b) => b.points - a.points);
  const open = verdicts.filter(({ outcome }) => outcome === 'notEvaluated');
  return (
    <>
      {misfits.length > 0 ? (
        <ul className="misfits">
          {misfits.map((verdict) => (
            <li
              key={`${verdict.detector} ${verdict.code} ${Object.values(verdict.params).join(' ')}`}
            >
              <Tag tone={verdict.points >= 70 ? 'red' : 'yellow'} icon="warning">
                {t(`detector.${verdict.detector}`)}
              </Tag>
              <span>
                {say(verdict)}
                {verdict.legalBasis ? <span className="faint"> {verdict.legalBasis}</span> : null}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p>{fits}</p>
      )}
      {open.map((verdict) => (
        <p key={`${verdict.code} ${Object.values(verdict.params).join(' ')}`} className="faint">
          {say(verdict)}
        </p>
      ))}
    </>
  );
}
