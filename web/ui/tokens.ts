import type { ThemeConfig } from 'antd'
import type { Language } from './language.ts'

/** Colours with their measured contrast on white; a colour never stands without a word and a shape beside it. */
export const colours = {
  primary: '#1f4e9e', // 8.0 : 1
  menu: '#0d2a5c', // dark blue side menu
  menuDeep: '#0a2049',
  red: '#cf1322', // 5.6
  yellow: '#874d00', // 6.8
  blue: '#0958d9', // 6.2
  green: '#237804', // 5.6
  quiet: '#475467', // 7.6
  ink: '#1d2939',
  line: '#d0d5dd',
  paper: '#ffffff',
  ground: '#f2f4f7',
} as const

/** Tints behind the colours above; the text on them keeps at least 4.5 : 1. */
export const tints = {
  red: '#fff1f0',
  yellow: '#fff8e6',
  blue: '#eff5ff',
  green: '#f2faec',
  quiet: '#f2f4f7',
} as const

export type Tone = keyof typeof tints

const chinese =
  "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', system-ui, sans-serif"
/** For English a Latin face comes first: a Chinese one sets its quotes and apostrophes as wide as a character. */
const latin = `'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', ${chinese}`

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorInfo: colours.blue,
    colorSuccess: colours.green,
    colorWarning: colours.yellow,
    colorError: colours.red,
    // Derived from so dark a green and yellow, antd's own grounds would be mud.
    colorSuccessBg: tints.green,
    colorSuccessBorder: '#b7d9a8',
    colorWarningBg: tints.yellow,
    colorWarningBorder: '#e5c99a',
    colorErrorBg: tints.red,
    colorErrorBorder: '#f0b4b0',
    colorInfoBg: tints.blue,
    colorInfoBorder: '#bcd0ef',
    colorLink: colours.primary,
    colorText: colours.ink,
    colorTextSecondary: colours.quiet,
    colorTextTertiary: colours.quiet,
    colorTextDescription: colours.quiet,
    // antd's own placeholder is 1.9 : 1 on white; this is 4.9.
    colorTextPlaceholder: '#667085',
    colorTextDisabled: '#667085',
    colorBgLayout: colours.ground,
    colorBorder: '#98a2b3',
    colorBorderSecondary: '#e4e7ec',
    borderRadius: 4,
    borderRadiusLG: 6,
    fontSize: 14,
    controlHeight: 32,
    fontFamily: chinese,
    wireframe: false,
    controlOutlineWidth: 3,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Table: {
      cellPaddingBlockSM: 7,
      cellPaddingInlineSM: 10,
      headerBg: '#f2f4f7',
      headerColor: '#344054',
      headerSplitColor: 'transparent',
      rowHoverBg: '#f5f8ff',
      rowSelectedBg: '#e8f0fe',
    },
    Menu: {
      darkItemBg: colours.menu,
      darkSubMenuItemBg: colours.menuDeep,
      darkItemSelectedBg: '#2a63bf',
      darkItemColor: '#d6e0f0',
      itemHeight: 38,
    },
    Layout: { siderBg: colours.menu, headerBg: colours.paper, bodyBg: colours.ground },
    Tabs: { horizontalMargin: '0 0 12px 0' },
    Form: { itemMarginBottom: 16, labelColor: '#344054' },
    Descriptions: { labelBg: '#f9fafb' },
  },
}

/**
 * For who wants less motion, antd's own switch and not a style that shortens its animations: a drop-down whose animation was
 * over before it was awaited stayed out of the window for good.
 */
export const themeOf = (language: Language, still: boolean): ThemeConfig => ({
  ...theme,
  token: { ...theme.token, ...(language === 'zh' ? {} : { fontFamily: latin }), ...(still ? { motion: false } : {}) },
})
