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
