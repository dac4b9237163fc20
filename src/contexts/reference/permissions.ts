import { type Permission, Role } from '../identity/index.ts';

/** Codes are public law: whoever can sign in may read them. */
export const readReference: Permission = {
  operation: 'reference.read',
  grants: Role.options.map((role) => ({ role, scope: 'any' })),
};

export const referencePermissions: readonly Permission[] = [readReference];
