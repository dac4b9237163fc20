import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Passport, PassportDetail } from '../../../../../src/contexts/cargo/gates/contract.ts';
import { decimal, subtract, toText } from '../../../../../src/kernel/decimal.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { UseBar } from '../use-bar.tsx';

/** The papers a vehicle carries goods under, with what all passports together have taken of each line. */
export function Papers({
  papers,
  passport,
}: {
  readonly papers: PassportDetail['papers'];
  readonly passport: Passport;
}) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const parts = passport.content.papers;
  if (parts.length === 0) return null;
  const missing = parts.filter(
    ({ kind, no }) => !papers.some((paper) => paper.kind === kind && paper.no === no),
  );
  const here = (kind: string, no: string, lineNo: number): string | undefined =>
    passport.claims.find((each) => each.kind === kind && each.no === no && each.lineNo === lineNo)
      ?.quantity;
  return (
    <Section title={t('papers.title')}>
      {missing.map(({ kind, no }) => (
        <p key={no}>{t('papers.missing', { kind: t(`paper.${kind}`), no })}</p>
      ))}
      {papers.map((paper) => (
        <div key={`${paper.kind}${paper.no}`} className="paper">
          <p className="tag-row">
            <b>{t(`paper.${paper.kind}`)}</b>
            {paper.kind === 'bill' ? (
              <Link to="/bills/$number" params={{ number: paper.no }} translate="no">
                {paper.no}
              </Link>
            ) : (
              <span translate="no">{paper.no}</span>
            )}
            {paper.declaration ? (
              <Link to="/declarations/$id" params={{ id: paper.declaration }} translate="no">
                {paper.declaration}
              </Link>
            ) : null}
          </p>
          <ul className="plain-list">
            {paper.lines.map((line) => {
              // What is claimed holds what has crossed.
              const held = toText(subtract(decimal(line.claimed), decimal(line.crossed)));
              const left = toText(subtract(decimal(line.quantity), decimal(line.claimed)));
              return (
                <li key={line.lineNo}>
                  <span>
                    {line.lineNo}. {line.description}
                  </span>
                  <UseBar
                    label={t('papers.line', { line: line.lineNo })}
                    cap={line.quantity}
                    parts={[
                      { amount: line.crossed, look: 'done', word: t('papers.crossed') },
                      { amount: held, look: 'held', word: t('papers.claimed') },
                    ]}
                  />
                  <span className="faint">
                    {t('papers.left', {
                      left: format.decimal(left),
                      of: format.decimal(line.quantity),
                    })}
                    {here(paper.kind, paper.no, line.lineNo)
                      ? ` · ${t('papers.here', {
                          amount: format.decimal(here(paper.kind, paper.no, line.lineNo)),
                        })}`
                      : null}
                  </span>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </Section>
  );
}
