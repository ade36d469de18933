import sharp from 'sharp'
import { expect, test } from 'vitest'
import { difference, shrink } from './image.ts'

/** A page of 100 × 100 pixels with a dark line of this length. */
function picture(length: number, height = 100): Promise<Buffer> {
  const line = { create: { width: length, height: 1, channels: 3 as const, background: '#123456' } }
  return sharp({ create: { width: 100, height, channels: 3, background: '#fff' } })
    .composite([{ input: line, top: 50, left: 0 }])
    .png()
    .toBuffer()
}

test('a picture equals its small file', async () => {
  const original = await picture(40)
  expect(await difference(original, await shrink(original))).toEqual({
    sizes: ['100×100', '100×100'],
    share: 0,
  })
})

test('the share counts the pixels that changed', async () => {
  expect((await difference(await picture(40), await picture(90))).share).toBe(50 / 10_000)
})

test('pictures of another size differ', async () => {
  expect(await difference(await picture(40), await picture(40, 120))).toEqual({
    sizes: ['100×100', '100×120'],
    share: 1,
  })
})

test('a picture always becomes the same file', async () => {
  expect(await shrink(await picture(40))).toEqual(await shrink(await picture(40)))
})

test('small marks keep their color beside soft shadows', async () => {
  const size = { width: 2, height: 2, channels: 3 as const }
  const marks = ['#14683a', '#b3261e', '#2352c0'].map((background, index) => ({
    input: { create: { ...size, background } },
    top: 10,
    left: 20 * index,
  }))
  // A shadow has many similar colors, which must not replace those of the marks.
  const shadow = Array.from({ length: 240 }, (_, index) => ({
    input: {
      create: {
        width: 100,
        height: 1,
        channels: 3 as const,
        background: { r: index, g: index, b: index + 9 },
      },
    },
    top: 40 + index,
    left: 0,
  }))
  const original = await sharp(await picture(40, 300))
    .composite([...shadow, ...marks])
    .png()
    .toBuffer()

  const file = await shrink(original)

  const before = await sharp(original).removeAlpha().raw().toBuffer()
  const after = await sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer()
  const distances = before.map((value, at) => Math.abs(value - (after[at] ?? 0)))
  expect(Math.max(...distances)).toBeLessThan(12)
})
