import type { Language, Reader, Screens } from './browser.ts';
import { settle } from './look.ts';

/** The people of a demo port, each at a screen of their own once they have sat down. */
export interface People {
  /**
   * Somebody at their own screen, signed in by a click on their demo account; asked again, the same screen. Whoever
   * asks for a language gets a screen in it, and whoever asks for none the one they sat down at first.
   */
  as(account: string, language?: Language): Promise<Reader>;
}

/** Who walks through a day, and how their programs report. */
export interface Day {
  readonly people: () => People;
  /** Reports as a program does, by the interface anybody has. */
  readonly send: (
    who: string,
    method: 'post' | 'put',
    path: string,
    data: object,
  ) => Promise<unknown>;
}

export function createPeople(screens: Screens): People {
  const seated = new Map<string, Reader>();
  return {
    async as(account, language) {
      const known = seated.get(language ? `${account} ${language}` : account);
      if (known) return known;
      const reader = await screens.sitDown(language ?? 'zh');
      await reader.page.goto('/');
      await enter(reader, account);
      seated.set(`${account} ${language ?? 'zh'}`, reader);
      if (!seated.has(account)) seated.set(account, reader);
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
