import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../parts/format.ts';
import { useMessages } from '../../../../parts/messages.ts';
import { Section } from '../../../../parts/page.tsx';
import { CodeField, TextField } from '../field.tsx';
import { useFiling, useValue } from '../filing-store.tsx';
import {
  type Catalogue,
  CHOSEN_AXES,
  type Choice,
  type ChosenAxis,
  ordinaryOf,
  reasonsAgainst,
  useCatalogue,
  useChoice,
  type Value,
} from './catalogue.ts';
import { ModePreviewPanel } from './preview.tsx';
import './modes.css';

const pathOf = (axis: ChosenAxis): string => (axis === 'filing' ? axis : `modes.${axis}`);

/**
 * How it is to be cleared, chosen axis by axis; what the choice asks, takes and costs stands beside it
 * before anything is filed.
 */
export function ModeSection() {
  const { t } = useTranslation('clearance');
  const catalogue = useCatalogue();
  if (!catalogue) return <div className="record-wait" aria-hidden="true" />;
  return (
    <Section title={t('modes.title')}>
      <div className="modes">
        <Axes catalogue={catalogue} />
        <ModePreviewPanel catalogue={catalogue} />
      </div>
    </Section>
  );
}

function Axes({ catalogue }: { readonly catalogue: Catalogue }) {
  const { t } = useTranslation('clearance');
  const choice = useChoice(catalogue);
  const rest = CHOSEN_AXES.filter((axis) => axis !== 'filing');
  const changed = rest.filter((axis) => choice[axis] !== ordinaryOf(catalogue, axis));
  return (
    <div className="mode-axes">
      <AxisChoice axis="filing" catalogue={catalogue} choice={choice} isFull />
      <details className="mode-more" open={changed.length > 0}>
        <summary>
          {changed.length > 0 ? t('modes.moreChosen', { count: changed.length }) : t('modes.more')}
        </summary>
        {rest.map((axis) => (
          <AxisChoice key={axis} axis={axis} catalogue={catalogue} choice={choice} />
        ))}
      </details>
      <Particulars catalogue={catalogue} choice={choice} />
    </div>
  );
}

function AxisChoice({
  axis,
  catalogue,
  choice,
  isFull = false,
}: {
  readonly axis: ChosenAxis;
  readonly catalogue: Catalogue;
  readonly choice: Choice;
  /** With what every value asks and saves, not only the chosen one's. */
  readonly isFull?: boolean;
}) {
  const { t } = useTranslation('clearance');
  const store = useFiling();
  const ieFlag = useValue('ieFlag');
  const name = useId();
  const values = catalogue.values.filter(
    (value) => value.axis === axis && (value.inForce || value.id === choice[axis]),
  );
  return (
    <fieldset className="mode-axis" data-part={axis}>
      <legend>{t(`modes.axis.${axis}`)}</legend>
      <div className="choices">
        {values.map((value) => (
          <Option
            key={value.id}
            name={name}
            value={value}
            isChosen={choice[axis] === value.id}
            isFull={isFull}
            against={
              choice[axis] === value.id ? [] : reasonsAgainst(catalogue, value, choice, ieFlag)
            }
            onChoose={() => store.set(pathOf(axis), value.id)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** One value: what it is, what it asks and what it saves; greyed with the reason where it cannot be. */
function Option({
  name,
  value,
  isChosen,
  isFull,
  against,
  onChoose,
}: {
  readonly name: string;
  readonly value: Value;
  readonly isChosen: boolean;
  readonly isFull: boolean;
  readonly against: ReturnType<typeof reasonsAgainst>;
  onChoose(): void;
}) {
  const { t } = useTranslation('clearance');
  const { label } = useFormat();
  const { sentence } = useMessages();
  const isBarred = against.length > 0;
  return (
    <label className={isBarred ? 'choice choice-barred' : 'choice'}>
      <input
        type="radio"
        name={name}
        value={value.id}
        checked={isChosen}
        disabled={isBarred}
        onChange={onChoose}
      />
      <span>
        <span className="choice-label">{label(value.label)}</span>
        {isBarred ? (
          <span className="choice-leads">
            {against.map(({ code, params }) => sentence(code, params)).join(' ')}
          </span>
        ) : isFull || isChosen ? (
          <>
            <span className="choice-leads">{label(value.explanation)}</span>
            {value.asks ? (
              <span className="choice-leads">
                <b>{t('modes.asks')}</b> {label(value.asks)}
              </span>
            ) : null}
            {value.saves ? (
              <span className="choice-leads">
                <b>{t('modes.saves')}</b> {label(value.saves)}
              </span>
            ) : null}
          </>
        ) : null}
      </span>
    </label>
  );
}

const PARTICULARS = ['zone', 'passportNo', 'applicationNo', 'transitOffice'] as const;

/** Fields only some choices have: shown with the choice that asks for them. */
function Particulars({
  catalogue,
  choice,
}: {
  readonly catalogue: Catalogue;
  readonly choice: Choice;
}) {
  const required = new Set(
    catalogue.values
      .filter(({ axis, id }) => choice[axis] === id)
      .flatMap(({ requires }) => requires),
  );
  const shown = PARTICULARS.filter((name) => required.has(`modes.${name}`));
  if (shown.length === 0) return null;
  return (
    <div className="filing-grid">
      {shown.map((name) =>
        name === 'transitOffice' ? (
          <CodeField key={name} path="modes.transitOffice" table="customs_office" />
        ) : (
          <TextField key={name} path={`modes.${name}`} max={40} />
        ),
      )}
    </div>
  );
}
