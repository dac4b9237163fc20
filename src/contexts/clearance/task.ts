import type { WorkItem } from './contract.ts';
import { refusedBy, type State } from './declaration.ts';

/** What an officer has to do next with a declaration, where and since when; `null` when nothing. */
export function taskOf(
  state: State,
): { task: WorkItem['task']; since: string; office: string | null } | null {
  const { declarationOffice, borderOffice, examinationOffice } = state.content;
  const examining = examinationOffice ?? borderOffice ?? declarationOffice;
  if (state.downgrade) {
    return { task: 'downgradeApproval', since: state.downgrade.at, office: declarationOffice };
  }
  if (state.status === 'documentaryCheck' && state.decidedAt) {
    return { task: 'documentaryCheck', since: state.decidedAt, office: declarationOffice };
  }
  const examination = state.examinations.at(-1);
  if (state.status === 'examination' && examination) {
    if (!examination.record) {
      return { task: 'examination', since: examination.orderedAt, office: examination.office };
    }
    return { task: 'sampleResult', since: examination.recordedAt ?? '', office: examining };
  }
  if (state.status === 'accepted' && !state.disposition && refusedBy(state)) {
    return { task: 'disposition', since: state.acceptedAt ?? '', office: examining };
  }
  const open = state.disposition === null || state.disposition.carriedOutAt === null;
  if (open && (state.status === 'disposition' || state.disposition)) {
    const since = state.disposition?.at ?? examination?.recordedAt ?? '';
    return { task: 'disposition', since, office: examining };
  }
  return null;
}
