import { type Permission, Role } from '../../identity/index.ts';

/** Law is public: whoever can sign in may ask what applies to their goods. */
export const readProhibitions: Permission = {
  operation: 'clearance.prohibition.read',
  grants: Role.options.map((role) => ({ role, scope: 'any' })),
};
export const loadProhibitions: Permission = {
  operation: 'clearance.prohibition.load',
  grants: [{ role: 'supervisor', scope: 'any' }],
};
export const prohibitionPermissions: readonly Permission[] = [readProhibitions, loadProhibitions];
