import { useTranslation } from 'react-i18next';
import type {
  Direction,
  StageCounts,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { useUrlState } from '../../../parts/url-state.ts';
import { STAGES } from '../signs.tsx';
import { useWatch } from '../watch.ts';

/** How many bills stand where, now; a click shows them. */
export function StageMap() {
  const { data } = useWatch<StageCounts>('/api/bill-stages');
  if (!data || data.rows.length === 0) return null;
  return (
    <div className="stage-map">
      <StageRow direction="I" rows={data.rows} />
      <StageRow direction="E" rows={data.rows} />
    </div>
  );
}

function StageRow({
  direction,
  rows,
}: {
  readonly direction: Direction;
  readonly rows: StageCounts['rows'];
}) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const [state, change] = useUrlState();
  const counts = new Map(
    rows.filter((row) => row.direction === direction).map(({ stage, bills }) => [stage, bills]),
  );
  if (counts.size === 0) return null;
  return (
    <fieldset className="stage-row">
      <legend>{t(`direction.${direction}`)}</legend>
      {STAGES.filter((stage) => counts.has(stage)).map((stage) => {
        const isOn = state.stage === stage && state.direction === direction;
        return (
          <button
            key={stage}
            type="button"
            aria-pressed={isOn}
            className={isOn ? 'stage-chip stage-chip-on' : 'stage-chip'}
            onClick={() => change(isOn ? { stage: '', direction: '' } : { stage, direction })}
          >
            {t(`stage.${stage}`)} <b>{format.number(counts.get(stage) ?? 0)}</b>
          </button>
        );
      })}
    </fieldset>
  );
}
