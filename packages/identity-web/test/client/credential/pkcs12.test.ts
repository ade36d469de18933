import { createCipheriv, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, test as base } from '../../support/fixtures.ts'
import { derive, PURPOSE } from '../../../src/client/credential/pkcs12/decrypt.ts'
import { readPkcs12 } from '../../../src/client/credential/pkcs12/pkcs12.ts'
import type { Bytes } from '../../../src/client/credential/der.ts'
import type { KeyMaterial } from '../../../src/client/credential/pem.ts'
import { bagOf, keyUnder, keyUnderTripleDes } from './pfx-by-hand.ts'

const PASSPHRASE = 'pÄss-wörd 🔑 of the tests'
const test = base
  .extend('shop', { scope: 'file' }, ({ workshop: shop }) => {
    shop.certificate('app')
    shop.certificate('other')
    return shop
  })
  .extend('pack', ({ shop }) => (name: string, ...options: string[]): Bytes => {
    const passphrase = options.includes('-passout') ? [] : ['-passout', `pass:${PASSPHRASE}`]
    shop.openssl(
      `pkcs12 -export -inkey app.key -in app.pem -out ${name}`,
      ...passphrase,
      ...options,
    )
    return shop.bytes(name)
  })
  .extend('expectApp', ({ shop }) => ({ privateKey, certificates }: KeyMaterial): void => {
    const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
    const publicKey = createPublicKey(key).export({ format: 'pem', type: 'spki' })
    expect(key.equals(createPrivateKey(shop.text('app.key')))).toBe(true)
    const [leaf] = certificates
    expect(new X509Certificate(leaf ?? '').publicKey.export({ format: 'pem', type: 'spki' })).toBe(
      publicKey,
    )
  })

const open = (bytes: Bytes, passphrase?: string): Promise<KeyMaterial> =>
  readPkcs12(bytes, { name: 'pfx', passphrase })

