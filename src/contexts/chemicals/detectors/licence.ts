import { CERTAIN } from './facts.ts';
import { type Identify, identifyGoods, worthLooking } from './goods-text.ts';
import { type DeclaredLine, lawOf } from './line.ts';

/** A licence that the law asks for the substance of a line, whatever code it is declared under. */
export interface LicenceNeed {
  readonly lineNo: number;
  /** Its CAS number. */
  readonly substance: string;
  /** Kinds of licence (监管证件代码), any of which serves. */
  readonly kinds: readonly string[];
  readonly basis: string;
}

/**
 * Precursors that are recognised beyond doubt, by an entry compared with the law's text, and that no
 * rule of mixture, preparation or destination frees. Where the law cannot be applied for want of a
 * share, nothing is asked for here: the panel says what to ask.
 */
export function licenceNeedsOf(lines: readonly DeclaredLine[], identify: Identify): LicenceNeed[] {
  return worthLooking(lines).flatMap((line) => {
    const identification = identifyGoods(line, identify);
    if (identification.unknown) return [];
    const { memberships, requirements } = lawOf(identification, line);
    const listed = memberships.find(
      ({ entry, control }) =>
        control === 'applies' &&
        entry.list === 'cn_precursor' &&
        entry.foundation !== 'memory' &&
        identification.candidates.some(
          ({ cas, score }) => cas !== null && cas === entry.cas && score >= CERTAIN,
        ),
    );
    const licence = requirements.find(
      ({ kind, status }) => kind === 'precursorLicence' && status === 'required',
    );
    if (!listed || !licence) return [];
    const { cas, basis } = listed.entry;
    return [{ lineNo: line.lineNo, substance: cas ?? '', kinds: licence.licenceKinds, basis }];
  });
}
