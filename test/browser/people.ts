import type { Language, Reader, Screens } from './browser.ts';
import { settle } from './look.ts';

/** The people of a demo port, each at a screen of their own once they have sat down. */
export interface People {
  /** Somebody at their own screen, signed in by a click on their demo account; asked again, the same screen. */
  as(account: string, language?: Language): Promise<Reader>;
}

export function createPeople(screens: Screens): People {
  const seated = new Map<string, Reader>();
  return {
    async as(account, language = 'zh') {
      const known = seated.get(account);
      if (known) return known;
      const reader = await screens.sitDown(language);
      await reader.page.goto('/');
      await enter(reader, account);
      seated.set(account, reader);
      return reader;
    },
  };
}

/** In at the door, by a click on a demo account. */
export async function enter({ page }: Reader, account: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`\\b${account}$`) }).click();
  await page.getByRole('navigation').or(page.locator('.person')).first().waitFor();
  await settle(page);
}
