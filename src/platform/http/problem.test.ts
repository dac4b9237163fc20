// What whoever asked is told when something is broken: whether it is for a while, and the number the log knows it by.
import { expect, test } from 'vitest';
import { present } from './problem.ts';

const broken = (message: string, more: object = {}) => Object.assign(new Error(message), more);
const AWAY = [503, 'http.store_away', '5'];
const FAULT = [500, 'http.unexpected', undefined];

test.each([
  ['PostgreSQL is stopped', broken('terminating connection', { code: '57P01' }), AWAY],
  ['… and starts again', broken('starting up', { code: '57P03' }), AWAY],
  ['nobody listens', broken('refused', { code: 'ECONNREFUSED', syscall: 'connect' }), AWAY],
  ['its socket is gone', broken('no file', { code: 'ENOENT', syscall: 'connect' }), AWAY],
  ['a file is gone', broken('no file', { code: 'ENOENT', syscall: 'open' }), FAULT],
  ['the way was cut meanwhile', broken('Connection terminated unexpectedly'), AWAY],
  ['a statement of ours is wrong', broken('syntax error', { code: '42601' }), FAULT],
  ['a bug', new TypeError('x is not a function'), FAULT],
])('%s', (_, error, [status, code, retryAfter]) => {
  const { problem, ...told } = present(error, 'R1', null);
  expect(problem).toEqual({
    ...{ kind: 'unexpected', requestId: 'R1' },
    refusals: [{ code, params: { requestId: 'R1' } }],
  });
  expect([told.status, told.headers['retry-after']]).toEqual([status, retryAfter]);
});
