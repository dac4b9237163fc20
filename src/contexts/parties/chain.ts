import type { ChainLink, ChainRole } from './contract.ts';

interface Party {
  readonly uscc: string | null;
  readonly name: string | null;
  readonly country: string | null;
}

/** What a declaration states about its parties; the shape of clearance's content, by structure. */
export interface StatedParties {
  readonly ieFlag: 'I' | 'E';
  readonly parties: {
    readonly declarant: Party | null;
    readonly domestic: Party | null;
    readonly owner: Party | null;
    readonly overseas: Party | null;
    readonly forwarder: Party | null;
    readonly carrier: Party | null;
    readonly terminal: Party | null;
  };
}

/**
 * The supply chain of one consignment, from shipper to end user, read off its declaration. It is
 * derived, not stored: the declaration's content is the record, a copy in rows would cost the filing
 * path seven rows and could come to disagree. On export the domestic party ships and the overseas
 * party imports; the producer then stands where the goods come from, and is not their end user.
 */
export function chainOf({ ieFlag, parties }: StatedParties): ChainLink[] {
  const isImport = ieFlag === 'I';
  const links: readonly (readonly [ChainRole, Party | null])[] = [
    ['shipper', isImport ? parties.overseas : (parties.owner ?? parties.domestic)],
    ['forwarder', parties.forwarder],
    ['carrier', parties.carrier],
    ['terminal', parties.terminal],
    ['broker', parties.declarant],
    ['importer', isImport ? parties.domestic : parties.overseas],
    ['endUser', isImport ? parties.owner : null],
  ];
  return links.flatMap(([role, party]) => {
    if (!party || (party.uscc === null && party.name === null)) return [];
    const { uscc, name, country } = party;
    return [{ role, uscc, name, country }];
  });
}
