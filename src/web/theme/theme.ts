import { createTheme } from '@mantine/core'
import { brandRamp } from '../../contract/brand-color.ts'
import { makeComponents } from './components.ts'
import type { ThemeLabels } from './components.ts'
import { resolveVariant } from './variants.ts'

const inter =
  "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', sans-serif"

const gray = [
  '#f8f9f8',
  '#f2f4f3',
  '#e9ecea',
  '#dde1df',
  '#c6ccc9',
  '#9ba39f',
  '#6b7470',
  '#525a56',
  '#363c39',
  '#1b1f1d',
] as const

const dark = [
  '#dfe4e1',
  '#b4bcb8',
  '#8d9691',
  '#5d6661',
  '#3a423e',
  '#2a312e',
  '#1d2321',
  '#141917',
  '#101312',
  '#0b0d0c',
] as const

/** Mantine's theme for one brand colour; sizes are those of interface.md, section 4. */
export function makeTheme(brandColor: string, labels: ThemeLabels) {
  return createTheme({
    fontFamily: inter,
    fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, monospace",
    colors: { brand: brandRamp(brandColor), gray, dark },
    primaryColor: 'brand',
    primaryShade: { light: 7, dark: 5 },
    defaultRadius: 'sm',
    cursorType: 'pointer',
    respectReducedMotion: true,
    radius: { xs: '4px', sm: '6px', md: '10px', lg: '12px', xl: '16px' },
    spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
    fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
    lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
    headings: {
      fontFamily: inter,
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '20px', lineHeight: '28px' },
        h2: { fontSize: '15px', lineHeight: '24px' },
        h3: { fontSize: '13px', lineHeight: '20px' },
      },
    },
    shadows: {
      xs: '0 1px 2px rgb(16 24 20 / 0.05)',
      sm: '0 1px 3px rgb(16 24 20 / 0.08), 0 1px 2px rgb(16 24 20 / 0.04)',
      md: '0 4px 12px rgb(16 24 20 / 0.08), 0 1px 3px rgb(16 24 20 / 0.06)',
      lg: '0 12px 32px rgb(16 24 20 / 0.14), 0 2px 6px rgb(16 24 20 / 0.08)',
      xl: '0 24px 64px rgb(16 24 20 / 0.22)',
    },
    variantColorResolver: resolveVariant,
    components: makeComponents(labels),
  })
}
