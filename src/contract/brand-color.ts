/**
 * One brand colour becomes every shade the page and the mails need (interface.md, "White label").
 * Pure arithmetic in OKLCH: the same file runs in the browser and on the server.
 */

/** A colour as `#rrggbb`. */
export type Hex = string

/** Ten shades, lightest first. */
export type Ramp = readonly [Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex]

type Rgb = [number, number, number]

const toLinear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
const toGamma = (c: number) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055)

function channels(hex: Hex): Rgb {
  const n = Number.parseInt(hex.replace('#', ''), 16)
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255]
}

function toHex(rgb: Rgb): Hex {
  const byte = (v: number) => Math.round(Math.min(1, Math.max(0, v)) * 255)
  return `#${rgb.map((v) => byte(v).toString(16).padStart(2, '0')).join('')}`
}

/** Lightness (0 to 1), chroma and hue (degrees) of a colour. */
export function toOklch(hex: Hex): Rgb {
  const [r, g, b] = channels(hex).map(toLinear) as Rgb
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return [lightness, Math.hypot(a, bb), (Math.atan2(bb, a) * 180) / Math.PI]
}

/** The colour itself, its chroma lowered until a screen can show it. */
export function fromOklch(lightness: number, chroma: number, hue: number): Hex {
  const angle = (hue * Math.PI) / 180
  for (let c = chroma; c >= 0; c -= 0.004) {
    const a = c * Math.cos(angle)
    const b = c * Math.sin(angle)
    const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    const rgb: Rgb = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ]
    if (rgb.every((v) => v >= -0.0005 && v <= 1.0005)) {
      return toHex(rgb.map((v) => toGamma(Math.max(0, v))) as Rgb)
    }
  }
  return lightness > 0.5 ? '#ffffff' : '#000000'
}

/** Relative luminance of WCAG 2, 0 to 1. */
export function luminance(hex: Hex): number {
  const [r, g, b] = channels(hex).map(toLinear) as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast ratio of WCAG 2, 1 to 21. */
export function contrast(a: Hex, b: Hex): number {
  const x = luminance(a)
  const y = luminance(b)
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

const lightnessSteps = [0.977, 0.95, 0.9, 0.835, 0.755, 0.67, 0.585, 0.505, 0.43, 0.35]
const chromaSteps = [0.1, 0.2, 0.38, 0.62, 0.85, 1, 1, 0.98, 0.88, 0.7]

/** Ten shades of a brand colour: same hue, even steps of lightness. */
export function brandRamp(hex: Hex): Ramp {
  const [, chroma, hue] = toOklch(hex)
  const peak = Math.min(chroma, 0.17)
  return lightnessSteps.map((l, i) => fromOklch(l, peak * (chromaSteps[i] ?? 1), hue)) as unknown as Ramp
}

/** First shade, from the colour towards black or white, that reads on `ground` at `ratio` or better. */
export function readableOn(hex: Hex, ground: Hex, ratio = 4.6): Hex {
  const [start, chroma, hue] = toOklch(hex)
  const step = luminance(ground) > 0.4 ? -0.01 : 0.01
  for (let l = start; l >= 0 && l <= 1; l += step) {
    const shade = fromOklch(l, Math.min(chroma, 0.17), hue)
    if (contrast(shade, ground) >= ratio) return shade
  }
  return step < 0 ? '#000000' : '#ffffff'
}

/** Ground, ink and hovered ground of a filled button. */
export type Fill = { background: Hex; ink: Hex; hover: Hex }

/**
 * A filled button's colours: the brand colour as it is when white reads on it (4.5:1), dark ink when
 * it is light (L > 0.72), else the colour darkened until white reads.
 */
export function brandFill(hex: Hex): Fill {
  const [lightness, chroma, hue] = toOklch(hex)
  if (contrast(hex, '#ffffff') >= 4.5) {
    return { background: hex, ink: '#ffffff', hover: fromOklch(Math.max(0, lightness - 0.05), chroma, hue) }
  }
  if (lightness > 0.72) {
    return { background: hex, ink: '#14201b', hover: fromOklch(lightness - 0.05, chroma, hue) }
  }
  const background = readableOn(hex, '#ffffff')
  const [l, c, h] = toOklch(background)
  return { background, ink: '#ffffff', hover: fromOklch(Math.max(0, l - 0.05), c, h) }
}
