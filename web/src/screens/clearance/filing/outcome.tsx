import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { FilingResult } from '../../../../../src/contexts/clearance/contract.ts';
import { Icon } from '../../../parts/icon.tsx';
import { useMessages } from '../../../parts/messages.ts';
import { RefusalList } from '../../../parts/refusal-list.tsx';
import { LaneTag } from '../../../parts/tag.tsx';
import { useFieldLabel } from '../words.ts';
import { focusField } from './field.tsx';

type Result = z.infer<typeof FilingResult>;

/** What is wrong, all at once; each name leads to its field. */
export function Problems({ problems }: { readonly problems: Result['problems'] }) {
  const { t } = useTranslation('clearance');
  const label = useFieldLabel();
  return (
    <section className="first-word first-word-red" aria-labelledby="filing-problems">
      <Icon name="error" size={24} />
      <div>
        <h2 id="filing-problems">{t('outcome.problems', { count: problems.length })}</h2>
        <p>{t('outcome.problems.text')}</p>
        <RefusalList refusals={problems} fieldLabel={label} onField={focusField} />
      </div>
    </section>
  );
}

const WOULD: Partial<Record<Result['outcome'], 'outcome.wouldRelease' | 'outcome.wouldRemove'>> = {
  released: 'outcome.wouldRelease',
  removed: 'outcome.wouldRemove',
};
const DID: Partial<Record<Result['outcome'], 'outcome.released' | 'outcome.removed'>> = {
  released: 'outcome.released',
  removed: 'outcome.removed',
};

/** What would happen if this were filed now. */
export function WouldHappen({ result }: { readonly result: Result }) {
  const { t } = useTranslation('clearance');
  return (
    <section className="first-word first-word-blue" aria-labelledby="filing-would">
      <Icon name="info" size={24} />
      <div>
        <h2 id="filing-would">{t(WOULD[result.outcome] ?? 'outcome.wouldAccept')}</h2>
        <p>
          <LaneTag lane={result.lane} /> {t('outcome.nothingFiled')}
        </p>
        <Unmet unmet={result.unmet} />
      </div>
    </section>
  );
}

/** It is filed: its number, its lane, and what it waits for. */
export function Filed({ result }: { readonly result: Result }) {
  const { t } = useTranslation('clearance');
  const isReleased = result.outcome === 'released';
  return (
    <section
      className={`first-word first-word-${isReleased ? 'green' : 'blue'}`}
      aria-labelledby="filing-done"
    >
      <Icon name="done" size={24} />
      <div>
        <h2 id="filing-done">
          {t(DID[result.outcome] ?? 'outcome.accepted', {
            number: result.number ?? result.id,
          })}
        </h2>
        <p>
          <LaneTag lane={result.lane} /> {result.repeated ? t('outcome.repeated') : null}
        </p>
        <Unmet unmet={result.unmet} />
        <p className="act-buttons">
          <Link to="/declarations/$id" params={{ id: result.id }} className="button-link">
            {t('outcome.open')}
          </Link>
          <Link to="/file" search={{}} className="button-quiet">
            {t('outcome.another')}
          </Link>
          <Link to="/file" search={{ from: result.id }} className="button-quiet">
            {t('head.copy')}
          </Link>
        </p>
      </div>
    </section>
  );
}

function Unmet({ unmet }: { readonly unmet: Result['unmet'] }) {
  const { t } = useTranslation('clearance');
  const { t: tp } = useTranslation('parts');
  const { sentence } = useMessages();
  if (unmet.length === 0) return null;
  return (
    <p>
      {t('outcome.waitsFor', {
        names: unmet.map((kind) => sentence(`condition.${kind}`)).join(tp('listComma')),
      })}
    </p>
  );
}
