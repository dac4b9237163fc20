import type { FactSet } from '../../facts/index.ts';
import type { LineFindings, Verdict } from './contract.ts';
import { type Identify, worthLooking } from './goods-text.ts';
import { type DeclaredLine, findingsOf } from './line.ts';
import { nameOf } from './tariff-code.ts';

/** A recognition on which a certain hit may rest. */
export const CERTAIN = 0.95;

/**
 * What a decision is told of the chemicals in a declaration: the facts of its most telling line. None
 * where no line was recognised as a substance. A fact that could not be judged is left out.
 */
export function chemicalFactsOf(lines: readonly DeclaredLine[], identify: Identify): FactSet {
  let told: LineFindings | null = null;
  for (const line of worthLooking(lines)) {
    const findings = findingsOf(line, identify);
    if (findings.identification.unknown) continue;
    if (told === null || weight(findings) > weight(told)) told = findings;
  }
  return told === null ? {} : factsOf(told);
}

const weight = ({ verdicts, position }: LineFindings): number =>
  Math.max(0, ...verdicts.map(({ points }) => points)) * 10 +
  (position.memberships.length > 0 ? 1 : 0);

function factsOf({ lineNo, identification, position, verdicts }: LineFindings): FactSet {
  const first = identification.candidates[0];
  const said = (detector: Verdict['detector']): Verdict | undefined =>
    verdicts.find((verdict) => verdict.detector === detector);
  const facts: Record<string, FactSet[string]> = {
    'chemical.cas': first?.cas ?? null,
    'chemical.substance': nameOf(identification),
    'chemical.lineNo': lineNo,
    'chemical.likelihood': first?.score ?? null,
    'chemical.disguises': said('disguise') ? identification.reading.disguises.length : 0,
  };
  if (identification.hs6.length > 0) {
    facts['chemical.expectedHs'] = identification.hs6.join(', ');
    const verdict = said('tariffCode');
    if (verdict?.outcome !== 'notEvaluated') facts['chemical.hsFits'] = verdict === undefined;
  }
  const classes = [...new Set(identification.hazards.flatMap(({ class: own }) => own ?? []))];
  if (classes.length > 0) {
    facts['chemical.hazardClass'] = classes.join(', ');
    const un = identification.reading.un[0];
    if (un !== undefined) {
      facts['chemical.unStated'] = un;
      facts['chemical.hazardFits'] = said('hazard') === undefined;
    }
  }
  return { ...facts, ...controlFacts(position, said('controlled'), first?.score ?? 0) };
}

function controlFacts(
  { memberships }: LineFindings['position'],
  verdict: Verdict | undefined,
  likelihood: number,
): FactSet {
  const binding = memberships.filter(({ entry }) => BINDING.has(entry.list));
  const own =
    binding.find(({ control }) => control === 'applies') ??
    binding.find(({ control }) => control === 'notEvaluated') ??
    binding[0];
  if (!own) return {};
  const facts: Record<string, FactSet[string]> = {
    'chemical.list': own.entry.list,
    'chemical.listClass': own.entry.class,
    'chemical.isCertain': likelihood >= CERTAIN && own.entry.foundation !== 'memory',
    'chemical.isLicensed': verdict?.outcome !== 'misfit',
  };
  if (own.control !== 'notEvaluated') facts['chemical.isControlled'] = own.control === 'applies';
  return facts;
}

const BINDING = new Set(['cn_precursor', 'cn_monitored']);
