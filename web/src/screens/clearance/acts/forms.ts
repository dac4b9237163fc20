import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import type { PauseCode } from '../../../../../src/contexts/clearance/modes/contract.ts';
import type { IconName } from '../../../parts/icon.tsx';
import type { Word } from '../words.ts';

/** Acts as `DeclarationDetail.allowed` names them; the order is that of the buttons. */
export const ACTS = [
  'recordExamination',
  'checkDocuments',
  'reportSample',
  'dispose',
  'carryOut',
  'approveDowngrade',
  'confirmArrival',
  'complete',
  'startTransit',
  'endTransit',
  'amend',
  'supplement',
  'orderExamination',
  'proposeDowngrade',
  'liftHold',
  'hold',
  'pauseClock',
  'resumeClock',
  'revoke',
  'close',
  'cancel',
] as const;
export type ActName = (typeof ACTS)[number];
export const isActName = (name: string | undefined): name is ActName =>
  (ACTS as readonly (string | undefined)[]).includes(name);

export const ICONS: Record<ActName, IconName> = {
  recordExamination: 'examine',
  checkDocuments: 'declaration',
  reportSample: 'check',
  dispose: 'case',
  carryOut: 'check',
  approveDowngrade: 'shield',
  confirmArrival: 'gate',
  complete: 'file',
  startTransit: 'truck',
  endTransit: 'gate',
  amend: 'file',
  supplement: 'plus',
  orderExamination: 'examine',
  proposeDowngrade: 'chevronDown',
  liftHold: 'arrowRight',
  hold: 'pause',
  pauseClock: 'clock',
  resumeClock: 'arrowRight',
  revoke: 'stop',
  close: 'done',
  cancel: 'close',
};

/** The acts that move a waiting declaration on; of those allowed, the first is offered first. */
export const FORWARD: ReadonlySet<ActName> = new Set([
  'recordExamination',
  'checkDocuments',
  'reportSample',
  'dispose',
  'carryOut',
  'approveDowngrade',
  'confirmArrival',
  'complete',
  'startTransit',
  'endTransit',
  'close',
]);

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

const NOTE: FieldSpec = { name: 'note', kind: 'long' };
const NOTE_OPTIONAL: FieldSpec = { name: 'note', kind: 'long', isOptional: true };

const option = (group: 'outcome' | 'disposition', value: string): Option => ({
  value,
  words: `${group}.${value}` as Word,
  leadsTo: `${group}.${value}.leads` as Word,
});

/** Acts with a form of their own: the examination's, and the filing's for what changes the content. */
export type ShortAct = Exclude<ActName, 'recordExamination' | 'amend' | 'complete'>;

