import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import { isSet, LETTER } from './letters.js'

// Dark colors, so that white letters are readable.
const COLORS = ['0b6a8f', '8a3b12', '4b5f1d', '6b3fa0', '9c2f55', '1f5f4f', '5a4a8a', '7a4f01']
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** Draws a PNG image with the initials of a name. */
export function drawAvatar(name: string, size: number): Buffer {
  const initials = initialsOf(name)
  const color = createHash('sha256').update(name).digest().readUInt8(1) % COLORS.length
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // Eight bits per pixel, which is an index of the palette.
  header.set([8, 3, 0, 0, 0], 8)
  const palette = Buffer.from(`${COLORS[color] ?? ''}ffffff`, 'hex')
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(drawPixels(initials, size))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function initialsOf(name: string): string[] {
  const words = name.split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.flatMap((word) => (word === undefined ? [] : word.slice(0, 1)))
}

/** Returns one byte per pixel, after one byte per row for the filter of PNG. */
function drawPixels(initials: readonly string[], size: number): Buffer {
  const columns = initials.length * (LETTER.width + 1) - 1
  const scale = Math.max(1, Math.floor(size / (LETTER.width * 2 + 7)))
  const left = Math.floor((size - columns * scale) / 2)
  const top = Math.floor((size - LETTER.height * scale) / 2)
  const pixels = Buffer.alloc(size * (size + 1))
  for (let y = 0; y < LETTER.height * scale; y++) {
    for (let x = 0; x < columns * scale; x++) {
      const column = Math.floor(x / scale)
      const letter = initials[Math.floor(column / (LETTER.width + 1))] ?? ''
      const inLetter = column % (LETTER.width + 1)
      if (inLetter < LETTER.width && isSet(letter, inLetter, Math.floor(y / scale))) {
        pixels[(top + y) * (size + 1) + 1 + left + x] = 1
      }
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
