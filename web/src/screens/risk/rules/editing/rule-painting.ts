import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

const KEYWORDS = new Set(['in', 'true', 'false', 'has', 'size', 'double', 'timestamp']);
const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/^\/\/.*/, 'comment'],
  [/^(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/, 'string'],
  [/^\d[\d.]*(?:[eE][+-]?\d+)?/, 'number'],
  [/^lists\.\w*/, 'atom'],
  [/^[A-Za-z_][\w.]*/, 'name'],
  [/^[&|<>=!+*/-]+/, 'operator'],
];

const language = StreamLanguage.define({
  name: 'rule',
  token(stream) {
    if (stream.eatSpace()) return null;
    for (const [pattern, kind] of TOKENS) {
      const match = stream.match(pattern);
      if (!match) continue;
      const word = Array.isArray(match) ? match[0] : '';
      if (kind !== 'name') return kind;
      return KEYWORDS.has(word) ? 'keyword' : 'variableName';
    }
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '//' } },
});

/** How the text of a rule looks: colours only help, nothing is said by them alone. */
export const rulePainting = [
  language,
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.comment, class: 'rule-comment' },
      { tag: tags.string, class: 'rule-string' },
      { tag: tags.number, class: 'rule-number' },
      { tag: tags.atom, class: 'rule-list' },
      { tag: tags.keyword, class: 'rule-keyword' },
      { tag: tags.operator, class: 'rule-operator' },
    ]),
  ),
];
