import type authorities from './locales/en/authorities.json';
import type bonded from './locales/en/bonded.json';
import type cargo from './locales/en/cargo.json';
import type cases from './locales/en/cases.json';
import type chemicals from './locales/en/chemicals.json';
import type clearance from './locales/en/clearance.json';
import type duty from './locales/en/duty.json';
import type fields from './locales/en/fields.json';
import type governance from './locales/en/governance.json';
import type identity from './locales/en/identity.json';
import type messages from './locales/en/messages.json';
import type parts from './locales/en/parts.json';
import type pool from './locales/en/pool.json';
import type risk from './locales/en/risk.json';
import type shell from './locales/en/shell.json';

/** Keys are checked by the compiler: a misspelt key is a type error, not a blank on a page. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    keySeparator: false;
    resources: {
      authorities: typeof authorities;
      bonded: typeof bonded;
      cases: typeof cases;
      chemicals: typeof chemicals;
      clearance: typeof clearance;
      cargo: typeof cargo;
      duty: typeof duty;
      fields: typeof fields;
      governance: typeof governance;
      identity: typeof identity;
      messages: typeof messages;
      parts: typeof parts;
      pool: typeof pool;
      risk: typeof risk;
      shell: typeof shell;
    };
  }
}
