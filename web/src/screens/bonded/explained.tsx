import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  ExplanationFigures,
  ExplanationPage,
  ExplanationRow,
} from '../../../../src/contexts/bonded/explain/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Pairs, Section } from '../../parts/page.tsx';
import { useAskList } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { Causes, Remedy } from './causes.tsx';
import { Unit } from './unit.tsx';
import { Waterfall } from './waterfall.tsx';

const LIMIT = 200;

/** Why a count and the book differ: what is explained, what is only possible, and what nobody can explain. */
export function Explained({ id, path }: { readonly id: string; readonly path: string }) {
  const { t } = useTranslation('bonded');
  const [{ spot }, change] = useUrlState();
  const { data, error, refetch } = useAskList<ExplanationPage>(`${path}/explanation`, {
    limit: LIMIT,
  });
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (data.rows.length === 0) {
    return (
      <EmptyState icon="done" title={t('count.agrees')}>
        {t('count.agrees.text')}
      </EmptyState>
    );
  }
  const chosen =
    data.rows.find((row) => keyOf(row) === spot) ??
    data.rows.find(({ residual }) => !isNothing(residual)) ??
    data.rows[0];
  return (
    <>
      <Figures figures={data.figures} />
      <div className="explained">
        <Section title={t('explain.list', { count: data.figures.differing })}>
          <ul className="spot-list">
            {data.rows.map((row) => (
              <li key={keyOf(row)}>
                <SpotButton
                  row={row}
                  isChosen={row === chosen}
                  onChoose={() => change({ spot: keyOf(row) }, { replace: true })}
                />
              </li>
            ))}
          </ul>
          {data.next === null ? null : (
            <p className="faint">{t('explain.first', { count: LIMIT })}</p>
          )}
        </Section>
        {chosen ? <Spot id={id} row={chosen} path={path} run={data.run} /> : null}
      </div>
    </>
  );
}

const keyOf = ({ part, account, site }: ExplanationRow): string => `${part} ${account} ${site}`;
const isNothing = (text: string): boolean => Number(text) === 0;

function Figures({ figures }: { readonly figures: ExplanationFigures }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  return (
    <Section title={t('explain.title')}>
      <Pairs
        items={[
          ...(['explainedWhole', 'explainedInPart', 'unexplained', 'withPossible'] as const).map(
            (name) => ({ name: t(`explain.${name}`), value: format.number(figures[name]) }),
          ),
        ]}
      />
    </Section>
  );
}

function SpotButton({
  row,
  isChosen,
  onChoose,
}: {
  readonly row: ExplanationRow;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const state = isNothing(row.residual)
    ? ('whole' as const)
    : row.explained.length > 0
      ? ('part' as const)
      : ('none' as const);
  return (
    <button type="button" className="spot-button" aria-pressed={isChosen} onClick={onChoose}>
      <span>
        <b translate="no">{row.part}</b>
        <span className="cell-sub">
          {t(`account.${row.account}`)} · {row.site}
        </span>
      </span>
      <span className="spot-figures">
        <span className="amount">{format.decimal(row.difference)}</span>
        <Tag tone={state === 'whole' ? 'green' : state === 'part' ? 'yellow' : 'red'}>
          {t(`explain.state.${state}`)}
        </Tag>
      </span>
    </button>
  );
}

function Spot({
  id,
  row,
  path,
  run,
}: {
  readonly id: string;
  readonly row: ExplanationRow;
  /** The count's. */
  readonly path: string;
  readonly run: number;
}) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const place = { path, run, number: row.number, possible: null };
  return (
    <Section
      title={t('explain.spot', { part: row.part, account: t(`account.${row.account}`) })}
      aside={
        <Link to="/bonded/$id/parts/$part" params={{ id, part: row.part }}>
          {t('explain.toPart')}
        </Link>
      }
    >
      <p className="muted">
        {row.description} · {row.site} · <Unit code={row.unit} />
      </p>
      <Waterfall row={row} />
      {row.explained.length > 0 ? (
        <>
          <h3>{t('explain.explained')}</h3>
          <Causes id={id} causes={row.explained} place={place} />
        </>
      ) : null}
      {isNothing(row.residual) ? null : (
        <>
          <h3>{t('explain.residual', { quantity: format.decimal(row.residual) })}</h3>
          <Remedy id={id} remedy={row.remedy} place={null} />
        </>
      )}
      {row.possible.length > 0 ? (
        <>
          <h3>{t('explain.possible')}</h3>
          <p className="muted">{t('explain.possible.text')}</p>
          {row.possible.map(({ causes, residual }, possible) => (
            <div key={JSON.stringify(causes)} className="possible">
              <Causes id={id} causes={causes} place={{ ...place, possible }} />
              <p className="faint">
                {t('explain.possible.rest', { quantity: format.decimal(residual) })}
              </p>
            </div>
          ))}
        </>
      ) : null}
      {row.isWhole ? null : <p className="faint">{t('explain.notWhole')}</p>}
    </Section>
  );
}