describe('a PFX file of openssl is read', () => {
  test.for([
    ['with the defaults of openssl', []],
    ['with AES-256', ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC']],
    ['with AES-192', ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC']],
    ['with AES-128', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC']],
    ['with triple DES in PBES2', ['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC']],
    ['with triple DES in PKCS#12', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES']],
    ['in the older format of Windows', ['-descert', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['without encryption', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ['without a MAC', ['-nomac']],
    ['with a MAC of SHA-1', ['-macalg', 'sha1']],
    ['with a MAC of SHA-384', ['-macalg', 'sha384']],
    ['with a MAC of SHA-512', ['-macalg', 'sha512']],
    ['with one iteration', ['-iter', '1']],
    ['with many iterations', ['-iter', '50000']],
  ] as const)('%s', async ([_how, options], { expectApp, pack }) => {
    expectApp(await open(pack('one.pfx', ...options), PASSPHRASE))
  })

  test.for([['sha1'], ['sha256'], ['sha384'], ['sha512']] as const)(
    'with PBKDF2 and HMAC-%s',
    async ([digest], { shop, expectApp }) => {
      const algorithm = `hmacWith${digest.toUpperCase()}`
      shop.openssl(
        `pkcs8 -topk8 -v2 aes256 -v2prf ${algorithm} -in app.key -out app.p8 -outform DER -passout`,
        `pass:${PASSPHRASE}`,
      )
      expectApp(await open(bagOf(shop.bytes('app.p8'), shop.text('app.pem')), PASSPHRASE))
    },
  )

  test('with a high iteration count', async ({ shop, expectApp }) => {
    // PBKDF2 of 'passphrase-of-the-tests', 8 zero bytes and 5,000,001 iterations. Deriving it twice would be slow.
    const key = Buffer.from(
      '8a7ee3baa99d628421653d990477c936cea285bcd4b43a8432b765e06e5379d2',
      'hex',
    )
    const cipher = createCipheriv('aes-256-cbc', key, new Uint8Array(16))
    const pkcs8 = createPrivateKey(shop.text('app.key')).export({ format: 'der', type: 'pkcs8' })
    const data = Buffer.concat([cipher.update(pkcs8), cipher.final()])
    const bytes = keyUnder({ rounds: [0x4c, 0x4b, 0x41], data, pem: shop.text('app.pem') })

    expectApp(await open(bytes, 'passphrase-of-the-tests'))
  }, 60_000)

  test('with a MAC of PBMAC1, if openssl supports it', async ({ shop, skip, expectApp }) => {
    const command =
      'pkcs12 -export -inkey app.key -in app.pem -pbmac1_pbkdf2 -out pbmac.pfx -passout'
    if (!shop.canOpenssl(command, `pass:${PASSPHRASE}`)) {
      skip()
    }

    expectApp(await open(shop.bytes('pbmac.pfx'), PASSPHRASE))
    await expect(open(shop.bytes('pbmac.pfx'), 'x')).rejects.toThrow(/passphrase of pfx is wrong/)
  })

  test.for([
    [[]],
    [['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES']],
    [['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-nomac']],
  ] as const)('with an empty password %j', async ([options], { pack, expectApp }) => {
    const bytes = pack('empty.pfx', ...options, '-passout', 'pass:')

    expectApp(await open(bytes, ''))
    expectApp(await open(bytes))
  })

  test('with an empty password that its tool encoded as an empty string', async ({
    shop,
    expectApp,
  }) => {
    const common = { password: new Uint8Array(), salt: new Uint8Array(8), iterations: 1 }
    const key = await derive({ ...common, purpose: PURPOSE.key, length: 24 })
    const iv = await derive({ ...common, purpose: PURPOSE.iv, length: 8 })
    const cipher = createCipheriv('des-ede3-cbc', key, iv)
    const pkcs8 = createPrivateKey(shop.text('app.key')).export({ format: 'der', type: 'pkcs8' })
    const data = Buffer.concat([cipher.update(pkcs8), cipher.final()])

    expectApp(await open(keyUnderTripleDes(data, shop.text('app.pem')), ''))
  })

  test('with a chain, whose first certificate is the one of the key', async ({
    shop,
    expectApp,
  }) => {
    shop.openssl(
      'pkcs12 -export -inkey app.key -in app.pem -certfile other.pem -name app -out chain.pfx -passout',
      `pass:${PASSPHRASE}`,
    )

    const material = await open(shop.bytes('chain.pfx'), PASSPHRASE)

    expect(material.certificates).toHaveLength(2)
    expectApp(material)
  })
})

describe('a PFX file is rejected with the reason:', () => {
  test.for([[[]], [['-nomac']], [['-nomac', '-keypbe', 'PBE-SHA1-3DES']]] as const)(
    'the passphrase is wrong %j',
    async ([options], { pack }) => {
      const bytes = pack('wrong.pfx', ...options)

      await expect(open(bytes, 'another')).rejects.toMatchObject({
        code: 'configuration',
        message: 'The passphrase of pfx is wrong, or the file is damaged.',
      })
      await expect(open(bytes)).rejects.toThrow(
        'pfx is encrypted with a passphrase. Set passphrase next to pfx.',
      )
    },
  )

  test('RC2 is not supported; the message contains the command that converts the file', async ({
    pack,
  }) => {
    const bytes = pack('rc2.pfx', '-nomac', '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES')
    // 1.2.840.113549.1.12.1.3 becomes …1.6, which needs no legacy provider of openssl here.
    const at = Buffer.from(bytes).indexOf(Buffer.from('060a2a864886f70d010c0103', 'hex'))
    bytes[at + 11] = 6

    await expect(open(bytes, PASSPHRASE)).rejects.toThrow(
      /RC2, which is broken and is not supported. Convert it: openssl pkcs12 -legacy -in/,
    )
  })

  test('a file of openssl with RC2 is not supported', async ({ shop, skip }) => {
    const command = 'pkcs12 -export -legacy -inkey app.key -in app.pem -out legacy.pfx'
    if (!shop.canOpenssl(`${command} -passout pass:x`)) skip()

    await expect(open(shop.bytes('legacy.pfx'), 'x')).rejects.toThrow(/RC2/)
  })

  test('it does not contain a key', async ({ shop }) => {
    shop.openssl('pkcs12 -export -nokeys -in app.pem -out no-key.pfx -passout pass:x')

    await expect(open(shop.bytes('no-key.pfx'), 'x')).rejects.toThrow(
      /pfx does not contain a private key/,
    )
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('-----BEGIN CERTIFICATE-----')],
    ['BER with an indefinite length', Uint8Array.from([0x30, 0x80, 0, 0])],
    ['a length beyond its end', Uint8Array.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff])],
    ['a tag of several bytes', Uint8Array.from([0x1f, 0x81, 0x01, 0x00])],
    ['deep nesting', new Uint8Array(900_000).fill(0x30)],
  ])('%s is not a PFX', async (_what, bytes) => {
    await expect(open(bytes, 'x')).rejects.toMatchObject({
      code: 'configuration',
      message:
        'pfx is damaged, or is not a PKCS#12 (PFX) file in DER. Check it: openssl pkcs12 -info -noout -in app.pfx',
    })
  })
})
