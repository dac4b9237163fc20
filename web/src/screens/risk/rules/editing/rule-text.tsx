import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderOf } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Vocabulary } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../../parts/format.ts';
import type { Marked } from './reading.ts';
import { rulePainting } from './rule-painting.ts';

/** What stands behind a dot of a text fact, and between facts, with the words officers know it by. */
const FUNCTIONS = [
  { label: 'startsWith', apply: 'startsWith("")', zh: '以……开头', en: 'begins with' },
  { label: 'endsWith', apply: 'endsWith("")', zh: '以……结尾', en: 'ends with' },
  { label: 'contains', apply: 'contains("")', zh: '包含', en: 'contains' },
] as const;

function completeFrom(
  vocabulary: Vocabulary,
  language: 'zh' | 'en',
): (context: CompletionContext) => CompletionResult | null {
  const names = [
    ...vocabulary.facts.map((fact) => ({
      label: fact.name,
      type: 'variable',
      detail: `${fact.label[language]}${fact.unit ? ` · ${fact.unit}` : ''}`,
    })),
    ...vocabulary.lists.map((list) => ({
      label: `lists.${list.name}`,
      type: 'constant',
      detail: list.label[language],
    })),
    {
      label: 'has',
      apply: 'has()',
      type: 'function',
      detail: { zh: '已知', en: 'is known' }[language],
    },
    {
      label: 'size',
      apply: 'size()',
      type: 'function',
      detail: { zh: '字数', en: 'length' }[language],
    },
    {
      label: 'double',
      apply: 'double()',
      type: 'function',
      detail: { zh: '转为小数', en: 'as a number' }[language],
    },
  ];
  const functions = FUNCTIONS.map(({ label, apply, ...words }) => ({
    label,
    apply,
    type: 'method',
    detail: words[language],
  }));
  const isText = new Set(
    vocabulary.facts.filter((fact) => fact.type === 'text').map((fact) => fact.name),
  );
  return (context) => {
    const word = context.matchBefore(/[A-Za-z_][\w.]*/);
    if (!word) return context.explicit ? { from: context.pos, options: names } : null;
    const dot = word.text.lastIndexOf('.');
    if (isText.has(word.text.slice(0, dot))) {
      return { from: word.from + dot + 1, options: functions, validFor: /^\w*$/ };
    }
    return { from: word.from, options: names, validFor: /^[\w.]*$/ };
  };
}

/**
 * The text of a condition as it is written: facts and lists are completed with their names in the
 * reader's language, problems are underlined where they are. Tab leaves the field as it does any
 * other, except while a completion is open.
 */
export function RuleText({
  value,
  onChange,
  problems,
  vocabulary,
  label,
  describedBy,
  placeholder,
}: {
  readonly value: string;
  onChange(text: string): void;
  readonly problems: readonly Marked[];
  readonly vocabulary: Vocabulary;
  readonly label: string;
  readonly describedBy: string;
  readonly placeholder: string;
}) {
  const { language } = useFormat();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  const first = useRef(value);

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          history(),
          bracketMatching(),
          rulePainting,
          lintGutter(),
          autocompletion({ override: [completeFrom(vocabulary, language)], icons: false }),
          keymap.of([
            { key: 'Tab', run: acceptCompletion },
            ...completionKeymap,
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-describedby': describedBy,
            spellcheck: 'false',
          }),
          placeholderOf(placeholder),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            first.current = update.state.doc.toString();
            tell.current(first.current);
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [vocabulary, language, label, describedBy, placeholder]);

  useEffect(() => {
    const state = view.current?.state;
    if (!state || state.doc.toString() === value) return;
    view.current?.dispatch({ changes: { from: 0, to: state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const state = view.current?.state;
    if (!state) return;
    const end = state.doc.length;
    const marks = problems.map(({ from, to, message }) => ({
      from: Math.min(from, end),
      to: Math.min(Math.max(to, from + 1), end),
      severity: 'error' as const,
      message,
    }));
    view.current?.dispatch(setDiagnostics(state, marks));
  }, [problems]);

  return <div ref={host} className="rule-text" />;
}
