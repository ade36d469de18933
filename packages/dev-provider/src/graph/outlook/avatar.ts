import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** A dark background and a white person. */
const PALETTE = Buffer.from('1f5f4fffffff', 'hex')

/** Draws a PNG image of a person, which is the photo of all users without one. */
export function drawAvatar(size: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // Eight bits per pixel, which is an index of the palette.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', PALETTE),
    chunk('IDAT', deflateSync(drawPixels(size))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Returns one byte per pixel, after one byte per row for the filter of PNG. */
function drawPixels(size: number): Buffer {
  const pixels = Buffer.alloc(size * (size + 1))
  const isInside = (x: number, y: number, radius: number): boolean => x ** 2 + y ** 2 < radius ** 2
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [column / size - 0.5, row / size]
      const isPerson = isInside(x, y - 0.38, 0.18) || isInside(x, y - 1, 0.34)
      if (isPerson) pixels[row * (size + 1) + 1 + column] = 1
    }
  }
  return pixels
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(content))
  return Buffer.concat([length, content, checksum])
}
