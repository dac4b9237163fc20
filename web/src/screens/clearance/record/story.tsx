import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../../../src/contexts/clearance/contract.ts';
import type { Lane } from '../../../../../src/contexts/risk/contract.ts';
import { AsWritten } from '../../../parts/as-written.tsx';
import { LaneTag } from '../../../parts/tag.tsx';
import { Timeline } from '../../../parts/timeline.tsx';
import { PlaceName } from '../../cargo/journey.tsx';

/** The events as they happened, newest first; a draft that was kept many times is told once. */
export function Story({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation('clearance');
  const [isWhole, setWhole] = useState(false);
  const told = entries.filter(
    ({ kind }, index) =>
      kind !== 'clearance.drafted' || entries[index + 1]?.kind !== 'clearance.drafted',
  );
  const shown = isWhole ? told : told.slice(-FIRST_SHOWN);
  return (
    <>
      <Timeline
        entries={[...shown].reverse()}
        detail={(entry) => <Detail payload={entry.payload} />}
      />
      {shown.length < told.length ? (
        <button type="button" className="link-button" onClick={() => setWhole(true)}>
          {t('story.whole', { count: told.length })}
        </button>
      ) : null}
    </>
  );
}

/** What happened last is what matters now; the rest is one click away. */
const FIRST_SHOWN = 12;
/** Evidence that is an event of another part stands in this story itself. */
const EVENT_ID = /^[a-z]+:\S+@\d+$/;
const LANES: readonly unknown[] = ['red', 'yellow', 'blue', 'green'];
const isLane = (value: unknown): value is Lane => LANES.includes(value);
const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** What an event says in its own words: a lane, a disposition, a note, a reason. */
function Detail({ payload }: { readonly payload: TimelineEntry['payload'] }) {
  const { t } = useTranslation('clearance');
  const { disposition, outcome, lane, to } = payload;
  const said = ['note', 'reason', 'evidence', 'report', 'number', 'caseId', 'statement', 'code']
    .map((name) => text(payload[name]))
    .filter((words) => words !== null)
    .filter((words) => !EVENT_ID.test(words))
    .map((words) =>
      PAUSES.has(words)
        ? t(`pause.${words as 'courtOrder'}`)
        : REASONS.has(words)
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
  const premises = text(payload.premises);
  if (said.length === 0 && word === null && shown === null && premises === null) return null;
  return (
    <p className="story-detail">
      {shown ? <LaneTag lane={shown} /> : null}
      {word ? <b>{word}</b> : null}
      {premises ? (
        <span>
          <PlaceName place={premises} />
        </span>
      ) : null}
      {said.map((words) => (
        <span key={words}>
          <AsWritten>{words}</AsWritten>
        </span>
      ))}
    </p>
  );
}

const OUTCOMES = new Set(['passed', 'examine', 'returned', 'conforms', 'differs']);
/** Why an examination was ordered, where no officer wrote it. */
const ORDERS = new Set(['targeting', 'documentaryCheck']);
/** Why a deadline stands still. */
const PAUSES = new Set([
  'awaitingLaboratory',
  'awaitingAuthority',
  'underInvestigation',
  'forceMajeure',
  'systemDowntime',
  'courtOrder',
]);
const REASONS = new Set([
  'standardException',
  'articulableReason',
  'sameGoodsExaminedRecently',
  'dataCorrected',
]);
