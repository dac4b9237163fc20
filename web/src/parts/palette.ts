/**
 * The colours of Jianghai: river teal, ink, paper, and the brass of the customs-house clock. Each
 * pair of text and ground below reaches 4.5 : 1, each control border 3 : 1 (WCAG 2.2 AA), in both modes.
 */
export interface Palette {
  readonly page: string;
  readonly surface: string;
  readonly sunken: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly inkMuted: string;
  readonly inkFaint: string;
  readonly primary: string;
  readonly primaryHover: string;
  readonly onPrimary: string;
  readonly primarySoft: string;
  readonly link: string;
  readonly brass: string;
  readonly brassSoft: string;
  readonly red: string;
  readonly redSoft: string;
  readonly yellow: string;
  readonly yellowSoft: string;
  readonly blue: string;
  readonly blueSoft: string;
  readonly green: string;
  readonly greenSoft: string;
  readonly shadow: string;
}

export const light: Palette = {
  page: '#f3f5f4',
  surface: '#ffffff',
  sunken: '#eaeeed',
  line: '#d8dfde',
  lineStrong: '#84929a',
  ink: '#12222a',
  inkMuted: '#45565e',
  inkFaint: '#58686f',
  primary: '#0e5a6c',
  primaryHover: '#0a4755',
  onPrimary: '#ffffff',
  primarySoft: '#dfeef1',
  link: '#0b6177',
  brass: '#7a5a12',
  brassSoft: '#f6ecd3',
  red: '#a4262c',
  redSoft: '#fbe9e8',
  yellow: '#775400',
  yellowSoft: '#fbf0cf',
  blue: '#1d4f9c',
  blueSoft: '#e6eefb',
  green: '#1b6440',
  greenSoft: '#e2f2e8',
  shadow: '0 1px 2px rgb(18 34 42 / 6%), 0 8px 24px rgb(18 34 42 / 8%)',
};

export const dark: Palette = {
  page: '#0c1418',
  surface: '#121d23',
  sunken: '#0a1114',
  line: '#263740',
  lineStrong: '#627a86',
  ink: '#e4ecef',
  inkMuted: '#adbcc3',
  inkFaint: '#94a6ae',
  primary: '#58b7cb',
  primaryHover: '#7cccdc',
  onPrimary: '#04171c',
  primarySoft: '#15343d',
  link: '#7acbdb',
  brass: '#dfbb66',
  brassSoft: '#2e2612',
  red: '#f39a96',
  redSoft: '#3a1c1e',
  yellow: '#e9c565',
  yellowSoft: '#332a12',
  blue: '#9cc0f6',
  blueSoft: '#1a2a44',
  green: '#86d0a5',
  greenSoft: '#163123',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 10px 28px rgb(0 0 0 / 45%)',
};
