import type { Me } from '../../../../src/contexts/identity/contract.ts';

export const mayAskSql = (me: Me): boolean => me.permissions.includes('pool.sql');
