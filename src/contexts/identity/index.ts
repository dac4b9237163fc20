export {
  type Actor,
  type AuditRow,
  type AuditStatus,
  type Organisation,
  Role,
} from './contract.ts';
export {
  authorise,
  isPermitted,
  type Permission,
  type Reach,
  type Resource,
  reachOf,
  type Scope,
} from './permission.ts';
export { type AuditEntry, recordAudit } from './store/audit.ts';
