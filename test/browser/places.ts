/** What whoever watches goods and money sees of them. */
const GOODS = [
  ...['Checks', 'Deadlines', 'Permits', 'Audits', 'Prohibitions', 'Chemicals'],
  ...['Yards', 'Modes', 'Bills', 'Manifests'],
  ...[
    'Releases',
    'Gate passports',
    'Gates',
    'Batches',
    'Entered first',
    'Zones',
    'Downtime',
    'Bonded ledgers',
    'Duty bills',
  ],
  ...['Monthly payment', 'Guarantees'],
];
const TARGETING = ['Rules', 'Lists', 'Models', 'Anomalies', 'Selection', 'Coverage'];

/** Each account of the demo port: its home, and the places its post is shown. */
export const PLACES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'declarant',
    'Declarations',
    [
      ...[
        'Declarations',
        'File',
        'File in bulk',
        'Messages',
        'Checks',
        'Deadlines',
        'Permits',
        'Audits',
      ],
      ...[
        'Prohibitions',
        'Chemicals',
        'Modes',
        'Bills',
        'Releases',
        'Gate passports',
        'Batches',
        'Entered first',
        'Zones',
      ],
      ...['Downtime', 'Bonded ledgers', 'Duty bills', 'Monthly payment', 'Guarantees'],
    ],
  ],
  [
    'factory',
    'Declarations',
    [
      ...[
        'Declarations',
        'File',
        'File in bulk',
        'Messages',
        'Checks',
        'Deadlines',
        'Permits',
        'Audits',
      ],
      ...['Prohibitions', 'Chemicals', 'Modes', 'Bills', 'Releases', 'Gate passports', 'Batches'],
      ...['Entered first', 'Zones', 'Downtime', 'Bonded ledgers', 'Duty bills'],
      ...['Monthly payment', 'Guarantees'],
    ],
  ],
  [
    'officer',
    'Work list',
    ['Work list', 'Declarations', 'Messages', 'Cases', ...GOODS, 'Rules', 'Overview'],
  ],
  [
    'officer2',
    'Work list',
    ['Work list', 'Declarations', 'Messages', 'Cases', ...GOODS, 'Rules', 'Overview'],
  ],
  [
    'analyst',
    'Overview',
    [
      ...['Declarations', 'Cases', 'Deadlines', 'Permits', 'Prohibitions', 'Chemicals', 'Yards'],
      ...['Modes', 'Bills', 'Manifests', 'Releases', 'Downtime', ...TARGETING],
      ...['Overview', 'Catalogue', 'Query', 'Imports'],
    ],
  ],
  [
    'supervisor',
    'Overview',
    [
      ...['Work list', 'Declarations', 'Messages', 'Cases', ...GOODS, 'Duty ledger', ...TARGETING],
      ...['Overview', 'Audit chain', 'Catalogue', 'Query'],
    ],
  ],
  [
    'auditor',
    'Overview',
    [
      ...['Declarations', 'Messages', 'Cases', ...GOODS, 'Duty ledger', ...TARGETING],
      ...['Overview', 'Audit chain', 'Catalogue', 'Query'],
    ],
  ],
  [
    'operator',
    'Overview',
    [
      'Messages',
      'Prohibitions',
      'Chemicals',
      'Yards',
      'Downtime',
      'Overview',
      'Audit chain',
      'Catalogue',
      'Imports',
    ],
  ],
  [
    'terminal',
    'Quay work',
    [
      ...[
        'Messages',
        'Cases',
        'Prohibitions',
        'Chemicals',
        'Yards',
        'Bills',
        'Manifests',
        'Quay work',
        'Releases',
        'Gate passports',
      ],
      ...['Gates', 'Zones', 'Downtime'],
    ],
  ],
  [
    'carrier',
    'Manifests',
    ['Messages', 'Prohibitions', 'Chemicals', 'Bills', 'Manifests', 'Downtime'],
  ],
  [
    'authority',
    'Checks',
    [
      ...['Declarations', 'Cases', 'Checks', 'Deadlines', 'Permits', 'Prohibitions'],
      ...['Chemicals', 'Yards', 'Modes', 'Bills', 'Downtime'],
    ],
  ],
];
