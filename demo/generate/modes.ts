import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';
import type { Draft } from './declaration.ts';
import type { Enterprise } from './enterprises.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of imports that may go the way, how many do. */
const SHARES = { twoStep: 0.1, twoStage: 0.05, transit: 0.01 } as const;
const COMPLETED_AFTER = { least: 1 * DAY, most: 9 * DAY } as const;
/** Supervision modes of goods that go into a zone (区内物流货物、保税电商), and the zone behind each office. */
const INTO_ZONES = new Set(['5034', '1210']);
const ZONES: Readonly<Record<string, string>> = { 2225: 'waigaoqiao-port', 2248: 'yangshan' };
/** Nantong (南通海关). */
const INLAND = { office: '2302', premises: '南通海关监管场所（演示）' } as const;
const CERTIFIED = new Set(['certified', 'advancedCertified']);

/** What somebody does about a declaration afterwards, at one of its addresses. */
export interface Act {
  readonly id: string;
  readonly act: 'complete' | 'transit-start' | 'transit-end';
  readonly said: Readonly<Record<string, unknown>> & { readonly occurredAt: string };
}

/** A declaration as its mode has it filed, and what its mode asks for later. */
export interface Moded {
  readonly content: DeclarationInput;
  readonly acts: readonly Act[];
}

/** Now and then an import takes another way than the ordinary one, where it may. */
export function withMode(draft: Draft, content: DeclarationInput, random: Random): Moded {
  const [first, second, later] = [random.next(), random.next(), random.next()];
  const zone = ZONES[draft.chain.office.code];
  if (content.ieFlag !== 'I') return { content, acts: [] };
  if (zone && INTO_ZONES.has(content.supervisionMode ?? '')) {
    return { content: { ...content, modes: { line: 'firstLine', zone } }, acts: [] };
  }
  if (first < SHARES.twoStep && isSecured(draft.domestic)) return twoSteps(draft, content, later);
  if (draft.chain.air) return { content, acts: [] };
  if (second < SHARES.transit) return transit(draft, content, later);
  if (second < SHARES.transit + SHARES.twoStage) {
    return { content: { ...content, modes: { admission: 'twoStage' } }, acts: [] };
  }
  return { content, acts: [] };
}

/** A bank stands for certified enterprises, and two steps need a guarantee. */
const isSecured = ({ grades }: Enterprise): boolean => {
  const now = grades.at(-1);
  return now !== undefined && now.to === null && CERTIFIED.has(now.grade);
};

/** First without the documents, which come with the second step. */
function twoSteps(draft: Draft, content: DeclarationInput, later: number): Moded {
  // An origin that is claimed is proved at once.
  if (content.lines.some(({ preference }) => preference)) return { content, acts: [] };
  const whole: DeclarationInput = { ...content, filing: 'twoStep' };
  const { least, most } = COMPLETED_AFTER;
  const at = Math.max(draft.arrivesAt, draft.at) + least + later * (most - least);
  const said = { content: whole, occurredAt: instant(at) };
  return {
    content: { ...whole, documents: [] },
    acts: [{ id: draft.id, act: 'complete', said }],
  };
}

/** Under seal from the port to an inland office a day away. */
function transit(draft: Draft, content: DeclarationInput, later: number): Moded {
  const seals = [`Z${String(Math.floor(later * 10_000_000)).padStart(7, '0')}`];
  const leaves = Math.max(draft.arrivesAt, draft.at) + 3 * HOUR;
  const arrives = leaves + (8 + later * 20) * HOUR;
  const said = { premises: INLAND.premises, seals, intact: true, occurredAt: instant(arrives) };
  return {
    content: { ...content, modes: { transit: 'transit', transitOffice: INLAND.office } },
    acts: [
      { id: draft.id, act: 'transit-start', said: { seals, occurredAt: instant(leaves) } },
      { id: draft.id, act: 'transit-end', said },
    ],
  };
}

const instant = (at: number): string => new Date(at).toISOString();