/** The fields of a short act. */
export function formOf(act: ShortAct, declaration: Declaration): FormSpec {
  switch (act) {
    case 'checkDocuments':
      return {
        path: 'documentary-check',
        fields: [
          {
            name: 'outcome',
            kind: 'choice',
            options: ['passed', 'examine', 'returned'].map((value) => option('outcome', value)),
          },
          NOTE_OPTIONAL,
        ],
      };
    case 'reportSample':
      return { path: 'sample-result', fields: sampleFields(declaration) };
    case 'dispose':
      return {
        path: 'disposition',
        fields: [
          {
            name: 'disposition',
            kind: 'choice',
            options: DISPOSITIONS.map((value) => option('disposition', value)),
          },
          NOTE_OPTIONAL,
        ],
      };
    case 'carryOut':
      return { path: 'carried-out', fields: [{ name: 'evidence', kind: 'long' }] };
    case 'proposeDowngrade':
      return { path: 'downgrade', fields: downgradeFields(declaration) };
    case 'approveDowngrade':
      return {
        path: 'downgrade-approval',
        fields: [
          {
            name: 'approve',
            kind: 'choice',
            options: [
              { value: 'true', words: 'approve.true' },
              { value: 'false', words: 'approve.false' },
            ],
          },
          NOTE_OPTIONAL,
        ],
      };
    case 'confirmArrival':
      return { path: 'arrival', fields: [{ name: 'premises', kind: 'text' }] };
    case 'hold':
      return {
        path: 'hold',
        fields: [
          { name: 'reason', kind: 'long' },
          { name: 'legalBasis', kind: 'text' },
        ],
      };
    case 'supplement':
      return {
        path: 'supplements',
        fields: [
          {
            name: 'about',
            kind: 'choice',
            options: (['value', 'classification', 'origin', 'other'] as const).map((value) => ({
              value,
              words: `about.${value}`,
            })),
          },
          { name: 'statement', kind: 'long' },
        ],
      };
    case 'startTransit':
      return {
        path: 'transit-start',
        fields: [
          { name: 'seals', kind: 'list' },
          { name: 'dueOn', kind: 'day', isOptional: true },
        ],
      };
    case 'endTransit':
      return {
        path: 'transit-end',
        fields: [
          { name: 'premises', kind: 'text' },
          { name: 'seals', kind: 'list' },
          {
            name: 'intact',
            kind: 'choice',
            options: [
              { value: 'true', words: 'answer.yes' },
              { value: 'false', words: 'answer.no' },
            ],
          },
        ],
      };
    case 'revoke':
      return {
        path: 'revocation',
        fields: [
          { name: 'reason', kind: 'long' },
          { name: 'legalBasis', kind: 'text' },
        ],
      };
    case 'pauseClock':
      return {
        path: 'clock-pause',
        fields: [
          clockField(declaration, false),
          {
            name: 'code',
            kind: 'choice',
            options: PAUSES.map((value) => ({ value, words: `pause.${value}` })),
          },
          NOTE,
        ],
      };
    case 'resumeClock':
      return { path: 'clock-resumption', fields: [clockField(declaration, true), NOTE_OPTIONAL] };
    case 'orderExamination':
      return { path: 'examination-order', fields: [NOTE] };
    case 'liftHold':
      return { path: 'lift-hold', fields: [NOTE] };
    case 'cancel':
      return { path: 'cancel', fields: [NOTE] };
    case 'close':
      return { path: 'close', fields: [NOTE] };
  }
}

const PAUSES = [
  'awaitingLaboratory',
  'awaitingAuthority',
  'underInvestigation',
  'forceMajeure',
  'systemDowntime',
  'courtOrder',
] as const satisfies readonly PauseCode[];

/** Deadlines that run, or those that stand still. */
function clockField({ clocks }: Declaration, isPaused: boolean): FieldSpec {
  const open = clocks.filter(
    ({ startedOn, metAt, pausedAt }) => startedOn && !metAt && Boolean(pausedAt) === isPaused,
  );
  return {
    name: 'clock',
    kind: 'choice',
    options: open.map(({ kind }) => ({ value: kind, words: `clock.${kind}` })),
  };
}

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

function sampleFields(declaration: Declaration): FieldSpec[] {
  const awaited = declaration.examinations.flatMap(({ samplesAwaiting }) => samplesAwaiting);
  return [
    {
      name: 'sample',
      kind: 'choice',
      options: awaited.map((value) => ({ value, words: value as Word })),
    },
    {
      name: 'outcome',
      kind: 'choice',
      options: ['conforms', 'differs'].map((value) => option('outcome', value)),
    },
    { name: 'report', kind: 'long' },
  ];
}

const LANES = ['red', 'yellow', 'blue', 'green'] as const;
const DOWNGRADE_REASONS = [
  'standardException',
  'articulableReason',
  'sameGoodsExaminedRecently',
  'dataCorrected',
] as const;

function downgradeFields({ lane }: Declaration): FieldSpec[] {
  const lighter = LANES.slice(lane === null ? 1 : LANES.indexOf(lane) + 1);
  return [
    {
      name: 'to',
      kind: 'choice',
      options: lighter.map((value) => ({ value, words: `lane.${value}` as Word })),
    },
    {
      name: 'reason',
      kind: 'choice',
      options: DOWNGRADE_REASONS.map((value) => ({
        value,
        words: `downgrade.${value}`,
        leadsTo: `downgrade.${value}.leads`,
      })),
    },
    NOTE,
  ];
}
