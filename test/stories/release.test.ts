// A release from the declaration to the terminal and back: computed, told, acknowledged, verified by
// anybody, taken back, and given again; each time by events, with no click between.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filing, openPort, type StoryPort } from './port.ts';

let port: StoryPort;
beforeAll(async () => {
  port = await openPort();
});
afterAll(() => port?.close());

const releasesOf = async (id: string) => {
  await port.platform.followers.catchUp();
  return (await port.done('declarant', 'GET', `/api/declarations/${id}/releases`)).releases;
};

test('a computed release reaches the terminal, and so does its revocation', async () => {
  await port.done('declarant', 'POST', '/api/declarations', filing('E-1'));
  await port.done('terminal', 'POST', '/api/declarations/E-1/arrival', { premises: '外高桥四期' });
  expect(await releasesOf('E-1')).toMatchObject([{ id: 'E-1-R1', status: 'notified' }]);

  const feed = await port.done('terminal', 'GET', '/api/releases/feed');
  const [{ release, signed }] = feed.items;
  expect(release).toBe('E-1-R1');
  const acknowledgements = [{ release }];
  await port.done('terminal', 'POST', '/api/releases/acknowledgements', { acknowledgements });
  expect(await releasesOf('E-1')).toMatchObject([{ status: 'acknowledged' }]);
  const verify = async () =>
    (await port.as(null, 'POST', '/api/releases/verification', { signed })).body;
  expect(await verify()).toMatchObject({ holds: true, status: 'inForce' });

  const reason = { reason: '情报核查', legalBasis: '海关法 第六条' };
  await port.done('officer', 'POST', '/api/declarations/E-1/revocation', reason);
  expect(await verify()).toMatchObject({ holds: false, status: 'revoked' });
  const told = await port.done('terminal', 'GET', '/api/releases/feed');
  expect(told.items).toMatchObject([{ release: 'E-1-R1', toAcknowledge: 'revocation' }]);

  await port.done('officer', 'POST', '/api/declarations/E-1/lift-hold', { note: '排除' });
  expect(await releasesOf('E-1')).toMatchObject([
    { id: 'E-1-R2', status: 'notified' },
    { id: 'E-1-R1', status: 'revoked' },
  ]);
});
