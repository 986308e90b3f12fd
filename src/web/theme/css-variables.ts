import type { CSSVariablesResolver } from '@mantine/core'
import { brandFill, brandRamp, readableOn } from '../../contract/brand-color.ts'

/** Ground that brand-coloured text must read on in the dark scheme: the lightest hovered surface. */
const darkGround = '#22302b'

/** CSS variables that depend on the brand; the fixed ones are in tokens.css. */
export function makeCssVariables(brandColor: string): CSSVariablesResolver {
  const fill = brandFill(brandColor)
  const ramp = brandRamp(brandColor)
  const onLight = readableOn(brandColor, ramp[0])
  const onDark = readableOn(brandColor, darkGround)
  return () => ({
    variables: {
      '--brand-fill': fill.background,
      '--brand-fill-hover': fill.hover,
      '--brand-ink': fill.ink,
      // Mantine's default variants read these and bypass the variant resolver.
      '--mantine-primary-color-filled': 'var(--brand-fill)',
      '--mantine-primary-color-filled-hover': 'var(--brand-fill-hover)',
      '--mantine-primary-color-contrast': 'var(--brand-ink)',
      '--mantine-primary-color-light': 'var(--brand-tint)',
      '--mantine-primary-color-light-hover': 'var(--brand-tint-hover)',
      '--mantine-primary-color-light-color': 'var(--brand-text)',
      '--mantine-color-brand-filled': 'var(--brand-fill)',
      '--mantine-color-brand-filled-hover': 'var(--brand-fill-hover)',
      '--mantine-color-brand-light': 'var(--brand-tint)',
      '--mantine-color-brand-light-color': 'var(--brand-text)',
      '--mantine-color-brand-text': 'var(--brand-text)',
    },
    light: {
      '--brand-text': onLight,
      '--brand-tint': ramp[0],
      '--brand-tint-hover': ramp[1],
      '--brand-line': ramp[3],
      '--brand-mid': ramp[6],
      '--row-selected': ramp[0],
      '--mantine-color-body': '#ffffff',
      '--mantine-color-text': '#1b1f1d',
      '--mantine-color-dimmed': '#5d6661',
      '--mantine-color-placeholder': '#6f7874',
      '--mantine-color-error': '#b42318',
      '--mantine-color-default-border': '#d7dcd9',
      '--mantine-color-default-hover': '#f4f6f5',
      '--mantine-color-anchor': onLight,
    },
    dark: {
      '--brand-text': onDark,
      '--brand-tint': '#1b2622',
      '--brand-tint-hover': darkGround,
      '--brand-line': '#34473f',
      '--brand-mid': ramp[5],
      '--row-selected': '#1b2622',
      '--mantine-color-body': '#141917',
      '--mantine-color-text': '#e3e8e5',
      '--mantine-color-dimmed': '#9aa39e',
      '--mantine-color-placeholder': '#8d9691',
      '--mantine-color-error': '#ff9a8f',
      '--mantine-color-default': '#191f1c',
      '--mantine-color-default-border': '#333b37',
      '--mantine-color-default-hover': '#1f2623',
      '--mantine-color-anchor': onDark,
    },
  })
}
