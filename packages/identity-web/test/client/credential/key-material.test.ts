import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createClientAuthentication,
  type CertificateCredential,
} from '../../../src/client/credential/index.ts'
import * as web from '../../../src/client/credential/key-material-web.ts'
import { readTextFile } from '../../../src/client/credential/key-material-node.ts'
import { isIdentityError } from '../../../src/errors.ts'
import { allOf, errorOf, openWorkshop, type Workshop } from './openssl.ts'

const PASSPHRASE = 'marked-passphrase-of-the-tests'
let shop: Workshop

beforeAll(() => {
  shop = openWorkshop()
  shop.certificate('app')
  shop.certificate('other')
  shop.certificate('short', 'rsa:1024')
  shop.certificate('ec', 'ec -pkeyopt ec_paramgen_curve:P-256')
  const pass = `-passout pass:${PASSPHRASE}`
  shop.openssl('rsa -traditional -in app.key -out pkcs1.key')
  shop.openssl(`rsa -traditional -aes256 -in app.key -out old.key ${pass}`)
  shop.openssl(`pkcs8 -topk8 -v2 aes256 -in app.key -out p8.key ${pass}`)
  shop.openssl('ec -in ec.key -out sec1.key')
  shop.openssl('x509 -outform DER -in app.pem -out app.cer')
  shop.openssl('req -x509 -new -key app.key -days 20000 -subj /CN=long -out long.pem')
  shop.openssl(`pkcs12 -export -inkey app.key -in app.pem -out app.pfx ${pass}`)
  writeFileSync(shop.path('both.pem'), shop.text('app.key') + shop.text('app.pem'))
  writeFileSync(shop.path('large.pem'), '-----BEGIN '.padEnd(1_000_001))
  mkdirSync(shop.path('folder.pem'))
})
afterAll(() => shop.close())

const prepare = (credential: CertificateCredential): Promise<void> =>
  createClientAuthentication(credential, {
    clientId: 'client',
    certificateAlgorithm: 'PS256',
  }).prepare()

const text = (name: string): string => shop.text(name)
const path = (name: string): string => shop.path(name)

describe('a key is read', () => {
  test.each([
    ['from two files', () => ({ certificate: path('app.pem'), privateKey: path('app.key') })],
    ['from two PEM strings', () => ({ certificate: text('app.pem'), privateKey: text('app.key') })],
    [
      'with a certificate that expires after 2050',
      () => ({ certificate: path('long.pem'), privateKey: path('app.key') }),
    ],
    ['from one file with both', () => ({ certificate: path('both.pem') })],
    ['from one file that is set as privateKey', () => ({ privateKey: path('both.pem') })],
    ['from one PEM string with both', () => ({ certificate: text('both.pem') })],
    ['as PKCS#1', () => ({ certificate: path('app.pem'), privateKey: path('pkcs1.key') })],
    [
      'encrypted, as PKCS#8',
      () => ({
        certificate: path('app.pem'),
        privateKey: path('p8.key'),
        passphrase: PASSPHRASE,
      }),
    ],
    [
      'encrypted in the traditional format',
      () => ({
        certificate: path('app.pem'),
        privateKey: text('old.key'),
        passphrase: PASSPHRASE,
      }),
    ],
    [
      'from a variable with \\n instead of line breaks',
      () => ({ certificate: text('both.pem').replaceAll('\n', String.raw`\n`) }),
    ],
    [
      'from a variable with spaces instead of line breaks',
      () => ({ certificate: text('both.pem').replaceAll('\n', ' ') }),
    ],
    [
      'with the line breaks of Windows',
      () => ({ certificate: text('both.pem').replaceAll('\n', '\r\n') }),
    ],
    ['from a PFX file', () => ({ pfx: path('app.pfx'), passphrase: PASSPHRASE })],
    ['from the bytes of a PFX', () => ({ pfx: shop.bytes('app.pfx'), passphrase: PASSPHRASE })],
    [
      'from the base64 string of a PFX',
      () => ({ pfx: readFileSync(path('app.pfx'), 'base64'), passphrase: PASSPHRASE }),
    ],
  ])('%s', async (_how, credential) => {
    await expect(prepare(credential())).resolves.toBeUndefined()
  })
})

