import { createHmac } from 'node:crypto';
import { isEffective, type LocalDate } from '../../../kernel/dates.ts';
import type { DeclarationContent, Line, Problem } from '../contract.ts';
import type { Effect, ProhibitionRule, ProhibitionSearch } from './contract.ts';

/** 海关法 第四十条: customs enforces what laws and regulations prohibit or restrict. */
const PROHIBITIONS = '海关法 第四十条';
/** 海关法 第二十四条: restricted goods without their permit are not released. */
const PERMITS = '海关法 第二十四条';

/** A line that passes only with a permit of one of these kinds. */
export interface PermitNeed {
  readonly lineNo: number;
  readonly rule: string;
  readonly kinds: readonly string[];
}

type CheckRule = ProhibitionRule & { readonly effect: Extract<Effect, { kind: 'check' }> };

/** What the law in force says of one declaration. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly permits: readonly PermitNeed[];
  readonly checks: readonly { readonly rule: CheckRule; readonly lines: readonly number[] }[];
}

/** Everything that applies to a declaration on a day, line by line. */
export function findingsOf(
  rules: readonly ProhibitionRule[],
  content: DeclarationContent,
  on: LocalDate,
): Findings {
  const problems: Problem[] = [];
  const permits: PermitNeed[] = [];
  const checks = new Map<CheckRule, number[]>();
  const named = new Set(content.licences.map(({ kind }) => kind));
  const applicable = rules.filter((rule) => appliesToHead(rule, content, on));
  content.lines.forEach((line, index) => {
    for (const rule of applicable) {
      if (!speaksOf(rule, line, content)) continue;
      const { effect } = rule;
      if (effect.kind === 'prohibited') problems.push(prohibited(rule, line, index));
      else if (effect.kind === 'check') {
        const check = rule as CheckRule;
        checks.set(check, [...(checks.get(check) ?? []), line.lineNo]);
      } else {
        permits.push({ lineNo: line.lineNo, rule: rule.id, kinds: effect.permitKinds });
        if (!effect.permitKinds.some((kind) => named.has(kind))) {
          problems.push(permitMissing(rule, effect.permitKinds, line, index));
        }
      }
    }
  });
  return { problems, permits, checks: [...checks].map(([rule, lines]) => ({ rule, lines })) };
}

const appliesToHead = (
  rule: ProhibitionRule,
  { ieFlag, supervisionMode }: DeclarationContent,
  on: LocalDate,
): boolean =>
  rule.ieFlag === ieFlag &&
  isEffective(rule, on) &&
  !(supervisionMode !== null && rule.exceptModes.includes(supervisionMode));

function speaksOf(rule: ProhibitionRule, line: Line, content: DeclarationContent): boolean {
  if (line.hsCode === null || !isOf(rule, line.hsCode)) return false;
  if (rule.countries.length === 0) return true;
  const country = content.ieFlag === 'I' ? line.originCountry : content.transport.partnerCountry;
  return country !== null && rule.countries.includes(country);
}

const isOf = ({ hs, exceptHs }: ProhibitionRule, code: string): boolean =>
  hs.some((prefix) => code.startsWith(prefix)) &&
  !exceptHs.some((prefix) => code.startsWith(prefix));

function prohibited(rule: ProhibitionRule, line: Line, index: number): Problem {
  return {
    code: 'clearance.goods_prohibited',
    path: `lines[${index}].hsCode`,
    seen: line.hsCode ?? '',
    params: { rule: rule.id, since: rule.from },
    legalBasis: `${PROHIBITIONS}；${rule.legalBasis}`,
  };
}

function permitMissing(
  rule: ProhibitionRule,
  kinds: readonly string[],
  line: Line,
  index: number,
): Problem {
  return {
    code: 'clearance.permit_required',
    path: `lines[${index}].hsCode`,
    seen: line.hsCode ?? '',
    params: { rule: rule.id, kinds: kinds.join(', ') },
    legalBasis: `${PERMITS}；${rule.legalBasis}`,
  };
}

/**
 * The rules a reader asks for. A short code asks for a whole chapter or heading, so a rule about a
 * part of it answers too; a question that leaves something out is answered for all of it.
 */
export function rulesFor<Rule extends ProhibitionRule>(
  rules: readonly Rule[],
  { hs, ieFlag, country, mode }: ProhibitionSearch,
  on: LocalDate,
): Rule[] {
  const meets = (prefix: string) =>
    hs === undefined || prefix.startsWith(hs) || hs.startsWith(prefix);
  return rules.filter(
    (rule) =>
      isEffective(rule, on) &&
      rule.hs.some(meets) &&
      !(hs !== undefined && rule.exceptHs.some((prefix) => hs.startsWith(prefix))) &&
      (ieFlag === undefined || rule.ieFlag === ieFlag) &&
      (country === undefined || rule.countries.length === 0 || rule.countries.includes(country)) &&
      (mode === undefined || !rule.exceptModes.includes(mode)),
  );
}

/**
 * Whether a declaration is among the share a rule asks for. Drawn with a key, so that nobody outside
 * can choose an id that is passed over, and always alike, so that filing again is no second chance.
 */
export function isDrawn(seed: string, what: string, declaration: string, percent: number): boolean {
  if (percent >= 100) return true;
  const digest = createHmac('sha256', seed).update(`${what}\n${declaration}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < percent / 100;
}
