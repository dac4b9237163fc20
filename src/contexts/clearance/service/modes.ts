import { z } from 'zod';
import { isLocalDate, type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { parseInput } from '../../../platform/input.ts';
import { type Actor, authorise, reachOf } from '../../identity/index.ts';
import { checkContent } from '../check.ts';
import { type ConditionKind, DeclarationContent } from '../contract.ts';
import { catalogueOn, modeValue } from '../modes/catalogue.ts';
import { type ComposedMode, choiceOf, composeMode } from '../modes/compose.ts';
import type {
  Axis,
  ClockRow,
  ClockRule,
  ModeCatalogue,
  ModeChoice,
  ModePreview,
  ModePreviewRequest,
} from '../modes/contract.ts';
import { dueDay, entryDay } from '../modes/running.ts';
import { listClocks, waitingLately } from '../modes/store.ts';
import * as permission from '../permissions.ts';
import type { ClearanceDeps } from './deps.ts';
import { gradeOf } from './progress.ts';

const CLOCKS_PER_PAGE = 50;
/** Conditions that every declaration waits for; which of them apply is for providers and risk to say. */
const WAITED_FOR = [
  'documentsInOrder',
  'arrivalConfirmed',
  'targetingClosed',
  'permitsWrittenDown',
  'quarantineCleared',
  'taxPaidOrGuaranteed',
] as const satisfies readonly ConditionKind[];

/** Before choosing a mode, and while its clocks run. */
export function createModes(deps: ClearanceDeps) {
  const today = (): LocalDate => localDateOf(deps.clock.now());
  return {
    /** Every axis and value, which of them go together, and why others do not. */
    catalogue(actor: Actor, on: string | undefined): ModeCatalogue {
      authorise(actor, permission.read);
      return catalogueOn(dayOf(on) ?? today());
    },

    /** What a choice would mean for a declaration as far as it has been written. */
    async preview(actor: Actor, asked: z.output<typeof ModePreviewRequest>): Promise<ModePreview> {
      authorise(actor, permission.read);
      const on = dayOf(asked.on) ?? today();
      const content =
        asked.content === undefined ? null : parseInput(DeclarationContent, asked.content);
      const choice = { ...choiceOf(content ?? NOTHING_YET, on), ...given(asked.choice) };
      const declared = content && underChoice(content, choice);
      const grade = declared ? gradeOf(deps, declared, on) : null;
      const mode = composeMode(choice, on, { ieFlag: declared?.ieFlag ?? 'I', grade });
      const problems = declared
        ? checkContent(declared, on, deps.inForce, { grade })
        : [...mode.refusals];
      return {
        ...{ on, choice, steps: [...mode.steps], requires: [...mode.requires] },
        problems: problems.map((problem) => ({ ...problem, params: { ...problem.params } })),
        missing: problems.flatMap(({ code, path }) =>
          code === 'clearance.required' && path ? [path] : [],
        ),
        clocks: mode.clocks.map((rule) => ({ ...rule, dueOn: dueOf(deps, rule, declared) })),
        conditions: conditionsOf(mode),
        asks: told(choice, 'asks'),
        saves: told(choice, 'saves'),
        quote: declared && problems.length === 0 ? await deps.quote?.(declared, on) : null,
        waiting: await waitingLately(
          deps.db,
          {
            filing: choice.filing,
            ieFlag: declared?.ieFlag ?? 'I',
            office: declared?.borderOffice ?? null,
          },
          today(),
        ),
      };
    },

    /** Clocks that run, within the reader's reach, the next to end first. */
    async clocks(
      actor: Actor,
      wanted: { cursor?: string | undefined; overdue?: boolean | undefined },
    ): Promise<{ rows: ClockRow[]; next: string | null }> {
      const reach = reachOf(actor, permission.read);
      const rows = await listClocks(deps.db, {
        organisation: reach.any ? null : (reach.organisations[0] ?? null),
        offices: reach.any || reach.organisations.length > 0 ? null : reach.offices,
        overdue: wanted.overdue ?? null,
        today: today(),
        after: wanted.cursor ? decode(wanted.cursor) : null,
        limit: CLOCKS_PER_PAGE + 1,
      });
      const page = rows.slice(0, CLOCKS_PER_PAGE);
      const last = page.at(-1);
      return { rows: page, next: rows.length > page.length && last ? encode(last) : null };
    },
  };
}
export type ModeViews = ReturnType<typeof createModes>;

/** What somebody chooses by before anything is written: an ordinary import by sea. */
const NOTHING_YET = { filing: 'standard', modes: undefined, transport: { mode: '2' } } as const;

function dayOf(on: string | undefined): LocalDate | null {
  if (on === undefined) return null;
  if (isLocalDate(on)) return on;
  throw new Refused('invalid', { code: 'clearance.impossible_date', path: 'on', seen: seen(on) });
}

/** The declaration as it would stand under a choice. */
function underChoice(content: DeclarationContent, choice: ModeChoice): DeclarationContent {
  const { filing, transport: _, ...modes } = choice;
  return { ...content, filing, modes: { ...content.modes, ...modes } };
}

/** What was chosen; an axis left out is chosen by the declaration itself. */
const given = (choice: z.output<typeof ModePreviewRequest>['choice']): Partial<ModeChoice> =>
  Object.fromEntries(Object.entries(choice).filter(([, id]) => id !== undefined));

/** When a clock would end, of those whose first day the declaration itself tells. */
function dueOf(
  deps: ClearanceDeps,
  rule: ClockRule,
  content: DeclarationContent | null,
): LocalDate | null {
  const entered = content && entryDay(content);
  if (!entered || rule.from !== 'conveyanceEntered') return null;
  return dueDay(rule, entered, deps.isRestDay);
}

function conditionsOf({ conditions }: ComposedMode): ModePreview['conditions'] {
  const { adds, drops, forUse } = conditions;
  return [...WAITED_FOR, ...adds]
    .filter((kind) => !drops.has(kind))
    .map((kind) => ({
      kind,
      stage: forUse.size === 0 ? 'release' : forUse.has(kind) ? 'use' : 'removal',
    }));
}

/** What each chosen value says of itself; ordinary values ask and save nothing. */
function told(choice: ModeChoice, what: 'asks' | 'saves'): ModePreview['asks'] {
  return (Object.keys(choice) as Axis[]).flatMap(
    (axis) => modeValue(axis, choice[axis])[what] ?? [],
  );
}

const encode = ({ dueOn, declaration, kind }: ClockRow): string =>
  Buffer.from(JSON.stringify([dueOn, declaration, kind])).toString('base64url');

const Cursor = z.tuple([z.iso.date(), z.string(), z.string()]);

/** A cursor that is not ours begins at the beginning. */
function decode(cursor: string): { dueOn: string; declaration: string; kind: string } | null {
  try {
    const [dueOn, declaration, kind] = Cursor.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    return { dueOn, declaration, kind };
  } catch {
    return null;
  }
}
