export { auditCommand } from './commands.ts';
export {
  type Actor,
  type AuditRow,
  type AuditStatus,
  type AuditVerification,
  type Me,
  type Organisation,
  Role,
} from './contract.ts';
export { envelopeAt, envelopeOf, PLATFORM, type Said } from './envelope.ts';
export { createIdentity, type Identity } from './identity.ts';
export {
  authorise,
  isPermitted,
  type Permission,
  type Reach,
  type Resource,
  reachOf,
  type Scope,
} from './permission.ts';
export { identityPermissions } from './permissions.ts';
export { identityRoutes } from './routes.ts';
export { createSealer, type Sealer } from './sealer.ts';
export { ensureOperator } from './service/bootstrap.ts';
export { type AuditEntry, recordAudit, recordAudits } from './store/audit.ts';
