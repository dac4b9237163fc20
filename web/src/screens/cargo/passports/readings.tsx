import { useTranslation } from 'react-i18next';
import type { ReadingRow } from '../../../../../src/contexts/cargo/gates/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { GateName } from '../gates/gate-name.tsx';
import { Reasons, StandingTag, Weight } from './signs.tsx';

/** What the gates saw of this vehicle, and what they answered. */
export function Readings({ readings }: { readonly readings: readonly ReadingRow[] }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return (
    <Section title={t('readings.title')}>
      {readings.length === 0 ? <p className="muted">{t('readings.none')}</p> : null}
      <ul className="reading-list">
        {readings.map((reading) => (
          <li key={reading.id}>
            <p className="tag-row">
              <StandingTag standing={reading.standing} />
              <GateName gate={reading.gate} lane={reading.lane} />
              <span className="faint">
                {format.moment(reading.at, { seconds: true })}
                {reading.offline ? ` · ${t('offline')}` : null}
              </span>
            </p>
            <div>
              <Weight weight={reading.weight} />
            </div>
            <Reasons reasons={reading.reasons} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
