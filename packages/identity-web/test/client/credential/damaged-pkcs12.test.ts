import { describe, expect, test as base } from '../../support/fixtures.ts'
import { readPkcs12 } from '../../../src/client/credential/pkcs12/pkcs12.ts'
import type { Bytes } from '../../../src/client/credential/der.ts'
import type { KeyMaterial } from '../../../src/client/credential/pem.ts'
import { IdentityError } from '../../../src/errors.ts'
import { errorOf } from './openssl.ts'
import { keyUnder } from './pfx-by-hand.ts'

const PASSPHRASE = 'passphrase-of-the-tests'
const test = base
  .extend('shop', { scope: 'file' }, ({ workshop: shop }) => {
    shop.certificate('app')
    return shop
  })
  .extend('pack', ({ shop }) => (name: string, ...options: string[]): Bytes => {
    const command = `pkcs12 -export -inkey app.key -in app.pem -out ${name}`
    shop.openssl(`${command} -passout pass:${PASSPHRASE}`, ...options)
    return shop.bytes(name)
  })
  .extend(
    'under',
    ({ shop }) =>
      (ids: Omit<Parameters<typeof keyUnder>[0], 'pem'>): Bytes =>
        keyUnder({ ...ids, pem: shop.text('app.pem') }),
  )

const open = (bytes: Bytes, passphrase?: string): Promise<KeyMaterial> =>
  readPkcs12(bytes, { name: 'pfx', passphrase })

describe('a damaged PFX file', () => {
  test.for([[[0]], [[0xff]], [[0x7f, 0xff, 0xff, 0xff, 0xff]], [[1, 2, 3, 4, 5, 6]]] as [
    number[],
  ][])('with the iteration count %j is rejected', async ([number], { under }) => {
    await expect(open(under({ rounds: number }), PASSPHRASE)).rejects.toThrow(/damaged/)
  })

  test.for([
    [
      'a cipher',
      { cipher: '60864801650304012b' },
      /uses the cipher 2\.16\.840\.1\.101\.3\.4\.1\.43, which/,
    ],
    ['a derivation', { derivation: '2a864886f70d01050b' }, /uses the key derivation 1\.2\.840/],
    ['a scheme', { scheme: '2a864886f70d010101' }, /uses 1\.2\.840\.113549\.1\.1\.1, which/],
  ] as const)(
    'with %s that is not supported is rejected with the command that converts it',
    async ([_what, ids, message], { under }) => {
      await expect(open(under(ids), PASSPHRASE)).rejects.toThrow(message)
      await expect(open(under(ids), PASSPHRASE)).rejects.toThrow(/Convert it: openssl pkcs12/)
    },
  )

  test('whose IV has a wrong length is rejected', async ({ under }) => {
    await expect(open(under({ iv: 15 }), PASSPHRASE)).rejects.toThrow(/is damaged/)
  })

  test('does not block other work while its certificates are decrypted', async ({ pack }) => {
    const options = ['-iter', '300000', '-keypbe', 'NONE', '-certpbe', 'PBE-SHA1-3DES']
    const bytes = pack('slow.pfx', ...options)
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 5)

    await errorOf(open(bytes, 'another')).finally(() => clearInterval(timer))

    expect(turns).toBeGreaterThan(5)
  })

  test('damaged in 2,000 ways throws an IdentityError and nothing else, in bounded time', async ({
    pack,
  }) => {
    const files = [
      pack('fuzz1.pfx', '-iter', '1'),
      pack('fuzz2.pfx', '-iter', '1', '-nomac'),
      pack('fuzz3.pfx', '-iter', '1', '-nomac', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'NONE'),
      pack('fuzz4.pfx', '-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE'),
    ]
    let seed = 12_345
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff
      return seed % below
    }
    const started = performance.now()
    let slowest = 0
    let refused = 0

    for (let round = 0; round < 2000; round += 1) {
      const file = files[round % files.length] as Bytes
      let bytes = file.slice()
      if (round % 3 === 0) bytes = bytes.slice(0, random(bytes.length))
      // Most of the structure is at the beginnings of a file; elsewhere are keys.
      for (let flips = 1 + random(3); flips > 0 && bytes.length > 0; flips -= 1) {
        const at = random(round % 2 === 0 ? Math.min(bytes.length, 150) : bytes.length)
        bytes[at] = random(256)
      }
      const began = performance.now()
      try {
        // oxlint-disable-next-line no-await-in-loop
        await open(bytes, PASSPHRASE)
      } catch (error) {
        refused += 1
        if (!IdentityError.is(error) || error.code !== 'configuration') throw error
      }
      slowest = Math.max(slowest, performance.now() - began)
    }

    expect(refused).toBeGreaterThan(1000)
    expect(slowest).toBeLessThan(20_000)
    expect(performance.now() - started).toBeLessThan(100_000)
  }, 120_000)
})
