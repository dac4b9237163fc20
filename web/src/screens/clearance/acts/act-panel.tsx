import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeclarationDetail } from '../../../../../src/contexts/clearance/contract.ts';
import { Icon } from '../../../parts/icon.tsx';
import { RefusalList, Trouble } from '../../../parts/refusal-list.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { useFieldLabel } from '../words.ts';
import { ActForm } from './act-form.tsx';
import { EXAMINATION_FIELDS } from './examination.ts';
import { ExaminationForm } from './examination-form.tsx';
import { refusedBy } from './field.tsx';
import { ACTS, type ActName, FORWARD, formOf, ICONS, isActName } from './forms.ts';
import { useGiveAct } from './give-act.ts';
import { LookFor } from './look-for.tsx';

/** What this reader may do now, and the form of the act that is open. The address says which. */
export function ActPanel({
  detail,
  allowed,
}: {
  readonly detail: DeclarationDetail;
  readonly allowed: readonly string[];
}) {
  const { t } = useTranslation('clearance');
  const client = useQueryClient();
  const [state, change] = useUrlState();
  const [done, setDone] = useState<ActName | null>(null);
  const acts = ACTS.filter((act) => allowed.includes(act));
  const wanted = isActName(state.act) ? state.act : null;
  const open = wanted && acts.includes(wanted) ? wanted : null;
  const { id } = detail.declaration;
  const close = () => change({ act: undefined }, { replace: true });
  const give = useGiveAct(
    id,
    () => {
      setDone(open);
      close();
      window.scrollTo({ top: 0 });
    },
    () => {
      void client.invalidateQueries({
        queryKey: [`/api/declarations/${encodeURIComponent(id)}`],
      });
      window.scrollTo({ top: 0 });
    },
  );
  const forward = acts.find((act) => FORWARD.has(act)) ?? null;
  if (acts.length === 0 && done === null && !give.isConflict) return null;
  return (
    <div className="act-panel">
      <p role="status" className="act-done">
        {done && open === null ? (
          <>
            <Icon name="done" size={16} /> {t(`act.${done}.done`)}
          </>
        ) : null}
      </p>
      {give.isConflict ? <Overtaken error={give.error} /> : null}
      {open === null ? (
        <div className="act-bar">
          {acts.map((act) => (
            <ActButton
              key={act}
              act={act}
              id={id}
              isForward={act === forward}
              onOpen={() => {
                give.forget();
                setDone(null);
                change({ act });
              }}
            />
          ))}
        </div>
      ) : (
        <OpenAct key={open} act={open} detail={detail} give={give} onCancel={close} />
      )}
    </div>
  );
}

function ActButton({
  act,
  id,
  isForward,
  onOpen,
}: {
  readonly act: ActName;
  readonly id: string;
  readonly isForward: boolean;
  onOpen(): void;
}) {
  const { t } = useTranslation('clearance');
  if (act === 'amend' || act === 'complete') {
    return (
      <Link
        to="/file"
        search={{ [act]: id }}
        className={isForward ? 'button-link' : 'button-quiet'}
      >
        <Icon name={ICONS[act]} size={16} />
        {t(`act.${act}`)}
      </Link>
    );
  }
  return (
    <Button
      type={isForward ? 'primary' : 'default'}
      icon={<Icon name={ICONS[act]} size={16} />}
      onClick={onOpen}
    >
      {t(`act.${act}`)}
    </Button>
  );
}

/** The form, with what the decision asks to look for beside it. */
function OpenAct({
  act,
  detail,
  give,
  onCancel,
}: {
  readonly act: ActName;
  readonly detail: DeclarationDetail;
  readonly give: ReturnType<typeof useGiveAct>;
  onCancel(): void;
}) {
  const { t } = useTranslation('clearance');
  const fieldLabel = useFieldLabel();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (act === 'amend' || act === 'complete') return null;
  const { declaration, decision } = detail;
  const fields =
    act === 'recordExamination'
      ? EXAMINATION_FIELDS
      : formOf(act, declaration).fields.map(({ name }) => name);
  const { elsewhere } = refusedBy(give.error, fields);
  return (
    <section className="act-open sheet" aria-labelledby="act-title">
      <div className="act-main">
        <h2 id="act-title" ref={heading} tabIndex={-1}>
          {t(`act.${act}`)}
        </h2>
        <p className="muted">{t(`act.${act}.about`)}</p>
        {give.isConflict ? null : elsewhere.length > 0 ? (
          <div role="alert">
            <RefusalList refusals={elsewhere} fieldLabel={fieldLabel} />
          </div>
        ) : give.error && fields.length === 0 ? (
          <Trouble error={give.error} />
        ) : null}
        {act === 'recordExamination' ? (
          <ExaminationForm declaration={declaration} give={give} onCancel={onCancel} />
        ) : (
          <ActForm act={act} declaration={declaration} give={give} onCancel={onCancel} />
        )}
      </div>
      {decision ? <LookFor decision={decision} declaration={declaration} /> : null}
    </section>
  );
}

/** Somebody else was first. Said plainly; what is now on the page is the record as it stands. */
function Overtaken({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('clearance');
  return (
    <div className="overtaken">
      <p>
        <Icon name="warning" size={16} /> {t('overtaken')}
      </p>
      <Trouble error={error} />
    </div>
  );
}
