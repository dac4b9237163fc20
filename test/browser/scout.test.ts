import { test } from 'vitest';
import { openBrowser } from './browser.ts';
import { look, lookAround } from './look.ts';
const url = process.env.WALK_URL ?? '';
const PAGES: Record<string, string[]> = {
  '': ['/sign-in'],
  declarant: ['/declarations', '/file?id=SCOUT-1', '/bulk', '/me'],
  officer: ['/work-list', '/cases', '/declarations?sort=-score'],
  supervisor: ['/overview', '/audit'],
  analyst: ['/pool', '/pool/sql', '/pool/imports', '/pool/datasets/clearance_decided'],
  operator: ['/'], terminal: ['/'], authority: ['/'], auditor: ['/'],
};
const only = process.env.ONLY?.split(',');
test('scout', async () => {
  const screens = await openBrowser(url);
  for (const [account, pages] of Object.entries(PAGES)) {
    if (only && !only.includes(account)) continue;
    const reader = await screens.sitDown('zh');
    const { page } = reader;
    await page.goto('/');
    if (account) { await page.getByRole('button', { name: new RegExp(`\\b${account}$`) }).click(); await page.locator('.bar').waitFor(); }
    for (const path of pages) {
      await page.goto(path);
      const t = Date.now();
      await (pages.length === 1 && account ? look : lookAround)(reader, `scout-${account}${path.replace(/\W+/g, '_')}`).catch((e) => console.log('ERR', account, path, String(e).slice(0, 400)));
      console.log(account, path, Date.now() - t);
    }
    await page.context().close();
  }
  await screens.close();
});
