/**
 * Parts of CEL that the profile leaves out, in the order in which a test that has several of them is
 * counted. They are looked for in the tree that another parser makes of the test, so that what our own
 * reader refuses can never by itself be the reason to leave a test out.
 */
export const OUTSIDE = {
  extension:
    'Extension libraries (`math`, `strings`, `optional`, `bind`, `block`, encoders) are no part of the profile.',
  protobuf: 'Facts are plain values: there are no protobuf messages, enums or wrappers.',
  container: 'Names are whole: nothing is looked up in a namespace.',
  notEvaluated: 'The test asks for the deduced type of something that is no condition.',
  macro: 'There are no loops: `all`, `exists`, `exists_one`, `map`, `filter`.',
  conditional: 'There is no conditional `? :`; two rules say it better.',
  map: 'There are no maps, and no fields but those of a dotted name.',
  index: 'There is no indexing.',
  list: 'Lists stand to the right of `in` only, hold literals, and are not empty.',
  bytes: 'There are no bytes.',
  unsigned: 'There are no unsigned integers.',
  null: 'There is no `null`: what is missing is unknown, and `has()` asks for it.',
  types: 'Types are no values, and there is no `dyn`.',
  conversion: 'Nothing is converted but an integer, by `double()`.',
  time: 'Days are compared with midnights: there are no durations, times of day, zones or parts of dates.',
  regex: 'There are no regular expressions: what they cost cannot be bounded.',
  concatenation: 'Texts are not concatenated.',
  ordering: 'Texts and booleans have no order.',
  booleans: 'Booleans are not compared: a flag stands for itself, or after `!`.',
  unknownName: 'An unknown name or function is refused while reading, not while deciding.',
  mixed: 'Types that differ are not compared, however the comparison would turn out.',
  integers: 'Integers are compared and not calculated with.',
  unsafe: 'Integers beyond 2^53 cannot be facts.',
  modulo: 'There is no `%`.',
  unguarded: 'A divisor that is not shown to differ from zero is refused.',
  quoted: 'Names are not quoted with backticks.',
} as const;
export type Outside = keyof typeof OUTSIDE;
