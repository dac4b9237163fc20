import { useTranslation } from 'react-i18next';
import type { PlacedProblem } from '../../../../src/contexts/messages/inbox/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useMessages } from '../../parts/messages.ts';
import { useFieldWords } from './field-words.ts';

/** Every problem of a message, the grave ones first. Choosing one shows its place in the message and in what was understood. */
export function ProblemList({
  problems,
  selected,
  onSelect,
}: {
  readonly problems: readonly PlacedProblem[];
  readonly selected: number | null;
  onSelect(problem: number | null): void;
}) {
  const { t } = useTranslation('messages');
  if (problems.length === 0) {
    return (
      <EmptyState icon="done" title={t('problems.none')}>
        {t('problems.none.text')}
      </EmptyState>
    );
  }
  const ordered = [...problems.entries()].sort(
    ([a, one], [b, other]) => Number(isWarning(one)) - Number(isWarning(other)) || a - b,
  );
  return (
    <ul className="problems">
      {ordered.map(([n, problem]) => (
        <li key={n}>
          <button
            type="button"
            className={`problem problem-${problem.severity ?? 'error'}`}
            aria-pressed={n === selected}
            onClick={() => onSelect(n === selected ? null : n)}
          >
            <Problem problem={problem} />
          </button>
        </li>
      ))}
    </ul>
  );
}

const isWarning = ({ severity }: PlacedProblem): boolean => severity === 'warning';

function Problem({ problem }: { readonly problem: PlacedProblem }) {
  const { t } = useTranslation('messages');
  const { sentence } = useMessages();
  const { pathOf } = useFieldWords();
  const { code, path = '', seen = '', params, line, document, place, legalBasis } = problem;
  const name = document === null ? path : pathOf(path);
  const text = sentence(code, { path: name, seen, ...params });
  return (
    <>
      <Icon name={isWarning(problem) ? 'warning' : 'error'} size={16} />
      <span className="problem-text">
        <span className="visually-hidden">
          {t(isWarning(problem) ? 'problem.warning' : 'problem.error')}
        </span>
        <span>{text}</span>
        {name ? (
          <span className="problem-path" translate="no">
            {name}
          </span>
        ) : null}
        <span className="problem-facts">
          <code translate="no">{code}</code>
          {seen ? <span>{t('problem.seen', { seen })}</span> : null}
          {line === undefined ? null : <span>{t('problem.line', { line })}</span>}
          {legalBasis ? <span>{legalBasis}</span> : null}
          {path && !place ? <span>{t('problem.noPlace')}</span> : null}
          {place && !place.isExact ? <span>{t('problem.near')}</span> : null}
        </span>
      </span>
    </>
  );
}
