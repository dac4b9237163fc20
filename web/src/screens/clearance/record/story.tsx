import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../../../src/contexts/clearance/contract.ts';
import type { Lane } from '../../../../../src/contexts/risk/contract.ts';
import { LaneTag } from '../../../parts/tag.tsx';
import { Timeline } from '../../../parts/timeline.tsx';

/** The events as they happened, newest first; a draft that was kept many times is told once. */
export function Story({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const told = entries.filter(
    ({ kind }, index) =>
      kind !== 'clearance.drafted' || entries[index + 1]?.kind !== 'clearance.drafted',
  );
  return (
    <Timeline
      entries={[...told].reverse()}
      detail={(entry) => <Detail payload={entry.payload} />}
    />
  );
}

const LANES: readonly unknown[] = ['red', 'yellow', 'blue', 'green'];
const isLane = (value: unknown): value is Lane => LANES.includes(value);
const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** What an event says in its own words: a lane, a disposition, a note, a reason. */
function Detail({ payload }: { readonly payload: TimelineEntry['payload'] }) {
  const { t } = useTranslation('clearance');
  const { disposition, outcome, lane, to } = payload;
  const said = ['note', 'reason', 'evidence', 'premises', 'report', 'number', 'caseId']
    .map((name) => text(payload[name]))
    .filter((words) => words !== null)
    .map((words) =>
      REASONS.has(words)
        ? t(`downgrade.${words as 'dataCorrected'}`)
        : ORDERS.has(words)
          ? t(`order.${words as 'targeting'}`)
          : words,
    );
  const word = text(disposition)
    ? t(`disposition.${disposition as 'release'}`)
    : OUTCOMES.has(String(outcome))
      ? t(`outcome.${outcome as 'passed'}`)
      : null;
  const shown = isLane(lane) ? lane : isLane(to) ? to : null;
  if (said.length === 0 && word === null && shown === null) return null;
  return (
    <p className="story-detail">
      {shown ? <LaneTag lane={shown} /> : null}
      {word ? <b>{word}</b> : null}
      {said.map((words) => (
        <span key={words}>{words}</span>
      ))}
    </p>
  );
}

const OUTCOMES = new Set(['passed', 'examine', 'returned', 'conforms', 'differs']);
/** Why an examination was ordered, where no officer wrote it. */
const ORDERS = new Set(['targeting', 'documentaryCheck']);
const REASONS = new Set([
  'standardException',
  'articulableReason',
  'sameGoodsExaminedRecently',
  'dataCorrected',
]);
