import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../../src/contexts/messages/inbox/contract.ts';
import { bringIntoSight } from './bring-into-sight.ts';
import { useFieldWords } from './field-words.ts';
import { hintOf, holds, isTree, shownAt, within } from './understood-fields.ts';

/** What is marked in a document: fields that are there, and names of those missing at a place. */
interface Marks {
  readonly fields: readonly string[];
  readonly missing: readonly { readonly at: string; readonly name: string }[];
}

/** Entries of a list beyond these are folded. */
const OPEN_ENTRIES = 3;

/** What was understood, in our own words, as a tree; the fields of the selected problem are brought into sight. */
export function Understood({
  view,
  selected,
}: {
  readonly view: Pick<MessageView, 'understood' | 'understoodIsWhole' | 'problems'>;
  readonly selected: number | null;
}) {
  const { t } = useTranslation('messages');
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (selected !== null) bringIntoSight(pane.current, '.field-marked');
  }, [selected]);
  const fields = (selected === null ? null : view.problems[selected]?.fields) ?? [];
  return (
    <section
      ref={pane}
      className="understood scroll"
      aria-label={t('side.understood')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      {view.understood.length === 0 ? <p className="muted">{t('understood.nothing')}</p> : null}
      {view.understood.map((document, n) => {
        const marks = marksIn(
          document,
          fields.flatMap((field) => (field.document === n ? [field.path] : [])),
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the documents of a message are known by their place.
          <div key={n} className="tree">
            {view.understood.length > 1 ? (
              <p className="tree-head">{t('document.of', { number: n + 1 })}</p>
            ) : null}
            <Branch value={document} path="" marks={marks} />
          </div>
        );
      })}
      {view.understoodIsWhole ? null : <p className="raw-cut">{t('understood.cut')}</p>}
    </section>
  );
}

function marksIn(document: Readonly<Record<string, unknown>>, fields: readonly string[]): Marks {
  const shown = fields.map((field) => shownAt(document, field));
  return {
    fields: shown.flatMap(({ at, missing }) => (missing === null && at !== '' ? [at] : [])),
    missing: shown.flatMap(({ at, missing }) => (missing === null ? [] : [{ at, name: missing }])),
  };
}

const isMarked = ({ fields }: Marks, path: string): boolean => fields.includes(path);
const holdsMarked = ({ fields, missing }: Marks, path: string): boolean =>
  fields.some((field) => field === path || holds(path, field)) ||
  missing.some(({ at }) => at === path || holds(path, at));

interface BranchProps {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly marks: Marks;
}

function Branch({ value, path, marks }: BranchProps) {
  const { t } = useTranslation('messages');
  const { nameOf } = useFieldWords();
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  const plain = entries.filter(([, each]) => !isDeep(each));
  const deep = entries.filter(([, each]) => isDeep(each));
  const missing = marks.missing.filter(({ at }) => at === path);
  return (
    <>
      {plain.length + missing.length > 0 ? (
        <dl className="fields">
          {plain.map(([name, each]) => (
            <div
              key={name}
              className={isMarked(marks, within(path, name)) ? 'field-marked' : undefined}
            >
              <dt title={name}>{nameOf(name)}</dt>
              <dd translate="no">{textOf(each)}</dd>
            </div>
          ))}
          {missing.map(({ name }) => (
            <div key={name} className="field-marked field-missing">
              <dt title={name}>{nameOf(name)}</dt>
              <dd>{t('understood.missing')}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {deep.map(([name, each]) => (
        <Deep key={name} name={name} value={each} path={within(path, name)} marks={marks} />
      ))}
    </>
  );
}

const isDeep = (value: unknown): boolean =>
  isTree(value) || (Array.isArray(value) && value.some((each) => typeof each === 'object'));

const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join(' · ') : String(value);

function Deep({
  name,
  value,
  path,
  marks,
}: {
  readonly name: string;
  readonly value: unknown;
  readonly path: string;
  readonly marks: Marks;
}) {
  const { nameOf } = useFieldWords();
  if (isTree(value)) {
    return (
      <Fold title={nameOf(name)} field={name} path={path} marks={marks} isOpen>
        <Branch value={value} path={path} marks={marks} />
      </Fold>
    );
  }
  const list = value as readonly unknown[];
  return (
    <div className={isMarked(marks, path) ? 'field-marked' : undefined}>
      {list.map((entry, n) => {
        const at = `${path}[${n}]`;
        return (
          <Fold
            key={at}
            title={list.length === 1 ? nameOf(name) : `${nameOf(name)} ${n + 1}`}
            hint={hintOf(entry)}
            field={name}
            path={at}
            marks={marks}
            isOpen={n < OPEN_ENTRIES}
          >
            {isTree(entry) ? <Branch value={entry} path={at} marks={marks} /> : textOf(entry)}
          </Fold>
        );
      })}
    </div>
  );
}

function Fold({
  title,
  hint = '',
  field,
  path,
  marks,
  isOpen,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly field: string;
  readonly path: string;
  readonly marks: Marks;
  readonly isOpen: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <details
      open={isOpen || holdsMarked(marks, path)}
      className={isMarked(marks, path) ? 'fold field-marked' : 'fold'}
    >
      <summary title={field}>
        {title}
        {hint ? (
          <span className="faint" translate="no">
            {' '}
            {hint}
          </span>
        ) : null}
      </summary>
      <div className="fold-body">{children}</div>
    </details>
  );
}
