import type { Permission } from '../identity/index.ts';

/** Whoever files may send what it files; what is in a message is permitted as if it came by form. */
export const send: Permission = {
  operation: 'messages.send',
  grants: [
    { role: 'declarant', scope: 'ownOrganisation' },
    { role: 'enterpriseSystem', scope: 'ownOrganisation' },
    { role: 'carrier', scope: 'ownOrganisation' },
    { role: 'terminal', scope: 'ownOrganisation' },
    { role: 'singleWindow', scope: 'ownOrganisation' },
  ],
};
/** A message is its sender's; customs reads them all. */
export const read: Permission = {
  operation: 'messages.read',
  grants: [
    ...send.grants,
    { role: 'portOfficer', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
    { role: 'operator', scope: 'any' },
  ],
};

/** Keys, folders and the duty to sign are the operator's to set. */
export const setConnection: Permission = {
  operation: 'messages.setConnection',
  grants: [{ role: 'operator', scope: 'any' }],
};
/** An answer is sent again to whoever it was for: at the partner's own wish, or at that of customs. */
export const resend: Permission = {
  operation: 'messages.resend',
  grants: [
    ...send.grants,
    { role: 'portOfficer', scope: 'any' },
    { role: 'operator', scope: 'any' },
  ],
};

export const messagesPermissions: readonly Permission[] = [send, read, resend, setConnection];
