import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  BillResult,
  ManifestResult,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { RefusalList } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';

const SHOWN = 200;

/** What a manifest was answered: the whole of it, then bill by bill; bills with something wrong first. */
export function ManifestAnswer({
  answer,
  isDry,
}: {
  readonly answer: ManifestResult;
  /** Nothing was written: it says what would happen. */
  readonly isDry: boolean;
}) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const isAccepted = answer.outcome === 'accepted';
  const bills = [...answer.bills].sort((a, b) => b.problems.length - a.problems.length);
  return (
    <div role="status" className="answer">
      <p className="tag-row">
        <Tag tone={isAccepted ? 'green' : 'red'} icon={isAccepted ? 'done' : 'error'}>
          {t(isDry ? `outcome.dry.${answer.outcome}` : `outcome.${answer.outcome}`)}
        </Tag>
        <span className="faint">
          {t('answer.bills', { count: bills.length, shown: format.number(bills.length) })}
          {answer.repeated ? ` · ${t('answer.repeated')}` : null}
        </span>
      </p>
      {answer.problems.length > 0 ? <RefusalList refusals={answer.problems} /> : null}
      <ul className="answer-bills">
        {bills.slice(0, SHOWN).map((bill) => (
          <Answered key={bill.number} bill={bill} isDry={isDry} />
        ))}
      </ul>
      {bills.length > SHOWN ? (
        <p className="faint">{t('answer.more', { count: bills.length - SHOWN })}</p>
      ) : null}
    </div>
  );
}

function Answered({ bill, isDry }: { readonly bill: BillResult; readonly isDry: boolean }) {
  const { t } = useTranslation('cargo');
  const isRecorded = bill.outcome === 'recorded';
  return (
    <li>
      <p className="tag-row">
        {isDry ? (
          <b translate="no">{bill.number}</b>
        ) : (
          <Link to="/bills/$number" params={{ number: bill.number }} translate="no">
            {bill.number}
          </Link>
        )}
        <Tag tone={isRecorded ? 'green' : 'red'}>
          {t(isDry ? `outcome.dry.${bill.outcome}` : `outcome.${bill.outcome}`)}
        </Tag>
        {bill.doNotLoad ? (
          <Tag tone="red" icon="stop">
            {t('bill.doNotLoad')}
          </Tag>
        ) : null}
        {bill.matched.length > 0 ? (
          <span className="faint">{t('answer.matched', { count: bill.matched.length })}</span>
        ) : null}
        {bill.cases.length > 0 ? (
          <span className="faint">{t('answer.cases', { count: bill.cases.length })}</span>
        ) : null}
      </p>
      {bill.problems.length > 0 ? <RefusalList refusals={bill.problems} /> : null}
    </li>
  );
}
