import type { Permission } from '../identity/index.ts';
import { anomalyPermissions } from './anomaly/permissions.ts';
import { backtestPermissions } from './backtest/permissions.ts';
import { coveragePermissions } from './coverage/permissions.ts';
import { modelPermissions } from './models/permissions.ts';
import { selectionPermissions } from './selection/permissions.ts';

type Role = Permission['grants'][number]['role'];
const toAny = (...roles: Role[]): Permission['grants'] =>
  roles.map((role) => ({ role, scope: 'any' as const }));

/** Decisions show what is looked for: they are for those who look, never for declarants. */
export const readDecision: Permission = {
  operation: 'risk.decision.read',
  grants: [
    { role: 'portOfficer', scope: 'ownOffice' },
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

export const replayDecision: Permission = {
  operation: 'risk.decision.replay',
  grants: [
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

/**
 * Which goods the random sample and the model chose, while they are still to be examined. Whoever
 * examines them reads that only afterwards.
 */
export const readSampling: Permission = {
  operation: 'risk.sampling.read',
  grants: toAny('riskAnalyst', 'supervisor', 'auditor'),
};

/** What is looked for today: officers who look read the rules that are live, and no others. */
export const readLiveRules: Permission = {
  operation: 'risk.rule.readLive',
  grants: toAny('portOfficer', 'riskAnalyst', 'supervisor', 'auditor'),
};

/** Rules and lists at every stage, with their story, and trying a text on a declaration. */
export const readRules: Permission = {
  operation: 'risk.rule.read',
  grants: toAny('riskAnalyst', 'supervisor', 'auditor'),
};

/** Writing, proposing, putting to sleep and retiring rules; lists alike. */
export const writeRules: Permission = {
  operation: 'risk.rule.write',
  grants: toAny('riskAnalyst'),
};

/** The other pair of eyes: never the author’s, whatever their role. */
export const approveRules: Permission = {
  operation: 'risk.rule.approve',
  grants: toAny('riskAnalyst', 'supervisor'),
};

export const riskPermissions: readonly Permission[] = [
  readDecision,
  replayDecision,
  readSampling,
  readLiveRules,
  readRules,
  writeRules,
  approveRules,
  ...backtestPermissions,
  ...modelPermissions,
  ...selectionPermissions,
  ...coveragePermissions,
  ...anomalyPermissions,
];
