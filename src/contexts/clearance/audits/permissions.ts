import type { Permission } from '../../identity/index.ts';

const officers: Permission['grants'] = [
  { role: 'portOfficer', scope: 'ownOffice' },
  { role: 'supervisor', scope: 'any' },
];
const enterprises: Permission['grants'] = [
  { role: 'declarant', scope: 'ownOrganisation' },
  { role: 'enterpriseSystem', scope: 'ownOrganisation' },
];

/** Opening an audit, asking, extending and concluding it. */
export const conductAudits: Permission = { operation: 'clearance.audit.conduct', grants: officers };
/** The audited party replies, and may come by itself before it is asked. */
export const replyToAudits: Permission = {
  operation: 'clearance.audit.reply',
  grants: enterprises,
};
export const readAudits: Permission = {
  operation: 'clearance.audit.read',
  grants: [...officers, ...enterprises, { role: 'auditor', scope: 'any' }],
};
export const auditPermissions: readonly Permission[] = [conductAudits, replyToAudits, readAudits];
