// What is secret never reaches the log, at whatever depth it came.
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

test('secrets are struck out', () => {
  const lines: string[] = [];
  const to = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLog('info', to);
  log.info({ password: 'hunter2', body: { apiKey: 'hunter2' } }, 'Signed in.');
  log.info({ request: { headers: { authorization: 'hunter2', cookie: 'hunter2' } } }, 'Asked.');
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain('hunter2');
  expect(lines.join()).toContain('[secret]');
});
