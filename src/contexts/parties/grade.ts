import { isUscc } from '../../kernel/codes.ts';
import { effectiveOn, type LocalDate } from '../../kernel/dates.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { type Enterprise, FIVE_GRADES_FROM, type Grade, type GradePeriod } from './contract.ts';

const LEGAL_BASIS = '海关注册登记和备案企业信用管理办法';

/** Grades that exist on a day. */
const FIVE: readonly Grade[] = [
  'advancedCertified',
  'certified',
  'regular',
  'dishonest',
  'seriouslyDishonest',
];
const THREE: readonly Grade[] = ['advancedCertified', 'registered', 'dishonest'];

/**
 * The grade of a registered enterprise on a day. One that customs has neither certified nor marked is
 * an ordinary one: `regular` today, `registered` before the five grades.
 */
export function gradeOf(history: readonly GradePeriod[], on: LocalDate): Grade {
  const ordinary = on < FIVE_GRADES_FROM ? 'registered' : 'regular';
  return effectiveOn(history, on)?.grade ?? ordinary;
}

/** Everything wrong with an enterprise, all at once; `path` is where it stands in the request. */
export function problemsOf({ uscc, grades }: Enterprise, path: string): Refusal[] {
  const problems: Refusal[] = [];
  if (!isUscc(uscc)) {
    const legalBasis = 'GB 32100-2015';
    problems.push({ code: 'parties.uscc_malformed', path: `${path}.uscc`, seen: uscc, legalBasis });
  }
  const inOrder = grades.map((period, i) => ({ ...period, path: `${path}.grades[${i}]` }));
  inOrder.sort((a, b) => (a.from < b.from ? -1 : 1));
  inOrder.forEach((period, i) => {
    const before = inOrder[i - 1];
    if (period.to !== null && period.to <= period.from)
      problems.push({ code: 'parties.grade_period_empty', path: period.path, seen: period.to });
    if (before && (before.to === null || before.to > period.from))
      problems.push({
        code: 'parties.grade_periods_overlap',
        path: period.path,
        seen: period.from,
      });
    if (!existsThroughout(period))
      problems.push({
        code: 'parties.grade_unknown_then',
        path: period.path,
        seen: `${period.grade} ${period.from}`,
        params: { grade: period.grade, changed: FIVE_GRADES_FROM },
        legalBasis: LEGAL_BASIS,
      });
  });
  return problems;
}

/** A grade known under both regimes may span the change; the others belong to one side of it. */
function existsThroughout({ grade, from, to }: GradePeriod): boolean {
  const before = from < FIVE_GRADES_FROM;
  const after = to === null || to > FIVE_GRADES_FROM;
  return (!before || THREE.includes(grade)) && (!after || FIVE.includes(grade));
}
