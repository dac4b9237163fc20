import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import type { PauseCode } from '../../../../../src/contexts/clearance/modes/contract.ts';
import type { IconName } from '../../../parts/icon.tsx';
import type { Word } from '../words.ts';

/**
 * Acts as `DeclarationDetail.allowed` names them, in the order of their buttons, each with its sign. Those
 * marked `forward` move a waiting declaration on; of those allowed, the first is offered first.
 */
const TABLE = [
  ['recordExamination', 'examine', 'forward'],
  ['checkDocuments', 'declaration', 'forward'],
  ['reportSample', 'check', 'forward'],
  ['dispose', 'case', 'forward'],
  ['carryOut', 'check', 'forward'],
  ['approveDowngrade', 'shield', 'forward'],
  ['confirmArrival', 'gate', 'forward'],
  ['complete', 'file', 'forward'],
  ['startTransit', 'truck', 'forward'],
  ['endTransit', 'gate', 'forward'],
  ['amend', 'file'],
  ['supplement', 'plus'],
  ['orderExamination', 'examine'],
  ['proposeDowngrade', 'chevronDown'],
  ['liftHold', 'arrowRight'],
  ['hold', 'pause'],
  ['pauseClock', 'clock'],
  ['resumeClock', 'arrowRight'],
  ['revoke', 'stop'],
  ['close', 'done', 'forward'],
  ['cancel', 'close'],
] as const satisfies readonly (readonly [string, IconName, 'forward'?])[];
export type ActName = (typeof TABLE)[number][0];
export const ACTS: readonly ActName[] = TABLE.map(([name]) => name);
export const isActName = (name: string | undefined): name is ActName =>
  (ACTS as readonly (string | undefined)[]).includes(name);
export const ICONS = Object.fromEntries(TABLE) as Readonly<Record<ActName, IconName>>;
export const FORWARD: ReadonlySet<ActName> = new Set(
  TABLE.filter(([, , moves]) => moves === 'forward').map(([name]) => name),
);

export interface Option {
  readonly value: string;
  readonly words: Word;
  /** What choosing it leads to. */
  readonly leadsTo?: Word;
}

export type FieldSpec =
  | {
      readonly name: string;
      /** A list is written with commas between. */
      readonly kind: 'text' | 'long' | 'list' | 'day';
      readonly isOptional?: boolean;
    }
  | { readonly name: string; readonly kind: 'choice'; readonly options: readonly Option[] };

export interface FormSpec {
  /** The last part of the address the act is posted to. */
  readonly path: string;
  readonly fields: readonly FieldSpec[];
}

const long = (name: string): FieldSpec => ({ name, kind: 'long' });
const text = (name: string): FieldSpec => ({ name, kind: 'text' });
const NOTE = long('note');
const NOTE_OPTIONAL: FieldSpec = { name: 'note', kind: 'long', isOptional: true };

/** A choice whose words stand under `group.value`, and what each leads to under `group.value.leads`. */
const choice = (
  name: string,
  group: string,
  values: readonly string[],
  leads: 'leads' | 'endsThere' = 'endsThere',
): FieldSpec => ({
  name,
  kind: 'choice',
  options: values.map((value) => ({
    value,
    words: `${group}.${value}` as Word,
    ...(leads === 'leads' ? { leadsTo: `${group}.${value}.leads` as Word } : {}),
  })),
});

const YES_OR_NO: readonly Option[] = [
  { value: 'true', words: 'answer.yes' },
  { value: 'false', words: 'answer.no' },
];
const REASONED = [long('reason'), text('legalBasis')];

/** Acts with a form of their own: the examination's, and the filing's for what changes the content. */
export type ShortAct = Exclude<ActName, 'recordExamination' | 'amend' | 'complete'>;

export const DISPOSITIONS = [
  'release',
  'amend',
  'pay',
  'rectify',
  'return',
  'destroy',
  'detain',
  'transferToAntiSmuggling',
] as const;
const PAUSES = [
  'awaitingLaboratory',
  'awaitingAuthority',
  'underInvestigation',
  'forceMajeure',
  'systemDowntime',
  'courtOrder',
] as const satisfies readonly PauseCode[];
const LANES = ['red', 'yellow', 'blue', 'green'] as const;
const DOWNGRADE_REASONS = [
  'standardException',
  'articulableReason',
  'sameGoodsExaminedRecently',
  'dataCorrected',
] as const;

const FORMS: Readonly<
  Record<ShortAct, readonly [path: string, fields: (of: Declaration) => readonly FieldSpec[]]>
> = {
  checkDocuments: [
    'documentary-check',
    () => [choice('outcome', 'outcome', ['passed', 'examine', 'returned'], 'leads'), NOTE_OPTIONAL],
  ],
  reportSample: [
    'sample-result',
    ({ examinations }) => [
      {
        name: 'sample',
        kind: 'choice',
        options: examinations
          .flatMap(({ samplesAwaiting }) => samplesAwaiting)
          .map((value) => ({ value, words: value as Word })),
      },
      choice('outcome', 'outcome', ['conforms', 'differs'], 'leads'),
      long('report'),
    ],
  ],
  dispose: [
    'disposition',
    () => [choice('disposition', 'disposition', DISPOSITIONS, 'leads'), NOTE_OPTIONAL],
  ],
  carryOut: ['carried-out', () => [long('evidence')]],
  proposeDowngrade: [
    'downgrade',
    ({ lane }) => [
      choice('to', 'lane', LANES.slice(lane === null ? 1 : LANES.indexOf(lane) + 1)),
      choice('reason', 'downgrade', DOWNGRADE_REASONS, 'leads'),
      NOTE,
    ],
  ],
  approveDowngrade: [
    'downgrade-approval',
    () => [choice('approve', 'approve', ['true', 'false']), NOTE_OPTIONAL],
  ],
  confirmArrival: ['arrival', () => [text('premises')]],
  hold: ['hold', () => REASONED],
  revoke: ['revocation', () => REASONED],
  supplement: [
    'supplements',
    () => [
      choice('about', 'about', ['value', 'classification', 'origin', 'other']),
      long('statement'),
    ],
  ],
  startTransit: [
    'transit-start',
    () => [
      { name: 'seals', kind: 'list' },
      { name: 'dueOn', kind: 'day', isOptional: true },
    ],
  ],
  endTransit: [
    'transit-end',
    () => [
      text('premises'),
      { name: 'seals', kind: 'list' },
      { name: 'intact', kind: 'choice', options: YES_OR_NO },
    ],
  ],
  pauseClock: [
    'clock-pause',
    (of) => [clockField(of, false), choice('code', 'pause', PAUSES), NOTE],
  ],
  resumeClock: ['clock-resumption', (of) => [clockField(of, true), NOTE_OPTIONAL]],
  orderExamination: ['examination-order', () => [NOTE]],
  liftHold: ['lift-hold', () => [NOTE]],
  cancel: ['cancel', () => [NOTE]],
  close: ['close', () => [NOTE]],
};

/** The fields of a short act. */
export function formOf(act: ShortAct, declaration: Declaration): FormSpec {
  const [path, fields] = FORMS[act];
  return { path, fields: fields(declaration) };
}

/** Deadlines that run, or those that stand still. */
function clockField({ clocks }: Declaration, isPaused: boolean): FieldSpec {
  const open = clocks.filter(
    ({ startedOn, metAt, pausedAt }) => startedOn && !metAt && Boolean(pausedAt) === isPaused,
  );
  return choice(
    'clock',
    'clock',
    open.map(({ kind }) => kind),
  );
}
