import { describe, expect, test } from 'vitest';
import { BROKER, IMPORTER } from '../../src/contexts/clearance/fixtures.ts';
import { decMessage } from '../stories/messages-written.ts';
import type { Reader } from './browser.ts';
import { look, lookTwice, settle } from './look.ts';
import type { Day } from './people.ts';

const REFERENCE = 'WALK-MSG-1';

/** A message with a fault is dropped, the fault is seen in its place, mended, sent, and found again as a declaration. */
export function describeMessagesDay({ people }: Pick<Day, 'people'>): void {
  describe('a day of a broker whose program sends messages', () => {
    let broker: Reader;
    let message: string;

    test('what its program sent is there, also what was refused', async () => {
      broker = await people().as('declarant');
      const { page } = broker;
      const { organisation } = await (await page.request.get('/api/session')).json();
      message = decMessage(REFERENCE, 'DJOLWALKMSG')
        .replaceAll(BROKER, organisation.id)
        .replaceAll(IMPORTER, organisation.id)
        .replaceAll('><', '>\n<');
      await page.getByRole('link', { name: '报文', exact: true }).click();
      await page.getByRole('link', { name: 'DEMO-2026-0417' }).first().waitFor();
      await lookTwice(broker, 'messages');
    });

    test('a message is dropped, and its fault shows where it stands', async () => {
      const { page } = broker;
      await page.getByRole('link', { name: '报文试报' }).click();
      await page.getByRole('heading', { level: 1, name: '报文试报' }).waitFor();
      await look(broker, 'message-try-empty');
      const wrong = message.replace('<OriginCountry>DEU<', '<OriginCountry>ATLANTIS<');
      await page.locator('input[type=file]').setInputFiles({
        ...{ name: 'declaration.xml', mimeType: 'application/xml' },
        buffer: Buffer.from(wrong),
      });
      await page.getByRole('button', { name: '试报', exact: true }).click();
      await page.getByText('会拒收，问题如下。').waitFor();
      await page.getByRole('button', { name: /ATLANTIS/ }).click();
      expect(await page.locator('.raw-selected').innerText()).toBe('ATLANTIS');
      expect(await page.locator('.field-marked').innerText()).toContain('ATLANTIS');
      await lookTwice(broker, 'message-try');
    });

    test('mended it is filed, and leads to its declaration', async () => {
      const { page } = broker;
      await page.getByRole('button', { name: '到上面更正' }).click();
      // The cursor stands where the fault is: what is typed takes its place.
      await page.keyboard.type('DEU');
      expect(await page.getByLabel('或粘贴报文').inputValue()).toBe(message);
      await page.getByRole('button', { name: '试报', exact: true }).click();
      await page.getByText('会受理。').waitFor();
      await look(broker, 'message-try-mended');
      await page.getByRole('button', { name: '正式发送' }).click();
      await page.getByRole('heading', { level: 1, name: REFERENCE }).waitFor();
      await page.getByText('没有问题').waitFor();
      await page.getByRole('link', { name: new RegExp(`${REFERENCE}$`) }).click();
      await page.getByRole('heading', { level: 1, name: /^\d{18}$/ }).waitFor();
      await page.goBack();
    });

    test('its answer is sent again, and counted', async () => {
      const { page } = broker;
      await page.getByText('未重发').waitFor();
      await page.getByRole('button', { name: '重发答复' }).click();
      await page.getByText('重发 1 次').waitFor();
      await lookTwice(broker, 'message');
    });

    test('customs sees what else was wrong, and how connections fare', async () => {
      const officer = await people().as('officer', 'en');
      const { page } = officer;
      await page.goto('/messages?outcome=refused&kind=manifest');
      await page.getByRole('link', { name: 'CN_MT1401_DJ0418' }).click();
      await page.locator('.problem').first().click();
      await page.locator('.field-marked').first().waitFor();
      await look(officer, 'message-refused');
      await page.goto('/messages/partners');
      await look(officer, 'partners');
      await page.getByRole('link', { name: /Dongji Ocean Line|DJOL/ }).click();
      await page.getByRole('heading', { name: 'Signatures and keys' }).waitFor();
      await settle(page);
      await lookTwice(officer, 'partner');
    });
  });
}
