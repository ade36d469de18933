import sharp from 'sharp'

/** How two pictures differ. */
export interface Difference {
  /** The size of each picture in pixels, such as `800×600`. */
  readonly sizes: readonly [string, string]
  /** The share of pixels with a visible difference, from 0 to 1. It is 1 if the sizes differ. */
  readonly share: number
}

/** Differences of a channel that come from the reduced colors of the stored picture. */
const INVISIBLE = 40

/** A picture must not cost readers more than this. */
export const MAX_BYTES = 60_000

/**
 * The qualities of the palette, best first. With the first one, small colored marks keep their color, and shadows do not have
 * rings. Only pages with much text need the second one to stay below `MAX_BYTES`.
 */
const QUALITIES = [90, 60]

/** Makes a small PNG with a palette. The same picture always becomes the same file. */
export async function shrink(png: Buffer): Promise<Buffer> {
  let file = png
  for (const quality of QUALITIES) {
    // `colours` would not help: a palette has 16 or 256 colors, and nothing between.
    const options = { palette: true, quality, dither: 0, effort: 10, compressionLevel: 9 }
    file = await sharp(png).removeAlpha().png(options).toBuffer()
    if (file.length <= MAX_BYTES) break
  }
  return file
}

export async function difference(one: Buffer, other: Buffer): Promise<Difference> {
  const [a, b] = await Promise.all([pixelsOf(one), pixelsOf(other)])
  const sizes = [a, b].map(({ info }) => `${info.width}×${info.height}`) as [string, string]
  if (sizes[0] !== sizes[1]) return { sizes, share: 1 }
  let different = 0
  for (let at = 0; at < a.data.length; at += 3) {
    if ([0, 1, 2].some((channel) => differs(a.data, b.data, at + channel))) different++
  }
  return { sizes, share: (3 * different) / a.data.length }
}

function differs(a: Buffer, b: Buffer, at: number): boolean {
  return Math.abs((a[at] ?? 0) - (b[at] ?? 0)) > INVISIBLE
}

function pixelsOf(png: Buffer) {
  return sharp(png).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
}
