import type {
  DeclarationContent,
  DeclarationDetail,
  WorkItem,
} from '../../src/contexts/clearance/contract.ts';
import { addDays, type LocalDate, localDateOf } from '../../src/kernel/dates.ts';
import { randomFor } from '../generate/random.ts';
import type { AnswerBook } from './answer-book.ts';
import { correctBill, exceedsBill } from './bill-correction.ts';
import { type Client, PortRefused } from './client.ts';
import type { HardCase, Memory } from './memory.ts';
import { inParallel } from './parallel.ts';
import { type Consignment, examineWithSample, nextStep, type Step } from './steps.ts';
import { afterWork } from './working-hours.ts';

/** Selections of the last days stay open, and some hard cases before them, so that officers find work. */
const OPEN_DAYS = 3;
const HARD_CASE_DAYS = 14;
const HARD_CASES_EACH = 4;
const AT_ONCE = 4;
/** Steps one consignment can take on one day; more would mean it goes round in circles. */
const STEPS_MAX = 8;

export interface Examiner {
  /** Works the list as it stands at the end of a day. */
  work(day: LocalDate): Promise<void>;
}

/**
 * The demo examiner: an officer like others, who reads the work list and records what is found,
 * through the public interface. Only when it stands before a selected consignment does it look at the
 * sealed answer, as an officer looks into the container.
 */
export function createExaminer(deps: {
  readonly officer: Client;
  /** Files the amendments that declarants owe. */
  readonly singleWindow: Client;
  readonly answers: AnswerBook;
  readonly memory: Memory;
  readonly seed: string;
  readonly lastDay: LocalDate;
}): Examiner {
  const { officer, singleWindow, answers, seed } = deps;
  const { leftOpen } = deps.memory;
  const openFrom = addDays(deps.lastDay, 1 - OPEN_DAYS);
  const hardFrom = addDays(openFrom, -HARD_CASE_DAYS);

  async function open(id: string): Promise<Consignment & { since: number }> {
    const detail = await officer.get<DeclarationDetail>(`/api/declarations/${id}`);
    return {
      detail,
      answer: answers.lookUp(id),
      random: randomFor(seed, 'examiner', id, detail.declaration.version),
      since: Date.parse(detail.timeline.at(-1)?.occurredAt ?? ''),
    };
  }

  /** Takes one consignment as far as the day allows. */
  async function attend(item: WorkItem, day: LocalDate): Promise<void> {
    const endOfDay = Date.parse(`${day}T23:59:59+08:00`);
    for (let steps = 0; steps < STEPS_MAX; steps++) {
      const consignment = await open(item.id);
      const ordinary = nextStep(consignment);
      if (!ordinary || isLeftOpen(item.id)) return;
      const hard = hardCaseFor(consignment, item, ordinary);
      const step = hard?.step ?? ordinary;
      const at = afterWork(consignment.since, step.hours);
      if (at > endOfDay) return;
      const client = step.by === 'singleWindow' ? singleWindow : officer;
      const occurredAt = new Date(at).toISOString();
      if (hard) leftOpen[hard.kind].push(item.id);
      const act = () =>
        client.post(`/api/declarations/${item.id}/${step.act}`, { ...step.said, occurredAt });
      try {
        await act();
      } catch (error) {
        if (!exceedsBill(error)) throw error;
        await correctBill(
          { carrier: singleWindow, officer },
          step.said.content as DeclarationContent,
        );
        await act();
      }
    }
  }

  const isLeftOpen = (id: string): boolean =>
    Object.values(leftOpen).some((ids) => ids.includes(id));

  /** In the last weeks a few examinations become cases that somebody has to decide. */
  function hardCaseFor(
    consignment: Consignment,
    item: WorkItem,
    ordinary: Step,
  ): { kind: HardCase; step: Step } | null {
    if (ordinary.act !== 'examinations' || localDateOf(item.filedAt ?? item.since) < hardFrom) {
      return null;
    }
    const hits = consignment.detail.decision?.results ?? [];
    const mandatory = hits.some((result) => result.outcome === 'hit' && result.mandatory);
    // Documents may have led to an examination in the yellow lane, which is as light as is proposed.
    const lighter = consignment.detail.declaration.lane === 'red' && !mandatory;
    const kind = (['laboratory', 'held', 'downgrade'] as const).find(
      (each) => leftOpen[each].length < HARD_CASES_EACH && !(each === 'downgrade' && !lighter),
    );
    if (!kind) return null;
    const steps: Record<HardCase, Step> = {
      laboratory: examineWithSample(consignment),
      held: {
        act: 'hold',
        hours: 2,
        said: { reason: '货证疑似不符，待核实收货人资料', legalBasis: '海关法 第六条' },
      },
      downgrade: {
        act: 'downgrade',
        hours: 1,
        said: {
          to: 'yellow',
          reason: 'sameGoodsExaminedRecently',
          note: '同一企业同类商品近期已查验无异常，建议转单证审核',
        },
      },
    };
    return { kind, step: steps[kind] };
  }

  return {
    async work(day) {
      const { items } = await officer.get<{ items: WorkItem[] }>('/api/work-list');
      const due = items.filter((item) => localDateOf(item.filedAt ?? item.since) < openFrom);
      await inParallel(due, AT_ONCE, async (item) => {
        try {
          await attend(item, day);
        } catch (error) {
          // Another officer was there first: the case is theirs now.
          if (!(error instanceof PortRefused && error.status === 409)) throw error;
        }
      });
    },
  };
}
