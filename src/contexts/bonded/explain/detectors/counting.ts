import type { Quantity } from '../../quantity.ts';
import { type Spot, spotKey } from '../../stocktake/differences.ts';
import type { Candidate } from '../candidate.ts';
import type { Tag } from '../evidence.ts';
import { type Facts, grouped } from '../facts.ts';
import { type Detector, found } from './found.ts';

/** What goes wrong in counting leaves no record but the tag itself: these are never more than possible. */
export const counting: Detector = function* (facts) {
  for (const tag of facts.tags) if (isCounted(facts, tag)) yield* transposed(tag);
  yield* countedTwice(facts);
  yield* exchanged(facts);
};

const spotOf = ({ part, account, site }: Tag): Spot => ({ part, account, site });
const isCounted = (facts: Facts, tag: Tag): boolean => {
  const target = facts.targets.get(spotKey(spotOf(tag)));
  return target !== undefined && target.difference !== 0;
};
const tagRecord = ({ id }: Tag): string => `tag:${id}`;

/** Two neighbouring digits written the wrong way round: the error is always a multiple of nine of the lower place. */
function* transposed(tag: Tag): Iterable<Candidate> {
  const digits = [...String(tag.quantity)];
  for (let at = 0; at + 1 < digits.length; at += 1) {
    const [left, right] = [digits[at], digits[at + 1]] as [string, string];
    if (left === right) continue;
    const meant = Number([...digits.slice(0, at), right, left, ...digits.slice(at + 2)].join(''));
    yield* miscounted([tag], [{ ...spotOf(tag), quantity: tag.quantity - meant }], `digit${at}`);
  }
}

function* miscounted(
  tags: readonly Tag[],
  effects: readonly (Spot & { readonly quantity: Quantity })[],
  how: string,
): Iterable<Candidate> {
  const [first] = tags;
  if (!first) return;
  yield* found({
    cause: 'countingError',
    grade: 'pattern',
    uses: tags.map(tagRecord),
    cites: [`counting:${how}`],
    effects,
    remedy: { kind: 'recount', part: first.part, bins: tags.flatMap(({ bin }) => bin ?? []) },
  });
}

function* countedTwice(facts: Facts): Iterable<Candidate> {
  const alike = grouped(facts.tags, (tag) =>
    tag.bin === null ? null : `${spotKey(spotOf(tag))}\t${tag.bin}\t${tag.quantity}`,
  );
  for (const group of alike.values())
    for (const tag of group.slice(1))
      yield* miscounted([tag], [{ ...spotOf(tag), quantity: tag.quantity }], 'twice');
}

const BIN = /^(.*?)(\d+)$/;

/** Two bins side by side whose quantities were written on each other's tags. */
function* exchanged(facts: Facts): Iterable<Candidate> {
  const byBin = grouped(facts.tags, (tag) => (tag.bin === null ? null : binKey(tag, tag.bin)));
  for (const tag of facts.tags) {
    const [, row = '', number = ''] = BIN.exec(tag.bin ?? '') ?? [];
    if (number === '' || !isCounted(facts, tag)) continue;
    const next = String(Number(number) + 1).padStart(number.length, '0');
    for (const other of byBin.get(binKey(tag, `${row}${next}`)) ?? []) {
      if (other.part === tag.part || !isCounted(facts, other)) continue;
      const more = tag.quantity - other.quantity;
      const effects = [
        { ...spotOf(tag), quantity: more },
        { ...spotOf(other), quantity: -more },
      ];
      yield* miscounted([tag, other], effects, 'bins');
    }
  }
}

const binKey = ({ account, site }: Tag, bin: string): string => `${account}\t${site}\t${bin}`;
