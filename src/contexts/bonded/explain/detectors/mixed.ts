import type { Quantity } from '../../quantity.ts';
import type { Candidate } from '../candidate.ts';
import type { Paper } from '../evidence.ts';
import { countedAtOf, effectsOf, type Facts, isInBook, type Line, stands } from '../facts.ts';
import { draftLine } from '../remedies.ts';
import { type Detector, found, paperRecord } from './found.ts';
import { sawGoods } from './timing.ts';

/** A part that is otherwise used under bond at least so often is no domestic one. */
const CUSTOM_MIN = 4;

/** Bonded goods issued as domestic and domestic ones as bonded, told by their lots; domestic stock counted in. */
export const mixed: Detector = function* (facts) {
  const underBond = new Set<string>();
  const domestic = new Set<string>();
  const lotOf = (part: string, lot: string): string => `${part}\t${lot}`;
  for (const { part, lot, bonded, posting } of facts.lines)
    if (lot !== null && bonded && posting.kind === 'imported') underBond.add(lotOf(part, lot));
  for (const { part, lot, bonded } of facts.papers)
    if (lot !== null && bonded === false) domestic.add(lotOf(part, lot));
  for (const part of facts.parts) {
    const lines = facts.linesOf.get(part) ?? [];
    const bonded = lines.filter((line) => line.bonded && line.posting.kind === 'issued');
    for (const line of lines) {
      if (line.posting.reverses !== null || facts.reversed.has(line.posting.id)) continue;
      const lot = line.lot === null ? null : lotOf(part, line.lot);
      if (line.bonded) {
        if (lot === null || !domestic.has(lot) || underBond.has(lot)) continue;
        if (!stands(facts, line.posting, countedAtOf(facts, line))) continue;
        yield* otherwise(facts, line, true);
      } else if (isInBook(facts, line.posting, countedAtOf(facts, line))) {
        if (lot !== null && domestic.has(lot) && !underBond.has(lot)) continue;
        const isTold = lot !== null && underBond.has(lot);
        if (isTold || bonded.length >= CUSTOM_MIN) yield* otherwise(facts, line, isTold);
      }
    }
    const isTold = (line: Line): boolean =>
      (line.lot !== null && underBond.has(lotOf(part, line.lot))) || wasSeenBonded(facts, line);
    const isCustom = (used: readonly Line[]): boolean => used.length * CUSTOM_MIN > bonded.length;
    yield* countedIn(
      facts,
      part,
      lines.filter((line) => line.bonded || !isTold(line)),
      isCustom,
    );
  }
};

const wasSeenBonded = (facts: Facts, { part, posting }: Line): boolean =>
  posting.document !== null &&
  (facts.papersOf.get(posting.document) ?? []).some(
    (paper) => sawGoods(paper) && paper.part === part && paper.bonded === true,
  );

function* otherwise(facts: Facts, line: Line, isTold: boolean): Iterable<Candidate> {
  const signed = line.bonded ? -line.quantity : line.quantity;
  yield* found({
    cause: 'bondedMixed',
    grade: isTold ? 'certain' : 'documented',
    uses: [line.record],
    effects: effectsOf(facts, line, signed),
    remedy: {
      kind: 'replace',
      event: line.posting.id,
      line: line.index,
      by: [draftLine(line.part, line.quantity, { bonded: !line.bonded })],
    },
  });
}

/**
 * What came in as domestic and was not used as such, found among the bonded. Where domestic goods of the part are hardly
 * ever used, every receipt that no use took up may lie there still.
 */
function* countedIn(
  facts: Facts,
  part: string,
  lines: readonly Line[],
  isCustom: (used: readonly Line[]) => boolean,
): Iterable<Candidate> {
  const came = facts.papers.filter(
    (paper) =>
      paper.part === part &&
      paper.bonded === false &&
      paper.kind === 'receipt' &&
      paper.to !== null &&
      !(paper.lot !== null && lines.some(({ lot }) => lot === paper.lot)),
  );
  for (const site of new Set(came.map(({ to }) => to?.site ?? ''))) {
    const to = { account: 'rawMaterial', site } as const;
    const at = countedAtOf(facts, { part, from: null, to });
    const before = came.filter((paper) => paper.to?.site === site && paper.at <= at);
    const used = lines.filter(
      (line) =>
        !line.bonded &&
        line.from?.site === site &&
        line.posting.state === 'applied' &&
        line.posting.occurredAt <= at,
    );
    const remedy = { kind: 'recount', part, bins: [] } as const;
    const isIn = (quantity: Quantity) => effectsOf(facts, { part, from: null, to }, quantity);
    if (used.length === 0 || !isCustom(used)) {
      const isUsedUp = (paper: Paper): boolean =>
        used.some(({ quantity }) => quantity === paper.quantity);
      for (const paper of before.filter((it) => !isUsedUp(it)))
        yield* found({
          ...{ cause: 'bondedMixed', grade: 'documented', uses: [paperRecord(paper.id)] },
          ...{ effects: isIn(paper.quantity), remedy },
        });
      continue;
    }
    const sum = (all: readonly { readonly quantity: Quantity }[]): Quantity =>
      all.reduce((total, { quantity }) => total + quantity, 0);
    const left = sum(before) - sum(used);
    // What is left of several receipts is in no record: it only suggests a quantity.
    if (left > 0)
      yield* found({
        ...{ cause: 'bondedMixed', grade: 'pattern', uses: [`domestic:${part}@${site}`] },
        cites: before.map(({ id }) => paperRecord(id)),
        ...{ effects: isIn(left), remedy },
      });
  }
}
