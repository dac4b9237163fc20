import type { Condition, ConditionKind, DeclarationContent } from './contract.ts';
import type { State } from './declaration.ts';
import type { ReleasedPayload } from './events.ts';
import type { ComposedMode } from './modes/compose.ts';
import { modeOf } from './modes/running.ts';

/**
 * The legal basis of each condition. 海关法 is the Customs Law of the People's Republic of China as
 * amended on 2021-04-29.
 */
const LEGAL_BASIS: Record<ConditionKind, string> = {
  documentsInOrder: '海关法 第二十四条、第二十五条',
  manifestMatched: '海关进出境运输工具舱单管理办法',
  arrivalConfirmed: '海关法 第二十四条第二款',
  targetingClosed: '海关法 第二十八条',
  examinationDisposed: '海关法 第二十八条',
  permitsWrittenDown: '海关法 第二十四条、第四十条',
  quarantineCleared: '进出境动植物检疫法 第十四条；国境卫生检疫法',
  authorityCleared: '海关法 第二十四条、第四十条',
  taxPaidOrGuaranteed: '海关法 第二十九条',
  transitEnded: '海关关于转关货物监管办法',
};

/** Offices that act wherever the goods are: nationwide integrated clearance (全国通关一体化). */
export const RISK_CONTROL_CENTRE = 'riskControlCentre';
export const TAX_COLLECTION_CENTRE = 'taxCollectionCentre';
const TERMINAL = 'terminal';

/** What is answered for outside the declaration: by cargo, by issuing authorities, by duty. */
const PROVIDED: Partial<Record<ConditionKind, (content: DeclarationContent) => string>> = {
  manifestMatched: ({ parties }) => parties.carrier?.name ?? 'carrier',
  permitsWrittenDown: () => 'issuingAuthority',
  quarantineCleared: (content) => officeOf(content, 'examination'),
  authorityCleared: () => 'otherAuthority',
  taxPaidOrGuaranteed: () => TAX_COLLECTION_CENTRE,
};

/**
 * Whose provider does not exist yet. Such a condition shows *not computed*, by a setting of the port
 * that every page names; it is never silently met. Without the setting it is *unmet* and withholds release.
 */
export type NotComputed = ReadonlySet<ConditionKind>;

/**
 * The conditions of release, each with its owner, clock and legal basis. Pure: the same state gives
 * the same conditions. A condition is *not applicable* only where the declaration itself says so, by
 * what it declares or by the mode it is under.
 */
export function conditionsOf(state: State, notComputed: NotComputed): Condition[] {
  if (!state.acceptedAt) return [];
  const { content } = state;
  const { conditions: mode } = modeOf(state);
  const examiningOffice = officeOf(content, 'examination');
  return [
    {
      kind: 'documentsInOrder',
      ...(state.documentsAt ? met(state.documentsAt) : unmet),
      owner: officeOf(content, 'declaration'),
      since: state.acceptedAt,
    },
    {
      kind: 'arrivalConfirmed',
      ...(state.arrivedAt ? met(state.arrivedAt) : unmet),
      owner: content.parties.terminal?.name ?? TERMINAL,
      since: state.acceptedAt,
    },
    {
      kind: 'targetingClosed',
      ...(state.targetingClosedAt && !state.hold ? met(state.targetingClosedAt) : unmet),
      owner: RISK_CONTROL_CENTRE,
      since: state.hold?.since ?? state.acceptedAt,
    },
    examinationCondition(state, examiningOffice),
    ...(Object.keys(PROVIDED) as ConditionKind[]).flatMap((kind) =>
      provided(state, kind, notComputed),
    ),
    ...(mode.adds.has('transitEnded') ? [transitCondition(state)] : []),
  ].map((condition) => ({
    evidence: null,
    dueAt: null,
    refusal: null,
    legalBasis: LEGAL_BASIS[condition.kind as ConditionKind],
    ...condition,
    ...(mode.drops.has(condition.kind as ConditionKind) && cannotArise),
    stage: stageOf(condition.kind as ConditionKind, mode),
  })) as Condition[];
}

