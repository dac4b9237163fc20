import { useTranslation } from 'react-i18next';
import type {
  Direction,
  Stage,
  StageReached,
} from '../../../../src/contexts/cargo/manifests/contract.ts';
import { AsWritten } from '../../parts/as-written.tsx';
import { useCodeName } from '../../parts/code-select.tsx';
import { useFormat } from '../../parts/format.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { useOrganisationName } from '../../parts/organisation-name.tsx';
import { useGateName } from './gates/gate-name.tsx';
import './journey.css';

/** The way of imports; exports go it from the gate to the ship. */
const WAY: readonly (readonly [Stage, IconName])[] = [
  ['abroad', 'language'],
  ['aboard', 'ship'],
  ['arrived', 'import'],
  ['tallied', 'workList'],
  ['inYard', 'bulk'],
  ['examined', 'examine'],
  ['released', 'done'],
  ['atGate', 'gate'],
  ['out', 'truck'],
];
const OUTWARD: readonly Stage[] = ['atGate', 'inYard', 'examined', 'released', 'tallied', 'aboard'];
/** Not every consignment passes these; they are on the map only when it did. */
const OPTIONAL: ReadonlySet<Stage> = new Set(['tallied', 'examined']);

/** Where goods stand, as a map: the stations of their way, when each was reached, and where they are now. */
export function JourneyMap({
  journey,
  stage,
  direction,
}: {
  readonly journey: readonly StageReached[];
  readonly stage: Stage | null;
  readonly direction: Direction | null;
}) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const reached = new Map(journey.map((each) => [each.stage, each]));
  const order =
    direction === 'E' ? WAY.filter(([name]) => OUTWARD.includes(name)).sort(byOutward) : WAY;
  const stations = order.filter(([name]) => !OPTIONAL.has(name) || reached.has(name));
  return (
    <ol className="journey" aria-label={t('journey.label')}>
      {stations.map(([name, icon]) => {
        const at = reached.get(name);
        const standing = name === stage ? 'now' : at ? 'passed' : 'ahead';
        return (
          <li
            key={name}
            className={`journey-station journey-${standing}`}
            {...(standing === 'now' ? { 'aria-current': 'step' as const } : {})}
          >
            <span className="journey-mark">
              <Icon name={icon} size={16} />
            </span>
            <span className="journey-name">{t(`stage.${name}`)}</span>
            <span className="journey-when">
              {at ? format.moment(at.at) : t('journey.ahead')}
              {at?.place ? (
                <span className="cell-sub">
                  <PlaceName place={at.place} />
                </span>
              ) : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** A port by its UN/LOCODE with its country, a gate or a terminal by its name, anything else as it was written. */
export function PlaceName({ place }: { readonly place: string }) {
  const gateName = useGateName();
  const isPort = /^[A-Z]{5}$/.test(place);
  const isId = !isPort && /^[A-Z0-9]{4,18}$/.test(place);
  const country = useCodeName('country', isPort ? place.slice(0, 2) : null);
  const organisation = useOrganisationName(isId ? place : null);
  if (!isPort) return <AsWritten>{isId ? organisation : gateName(place)}</AsWritten>;
  return (
    <>
      <span translate="no">{place}</span> {country}
    </>
  );
}

const byOutward = ([a]: readonly [Stage, IconName], [b]: readonly [Stage, IconName]): number =>
  OUTWARD.indexOf(a) - OUTWARD.indexOf(b);
