import { Refused } from '../../../kernel/refusal.ts';
import { type Actor, PREFERENCE_BYTES_MAX } from '../contract.ts';
import * as store from '../store/preferences.ts';
import type { IdentityDeps } from './deps.ts';

/** A person's own settings, which follow it from machine to machine. Nobody else reads them. */
export interface Preferences {
  /** `null` when never set. */
  get(actor: Actor, key: string): Promise<unknown>;
  put(actor: Actor, key: string, value: unknown): Promise<void>;
}

export function createPreferences({ db }: IdentityDeps): Preferences {
  return {
    get: (actor, key) => store.findPreference(db, actor.personId, key),
    async put(actor, key, value) {
      const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
      if (bytes > PREFERENCE_BYTES_MAX) {
        const params = { bytes, max: PREFERENCE_BYTES_MAX };
        throw new Refused('invalid', { code: 'identity.preference_too_big', params });
      }
      const isKept = await store.savePreference(db, actor.personId, key, value ?? null);
      if (!isKept) throw new Refused('conflict', { code: 'identity.too_many_preferences' });
    },
  };
}
