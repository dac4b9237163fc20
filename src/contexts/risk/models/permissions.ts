import type { Permission } from '../../identity/index.ts';

type Role = Permission['grants'][number]['role'];
const permission = (operation: string, ...roles: Role[]): Permission => ({
  operation,
  grants: roles.map((role) => ({ role, scope: 'any' })),
});

/** Models with their cards, files, drift and training runs. */
export const readModels = permission('risk.model.read', 'riskAnalyst', 'supervisor', 'auditor');

/** Bringing a file, training from findings, cancelling that. */
export const trainModels = permission('risk.model.train', 'riskAnalyst');

export const proposeModels = permission('risk.model.propose', 'riskAnalyst');

/** The other pair of eyes: never the trainer’s or the proposer’s, whatever their role. */
export const answerModels = permission('risk.model.answer', 'riskAnalyst', 'supervisor');

/** Taking a model out, or going back to the one before: whoever sees it go wrong may stop it. */
export const stopModels = permission('risk.model.stop', 'riskAnalyst', 'supervisor');

export const modelPermissions: readonly Permission[] = [
  readModels,
  trainModels,
  proposeModels,
  answerModels,
  stopModels,
];
