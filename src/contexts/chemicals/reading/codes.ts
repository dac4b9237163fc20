import type { ReadingProblem } from '../contract.ts';
import { casIn } from './cas.ts';

/** Numbers a text gives for what it is, and the text without them. */
export interface Codes {
  readonly rest: string;
  readonly cas: readonly string[];
  readonly un: readonly string[];
  readonly problems: readonly ReadingProblem[];
}

const CAS_LABEL = String.raw`(?:cas(?:[ -]?rn)?(?:[ -]?(?:no|number|nr|号|登记号|编号))?\.?\s*[:=#]?\s*)?`;
const CAS_NUMBER = new RegExp(
  String.raw`[([]?${CAS_LABEL}(?<![\d-])([1-9]\d{1,6})\s?-\s?(\d{2})\s?-\s?(\d)(?![\d-])[)\]]?`,
  'g',
);
const UN_NUMBER =
  /[([]?(?<![a-z])(?:un|联合国编号|危险货物编号)[ -]?(?:no|number|id)?\.?\s*[:#]?\s*(\d{4})(?!\d)[)\]]?/g;

/** Reads CAS and UN numbers from a normalised text; a CAS number whose check digit is wrong is told, not used. */
export function readCodes(text: string): Codes {
  const cas = new Set<string>();
  const un = new Set<string>();
  const problems: ReadingProblem[] = [];
  const rest = text
    .replace(CAS_NUMBER, (_, a, b, c) => {
      for (const { cas: number, isRight } of casIn(`${a}-${b}-${c}`)) {
        if (isRight) cas.add(number);
        else problems.push({ code: 'chemicals.cas_check_digit', seen: number });
      }
      return ' ';
    })
    .replace(UN_NUMBER, (_, number) => {
      un.add(number);
      return ' ';
    });
  return { rest, cas: [...cas], un: [...un], problems };
}
