// Settings are read at once, and all that is wrong with them is told at once.
import { expect, test } from 'vitest';
import { Refused } from '../kernel/refusal.ts';
import { describeSettings, platformSettings, readSettings } from './config.ts';

test('with nothing set, every setting has its default', () => {
  expect(readSettings(platformSettings, {})).toEqual({
    dataFolder: './data',
    port: 8088,
    host: '127.0.0.1',
    databaseUrl: null,
    poolUrl: null,
    logLevel: 'info',
  });
});

test('the command line goes before the environment, and an empty variable is an unset one', () => {
  const environment = { JIANGHAI_PORT: '9000', JIANGHAI_DATA: '/srv/port', LOG_LEVEL: '' };
  expect(readSettings(platformSettings, environment, { port: '9001' })).toMatchObject({
    port: 9001,
    dataFolder: '/srv/port',
    logLevel: 'info',
  });
});

test('everything wrong is told together, and a secret is not repeated', () => {
  const environment = {
    JIANGHAI_PORT: '70000',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://clerk:hunter2@db/customs',
    POOL_URL: 'http://clickhouse',
  };
  const refused = catchRefused(() => readSettings(platformSettings, environment));
  expect(refused.refusals).toEqual([
    expect.objectContaining({
      code: 'platform.setting_invalid',
      path: 'JIANGHAI_PORT',
      seen: '70000',
    }),
    expect.not.objectContaining({ seen: expect.anything() }),
    expect.objectContaining({ code: 'platform.setting_not_supported', path: 'POOL_URL' }),
    expect.objectContaining({ code: 'platform.setting_invalid', path: 'LOG_LEVEL', seen: 'loud' }),
  ]);
  expect(refused.message).not.toContain('hunter2');
});

test('the table for the guide has a row for each setting, in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    const rows = describeSettings(platformSettings, language).split('\n');
    expect(rows).toHaveLength(2 + Object.keys(platformSettings).length);
    for (const { env } of Object.values(platformSettings)) expect(rows.join('\n')).toContain(env);
  }
});

function catchRefused(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
