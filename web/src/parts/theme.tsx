import { App, theme as antTheme, ConfigProvider, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { dark, light, type Palette } from './palette.ts';

export type ThemeChoice = 'light' | 'dark' | 'system';
const STORED = 'jianghai.theme';

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const prefersStill = window.matchMedia('(prefers-reduced-motion: reduce)');

const ThemeContext = createContext<{
  readonly choice: ThemeChoice;
  readonly palette: Palette;
  readonly isDark: boolean;
  choose(choice: ThemeChoice): void;
} | null>(null);

export function useTheme() {
  const value = useContext(ThemeContext);
  if (value === null) throw new Error('useTheme is used outside ThemeProvider');
  return value;
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Our colours as CSS custom properties (`--ink-muted`), so that plain CSS and antd share one palette. */
function paint(palette: Palette, isDark: boolean) {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(palette)) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value);
  }
  root.style.colorScheme = isDark ? 'dark' : 'light';
  root.dataset.theme = isDark ? 'dark' : 'light';
}

function antdTheme(palette: Palette, isDark: boolean): ThemeConfig {
  return {
    algorithm: isDark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: {
      colorPrimary: palette.primary,
      colorPrimaryHover: palette.primaryHover,
      colorInfo: palette.primary,
      colorSuccess: palette.green,
      colorWarning: palette.yellow,
      colorError: palette.red,
      colorErrorText: palette.red,
      colorLink: palette.link,
      colorLinkHover: palette.primaryHover,
      colorBgLayout: palette.page,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.surface,
      colorText: palette.ink,
      colorTextSecondary: palette.inkMuted,
      colorTextTertiary: palette.inkFaint,
      colorTextQuaternary: palette.inkFaint,
      colorTextPlaceholder: palette.inkFaint,
      colorTextDescription: palette.inkFaint,
      colorTextDisabled: palette.inkFaint,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      borderRadius: 6,
      fontFamily: 'var(--font)',
      fontSize: 14,
      motion: !prefersStill.matches,
    },
    components: {
      Button: {
        colorPrimary: palette.primary,
        colorPrimaryHover: palette.primaryHover,
        colorPrimaryActive: palette.primaryHover,
        primaryColor: palette.onPrimary,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        dangerColor: isDark ? '#2a0d0e' : '#ffffff',
      },
      Select: { optionSelectedBg: palette.primarySoft },
      Segmented: {
        itemSelectedBg: palette.surface,
        trackBg: palette.sunken,
        itemColor: palette.inkMuted,
      },
      Tooltip: {
        colorBgSpotlight: isDark ? '#e4ecef' : '#12222a',
        colorTextLightSolid: isDark ? '#12222a' : '#ffffff',
      },
    },
  };
}

/**
 * What pops up stays inside the landmark it came from, so that it is found where it belongs. The frame
 * of a modal lets clicks through: what pops up in one belongs inside its sheet.
 */
const landmarkOf = (trigger?: HTMLElement): HTMLElement =>
  trigger?.closest<HTMLElement>('.ant-modal-container, [role=dialog], main, .bar') ?? document.body;

export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation('shell');
  const [choice, setChoice] = useState<ThemeChoice>(storedChoice);
  const [systemDark, setSystemDark] = useState(prefersDark.matches);
  useEffect(() => {
    const follow = () => setSystemDark(prefersDark.matches);
    prefersDark.addEventListener('change', follow);
    return () => prefersDark.removeEventListener('change', follow);
  }, []);
  const isDark = choice === 'dark' || (choice === 'system' && systemDark);
  const palette = isDark ? dark : light;
  useLayoutEffect(() => paint(palette, isDark), [palette, isDark]);
  const value = useMemo(
    () => ({
      choice,
      palette,
      isDark,
      choose: (next: ThemeChoice) => {
        localStorage.setItem(STORED, next);
        setChoice(next);
      },
    }),
    [choice, palette, isDark],
  );
  const config = useMemo(() => antdTheme(palette, isDark), [palette, isDark]);
  return (
    <ThemeContext value={value}>
      <ConfigProvider
        theme={config}
        locale={i18n.language === 'en' ? enUS : zhCN}
        button={{ autoInsertSpace: false }}
        getPopupContainer={landmarkOf}
      >
        <App component={false}>{children}</App>
      </ConfigProvider>
    </ThemeContext>
  );
}