/** What a mode does without is not waited for, whoever was asked. */
const cannotArise = { status: 'notApplicable', since: null, metAt: null } as const;

function stageOf(kind: ConditionKind, { forUse }: ComposedMode['conditions']): Condition['stage'] {
  if (forUse.size === 0) return 'release';
  return forUse.has(kind) ? 'use' : 'removal';
}

/** Removal is due when nothing of the first of two stages is unmet. */
export function removalIsDue(conditions: readonly Condition[]): boolean {
  const first = conditions.filter(({ stage }) => stage === 'removal');
  return first.length > 0 && first.every(({ status }) => status !== 'unmet');
}

/** Release is due when nothing is unmet. It is computed from the record; nobody clicks it. */
export const releaseIsDue = (conditions: readonly Condition[]): boolean =>
  conditions.length > 0 && conditions.every((condition) => condition.status !== 'unmet');

export function unmetOf(conditions: readonly Condition[]): ConditionKind[] {
  const unmetOnes = conditions.filter((condition) => condition.status === 'unmet');
  return [...new Set(unmetOnes.map((condition) => condition.kind))];
}

/** How long each owner's clock ran, for the figure that shows each agency's time apart. */
export function clocksOf(conditions: readonly Condition[]): ReleasedPayload['clocks'] {
  return conditions.flatMap(({ kind, owner, since, metAt }) =>
    since && metAt
      ? [
          {
            condition: kind,
            owner,
            seconds: Math.max(0, Date.parse(metAt) - Date.parse(since)) / 1000,
          },
        ]
      : [],
  );
}

const unmet = { status: 'unmet', metAt: null } as const;
const met = (at: string) => ({ status: 'met', metAt: at }) as const;

function officeOf(content: DeclarationContent, which: 'declaration' | 'examination'): string {
  if (which === 'declaration') return content.declarationOffice ?? '';
  return content.examinationOffice ?? content.borderOffice ?? content.declarationOffice ?? '';
}

function examinationCondition(state: State, owner: string) {
  const last = state.examinations.at(-1);
  if (!last) return notApplicable('examinationDisposed', owner);
  return {
    kind: 'examinationDisposed',
    ...(state.examinationClosedAt ? met(state.examinationClosedAt) : unmet),
    owner,
    since: last.orderedAt,
  };
}

function transitCondition({ transit, content, acceptedAt }: State) {
  const destination = content.ieFlag === 'I' ? content.modes?.transitOffice : content.borderOffice;
  return {
    kind: 'transitEnded',
    ...(transit?.endedAt ? met(transit.endedAt) : unmet),
    owner: destination ?? '',
    since: transit?.startedAt ?? acceptedAt,
  };
}

/**
 * One condition for each owner who was asked. A kind that nobody was asked for is *not applicable*
 * when its provider said so, and *unmet* when there is no provider at all.
 */
function provided(
  state: State,
  kind: ConditionKind,
  notComputed: NotComputed,
): Partial<Condition>[] {
  const asked = state.provided.requirements.filter((each) => each.kind === kind);
  if (asked.length > 0) {
    return asked.map(({ owner, legalBasis, metAt, evidence, dueAt, refusal }) => ({
      ...{ kind, owner, legalBasis, evidence, dueAt, refusal },
      ...(metAt ? met(metAt) : unmet),
      since: state.acceptedAt,
    }));
  }
  const owner = PROVIDED[kind]?.(state.content) ?? '';
  if (state.provided.computed.includes(kind)) return [notApplicable(kind, owner)];
  if (notComputed.has(kind)) {
    return [{ kind, status: 'notComputed', owner, since: null, metAt: null }];
  }
  const none = kind === 'permitsWrittenDown' && state.content.licences.length === 0;
  if (none) return [notApplicable(kind, owner)];
  return [{ kind, ...unmet, owner, since: state.acceptedAt }];
}

const notApplicable = (kind: ConditionKind, owner: string) =>
  ({ kind, status: 'notApplicable', owner, since: null, metAt: null }) as const;
