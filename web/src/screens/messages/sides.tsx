import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../../src/contexts/messages/inbox/contract.ts';
import { ProblemList } from './problem-list.tsx';
import { RawText } from './raw-text.tsx';
import { Understood } from './understood.tsx';

/** A message seen from its three sides beside each other: what is wrong, as it came, as it was understood. */
export function Sides({
  view,
  rawAside,
  understoodAside,
  onSelect,
}: {
  readonly view: MessageView;
  readonly rawAside?: ReactNode;
  readonly understoodAside?: ReactNode;
  /** Hears of the problem that is looked at. */
  readonly onSelect?: (problem: number | null) => void;
}) {
  const { t } = useTranslation('messages');
  const [selected, setSelected] = useState<number | null>(null);
  const select = (problem: number | null) => {
    setSelected(problem);
    onSelect?.(problem);
  };
  const { problems } = view;
  return (
    <div className="sides">
      <Side
        name="problems"
        title={t('side.problems', { count: problems.length })}
        aside={problems.length > 0 ? t('problems.hint') : null}
      >
        <ProblemList problems={problems} selected={selected} onSelect={select} />
      </Side>
      <Side name="raw" title={t('side.raw')} aside={rawAside}>
        <RawText view={view} selected={selected} />
      </Side>
      <Side name="understood" title={t('side.understood')} aside={understoodAside}>
        <Understood view={view} selected={selected} />
      </Side>
    </div>
  );
}

function Side({
  name,
  title,
  aside,
  children,
}: {
  readonly name: string;
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={`side sheet side-${name}`}>
      <div className="side-head">
        <h2>{title}</h2>
        {aside ? <div className="section-aside">{aside}</div> : null}
      </div>
      {children}
    </div>
  );
}