describe('a key that cannot be used is rejected with the reason', () => {
  test.each([
    [
      () => ({ certificate: text('app.pem'), privateKey: text('other.key') }),
      /do not belong together/,
    ],
    [() => ({ certificate: text('ec.pem'), privateKey: text('ec.key') }), /not an RSA key/],
    [() => ({ certificate: text('ec.pem'), privateKey: text('sec1.key') }), /not an RSA key/],
    [
      () => ({ certificate: text('ec.pem'), privateKey: text('app.key') }),
      /do not belong together/,
    ],
    [() => ({ certificate: text('short.pem'), privateKey: text('short.key') }), /than 2048 bits/],
    [
      () => ({ certificate: path('app.pem') }),
      /certificate does not contain a private key. Set clientCredential.privateKey/,
    ],
    [
      () => ({ certificate: text('app.pem'), privateKey: text('app.pem') }),
      /privateKey does not contain a private key/,
    ],
    [
      () => ({ certificate: text('app.key'), privateKey: text('app.key') }),
      /certificate does not contain a certificate/,
    ],
    [
      () => ({ privateKey: text('app.key') }),
      /does not contain a certificate. Set clientCredential.cert/,
    ],
    [
      () => ({ privateKey: text('app.key'), thumbprint: '0'.repeat(64), sendX5c: true }),
      /sendX5c requires the certificate/,
    ],
    [
      () => ({ certificate: text('app.pem'), privateKey: text('p8.key') }),
      /is encrypted. Set clientCredential.passphrase/,
    ],
    [
      () => ({ certificate: text('app.pem'), privateKey: text('old.key') }),
      /is encrypted. Set clientCredential.passphrase/,
    ],
    [
      () => ({ certificate: text('app.pem'), privateKey: text('p8.key'), passphrase: 'x' }),
      /passphrase is wrong/,
    ],
    [
      () => ({ certificate: text('app.pem'), privateKey: text('old.key'), passphrase: 'x' }),
      /passphrase is wrong/,
    ],
    [
      () => ({
        certificate: text('app.pem'),
        privateKey: text('app.key').replace(/\n[^-]{100}/, '\n'),
      }),
      /cannot be read/,
    ],
    [
      () => ({
        certificate: text('app.pem').replace(/\nM.{20}/, '\nM'),
        privateKey: text('app.key'),
      }),
      /Certificate 1 of clientCredential is damaged/,
    ],
    [() => ({ certificate: path('no.pem') }), /the file does not exist: .*no\.pem\.$/],
    [() => ({ certificate: path('folder.pem') }), /is not a file: .*folder\.pem\.$/],
    [() => ({ certificate: path('large.pem') }), /larger than 1000000 bytes/],
    [() => ({ certificate: path('app.cer') }), /is in DER format. Convert it to PEM: openssl x509/],
    [() => ({ pfx: shop.bytes('app.pem') }), /not a PKCS#12/],
    [() => ({ pfx: new Uint8Array(1_000_001) }), /larger than/],
    [() => ({ pfx: path('app.pfx'), passphrase: 'x' }), /The passphrase of .*pfx is wrong/],
  ])('%#', async (credential, message) => {
    const error = await errorOf(prepare(credential()))

    expect(error).toMatchObject({ code: 'configuration', message })
    expect(isIdentityError(error)).toBe(true)
  })

  test('it is encrypted in an outdated format', async (context) => {
    const command = 'pkcs8 -topk8 -v1 PBE-MD5-DES -provider legacy -provider default -in app.key'
    if (!shop.canOpenssl(`${command} -out des.key -passout pass:x`)) context.skip()

    await expect(
      prepare({ certificate: path('app.pem'), privateKey: path('des.key'), passphrase: 'x' }),
    ).rejects.toThrow(
      /encrypted in a format that Node.js does not support.*openssl pkcs8 -topk8 -v2 aes/,
    )
  })

  test('it is truncated', async () => {
    const key = Buffer.from(text('app.key').replaceAll(/-----.*-----/g, ''), 'base64')
    const broken = key.subarray(0, 600).toString('base64')

    await expect(
      prepare({
        certificate: path('app.pem'),
        privateKey: `-----BEGIN PRIVATE KEY-----\n${broken}\n-----END PRIVATE KEY-----`,
      }),
    ).rejects.toMatchObject({ code: 'configuration' })
  })

  test('the error never contains the key', async () => {
    const bare = text('app.key').replaceAll(/-----.*-----|\s/g, '')
    const marks = [bare.slice(100, 140), bare.slice(-60, -20), PASSPHRASE]
    const certificate = text('app.pem')
    const faulty: CertificateCredential[] = [
      { certificate, privateKey: bare },
      { certificate, privateKey: bare.slice(0, 150) },
      { certificate: bare },
      { pfx: bare },
      { pfx: bare.slice(90, 180) },
      { pfx: `/${bare.slice(95, 150)}` },
      { certificate, privateKey: text('app.key').replace('MII', 'MIX') },
      { certificate, privateKey: text('app.key').slice(0, -40) },
      { certificate: text('other.pem'), privateKey: text('app.key') },
      { certificate, privateKey: text('p8.key').slice(5), passphrase: PASSPHRASE },
      { certificate, privateKey: text('ec.key'), passphrase: PASSPHRASE },
      { pfx: shop.bytes('app.pfx').slice(0, 900), passphrase: PASSPHRASE },
      { pfx: path('app.pfx'), passphrase: `${PASSPHRASE}-not` },
    ]

    for (const credential of faulty) {
      // oxlint-disable-next-line no-await-in-loop
      const error = await errorOf(prepare(credential))
      for (const mark of marks) expect(allOf(error)).not.toContain(mark)
    }
  })

  test('a token file is rejected with the reason, too', async () => {
    await expect(readTextFile(path('none'), 'THE_FILE')).rejects.toThrow(
      /THE_FILE: the file does not exist/,
    )
  })
})

describe('on runtimes without Node.js', () => {
  const load = (credential: CertificateCredential) => web.loadKeyMaterial(credential, 'credential')

  test('PEM strings are read as on Node.js', async () => {
    const { privateKey, certificates } = await load({
      certificate: text('app.pem'),
      privateKey: text('app.key'),
    })

    expect(certificates).toHaveLength(1)
    await expect(
      crypto.subtle.importKey('pkcs8', privateKey, { name: 'RSA-PSS', hash: 'SHA-256' }, false, [
        'sign',
      ]),
    ).resolves.toBeDefined()
    expect(await web.fileVersion({})).toBe('')
  })

  test.each([
    [() => ({ pfx: path('app.pfx') }), /credential.pfx requires Node.js. .*openssl pkcs12/],
    [() => ({ certificate: path('app.pem') }), /not a PEM string, and only Node.js/],
    [
      () => ({ certificate: text('app.pem'), privateKey: path('app.key') }),
      /privateKey is not a PEM/,
    ],
    [() => ({ certificate: text('app.pem'), privateKey: text('p8.key') }), /is encrypted/],
    [() => ({ certificate: text('app.pem'), privateKey: text('old.key') }), /is encrypted/],
    [() => ({ certificate: text('app.pem'), privateKey: text('pkcs1.key') }), /PKCS#1 .*openssl/],
    [() => ({ certificate: text('app.pem'), privateKey: text('sec1.key') }), /must be an RSA key/],
    [() => ({ certificate: text('app.pem') }), /does not contain a private key/],
  ])('%#', async (credential, message) => {
    await expect(load(credential())).rejects.toMatchObject({ code: 'configuration', message })
  })

  test('a token file is rejected', async () => {
    await expect(web.readTextFile('/a', 'THE_FILE')).rejects.toThrow(/THE_FILE is a file, and/)
  })
})
