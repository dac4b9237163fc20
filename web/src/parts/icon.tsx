/** One hand drew them all: 20 × 20, 1.6 stroke, round ends. Always decorative; words carry the meaning. */
const PATHS = {
  overview: 'M3 16.5h14M5.5 13.5v-3M10 13.5V4.5M14.5 13.5v-6',
  declaration: 'M5 2.5h7l3 3v12H5zM12 2.5v3h3M7.5 9.5h5M7.5 12.5h5',
  file: 'M10 12.5v-9M6.5 7 10 3.5 13.5 7M3.5 12v4.5h13V12',
  bulk: 'M3 5.5 10 2l7 3.5L10 9zM3 10l7 3.5 7-3.5M3 14.3 10 18l7-3.7',
  workList: 'M8 5h9M8 10h9M8 15h9M3 5l1 1 1.7-2M3 10l1 1 1.7-2M3 15l1 1 1.7-2',
  message: 'M2.5 4.5h15v11h-15zM2.5 5l7.5 6 7.5-6',
  case: 'M3 6.5h14v10H3zM7 6.5v-3h6v3M3 11h14M10 10v2',
  audit:
    'M8.2 11.8a3 3 0 0 1 0-4.2l2-2a3 3 0 0 1 4.2 4.2l-1 1M11.8 8.2a3 3 0 0 1 0 4.2l-2 2a3 3 0 0 1-4.2-4.2l1-1',
  pool: 'M10 8c3.6 0 6-1.1 6-2.7S13.6 2.5 10 2.5 4 3.7 4 5.3 6.4 8 10 8M4 5.3v9.4c0 1.6 2.4 2.8 6 2.8s6-1.2 6-2.8V5.3M4 10c0 1.6 2.4 2.7 6 2.7s6-1.1 6-2.7',
  sql: 'M3 3.5h14v13H3zM6 8l2.5 2L6 12M10.5 12.5H14',
  import: 'M10 3v9M6.5 8.5 10 12l3.5-3.5M3.5 13v3.5h13V13',
  person: 'M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M3.5 17c.7-3.2 3.3-5 6.5-5s5.8 1.8 6.5 5',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4 4',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'm5 5 10 10M15 5 5 15',
  check: 'm4 10.5 4 4 8-9',
  arrowRight: 'M4 10h12M11.5 5.5 16 10l-4.5 4.5',
  chevronLeft: 'M12 4.5 6.5 10l5.5 5.5',
  chevronRight: 'M8 4.5 13.5 10 8 15.5',
  chevronDown: 'M4.5 7.5 10 13l5.5-5.5',
  chevronUp: 'M4.5 12.5 10 7l5.5 5.5',
  sun: 'M10 13.3a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  moon: 'M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3',
  screen: 'M2.5 3.5h15v10h-15zM7 17h6M10 13.5V17',
  language:
    'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M2.5 10h15M10 2.5c2 2 3 4.6 3 7.5s-1 5.5-3 7.5c-2-2-3-4.6-3-7.5s1-5.5 3-7.5',
  help: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M8 7.8c.2-1.2 1-1.9 2.1-1.9 1.2 0 2.1.8 2.1 1.9 0 1.5-2.2 1.7-2.2 3.4M10 13.9v.1',
  signOut: 'M12 3.5H4.5v13H12M8.5 10h9M14.5 7l3 3-3 3',
  warning: 'M10 3 2.5 16.5h15zM10 8v4M10 14.3v.1',
  error: 'M7 2.5h6L17.5 7v6L13 17.5H7L2.5 13V7zM10 6.5v4.5M10 13.5v.1',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 9v5M10 6.3v.1',
  done: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M6.7 10.3l2.3 2.3 4.3-5',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 5.5V10l3 2',
  history: 'M3 4v3.5h3.5M3.2 7.5A7.2 7.2 0 1 1 2.9 11M10 6.5V10l2.5 1.7',
  examine: 'M3 6.5 10 3l7 3.5v7L10 17l-7-3.5zM3 6.5l7 3.5 7-3.5M10 10v7',
  pause: 'M7 4.5v11M13 4.5v11',
  stop: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M5 5l10 10',
  columns: 'M3 3.5h14v13H3zM7.7 3.5v13M12.3 3.5v13',
  bookmark: 'M5.5 2.5h9v15L10 13.5l-4.5 4z',
  download: 'M10 3v9M6.5 8.5 10 12l3.5-3.5M4 16.5h12',
  plus: 'M10 4v12M4 10h12',
  copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
  shield: 'M10 2.5 4 4.8v4.7c0 3.7 2.4 6.5 6 8 3.6-1.5 6-4.3 6-8V4.8zM7 10l2.2 2.2L13.2 8',
  model: 'M10 3.5v4M10 7.5 5 12M10 7.5l5 4.5M5 12v4.5M15 12v4.5M3 16.5h4M13 16.5h4',
  coverage: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 2.5V10l5.3 5.3',
  duty: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M6.8 6 10 10.2 13.2 6M10 10.2V15M7 11h6M7 13.2h6',
  ledger:
    'M4 2.5h10.5a1.5 1.5 0 0 1 1.5 1.5v13.5H5.5A1.5 1.5 0 0 1 4 16zM4 15.5c0-1 .7-1.5 1.5-1.5H16M7 6h6M7 9h4',
  ship: 'M2.5 12.5h15l-2 4.5h-11zM5 12.5V8h10v4.5M10 8V3.5M7 8V6h6v2',
  truck:
    'M2.5 5h9v9h-9zM11.5 8h3.5l2.5 3v3h-6M5.5 16.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M14.5 16.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3',
  gate: 'M3 17V5.5h14V17M3 9h14M7.5 9v8M12.5 9v8M10 2.5v3',
  zone: 'M3 4.5 8 3l4 1.5L17 3v12.5L12 17l-4-1.5L3 17zM8 3v12.5M12 4.5V17',
  container: 'M2.5 6h15v9h-15zM6 8.5v4M10 8.5v4M14 8.5v4',
  scales: 'M10 3v13.5M6 16.5h8M4 5.5h12M4 5.5 2 11h4zM16 5.5 14 11h4z',
  swift: 'M3 6h8M2 10h10.5M4 14h6M12 5.5l5 4.5-5 4.5',
  random:
    'M3 6h2.5c3.5 0 4.5 8 8.5 8h3M14.5 11.5 17 14l-2.5 2.5M3 14h2.5c1.3 0 2.2-1.1 3-2.5M11 8c.8-1.2 1.7-2 3-2h3M14.5 3.5 17 6l-2.5 2.5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
