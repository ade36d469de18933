import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test as base } from '../../support/fixtures.ts'
import { type CertificateCredential } from '../../../src/client/index.ts'
import { authenticateOnDemand } from '../../../src/client/create-oauth-client.ts'
import * as web from '../../../src/client/credential/key-material-web.ts'
import { readTextFile } from '../../../src/client/credential/key-material-node.ts'
import { IdentityError } from '../../../src/errors.ts'
import { allOf, errorOf, type Workshop } from './openssl.ts'

const PASSPHRASE = 'marked-passphrase-of-the-tests'

const test = base.extend('shop', { scope: 'file' }, ({ workshop: shop }) => {
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
  return shop
})

type Options = Pick<CertificateCredential, 'passphrase'>

/** A credential whose certificate and key are PEM strings. */
const texts =
  (certificate: string, privateKey: string, options: Options = {}) =>
  (shop: Workshop): CertificateCredential => ({
    certificate: shop.text(certificate),
    privateKey: shop.text(privateKey),
    ...options,
  })

/** A credential whose certificate and key are files. */
const paths =
  (certificate: string, privateKey: string, options: Options = {}) =>
  (shop: Workshop): CertificateCredential => ({
    certificate: shop.path(certificate),
    privateKey: shop.path(privateKey),
    ...options,
  })

const prepare = (credential: CertificateCredential): Promise<void> =>
  authenticateOnDemand(credential, {
    clientId: 'client',
    certificateAlgorithm: 'PS256',
    assertionAudience: 'token_endpoint',
    preferredSecretMethod: 'client_secret_post',
    timeoutSeconds: 10,
  }).prepare()

describe('a key is read', () => {
  test.for([
    ['from two files', paths('app.pem', 'app.key')],
    ['from two PEM strings', texts('app.pem', 'app.key')],
    ['with a certificate that expires after 2050', paths('long.pem', 'app.key')],
    ['from one file with both', (shop: Workshop) => ({ certificate: shop.path('both.pem') })],
    [
      'from one file that is set as privateKey',
      (shop: Workshop) => ({ privateKey: shop.path('both.pem') }),
    ],
    ['from one PEM string with both', (shop: Workshop) => ({ certificate: shop.text('both.pem') })],
    ['as PKCS#1', paths('app.pem', 'pkcs1.key')],
    ['encrypted, as PKCS#8', paths('app.pem', 'p8.key', { passphrase: PASSPHRASE })],
    [
      'encrypted in the traditional format',
      (shop: Workshop) => ({
        certificate: shop.path('app.pem'),
        privateKey: shop.text('old.key'),
        passphrase: PASSPHRASE,
      }),
    ],
    [
      'from a variable with \\n instead of line breaks',
      (shop: Workshop) => ({ certificate: shop.text('both.pem').replaceAll('\n', String.raw`\n`) }),
    ],
    [
      'from a variable with spaces instead of line breaks',
      (shop: Workshop) => ({ certificate: shop.text('both.pem').replaceAll('\n', ' ') }),
    ],
    [
      'with the line breaks of Windows',
      (shop: Workshop) => ({ certificate: shop.text('both.pem').replaceAll('\n', '\r\n') }),
    ],
    [
      'from a PFX file',
      (shop: Workshop) => ({ pfx: shop.path('app.pfx'), passphrase: PASSPHRASE }),
    ],
    [
      'from the bytes of a PFX',
      (shop: Workshop) => ({ pfx: shop.bytes('app.pfx'), passphrase: PASSPHRASE }),
    ],
    [
      'from the base64 string of a PFX',
      (shop: Workshop) => ({
        pfx: readFileSync(shop.path('app.pfx'), 'base64'),
        passphrase: PASSPHRASE,
      }),
    ],
  ] as const)('%s', async ([_how, credential], { shop }) => {
    await expect(prepare(credential(shop))).resolves.toBeUndefined()
  })
})

describe('a key that cannot be used is rejected with the reason', () => {
  test.for([
    [texts('app.pem', 'other.key'), /do not belong together/],
    [texts('ec.pem', 'ec.key'), /not an RSA key/],
    [texts('ec.pem', 'sec1.key'), /not an RSA key/],
    [texts('ec.pem', 'app.key'), /do not belong together/],
    [texts('short.pem', 'short.key'), /than 2048 bits/],
    [
      (shop: Workshop) => ({ certificate: shop.path('app.pem') }),
      /certificate does not contain a private key. Set clientCredential.privateKey/,
    ],
    [texts('app.pem', 'app.pem'), /privateKey does not contain a private key/],
    [texts('app.key', 'app.key'), /certificate does not contain a certificate/],
    [
      (shop: Workshop) => ({ privateKey: shop.text('app.key') }),
      /does not contain a certificate. Set clientCredential.cert/,
    ],
    [
      (shop: Workshop) => ({
        privateKey: shop.text('app.key'),
        thumbprint: '0'.repeat(64),
        sendX5c: true,
      }),
      /sendX5c requires the certificate/,
    ],
    [texts('app.pem', 'p8.key'), /is encrypted. Set clientCredential.passphrase/],
    [texts('app.pem', 'old.key'), /is encrypted. Set clientCredential.passphrase/],
    [texts('app.pem', 'p8.key', { passphrase: 'x' }), /passphrase is wrong/],
    [texts('app.pem', 'old.key', { passphrase: 'x' }), /passphrase is wrong/],
    [
      (shop: Workshop) => ({
        certificate: shop.text('app.pem'),
        privateKey: shop.text('app.key').replace(/\n[^-]{100}/, '\n'),
      }),
      /cannot be read/,
    ],
    [
      (shop: Workshop) => ({
        certificate: shop.text('app.pem').replace(/\nM.{20}/, '\nM'),
        privateKey: shop.text('app.key'),
      }),
      /Certificate 1 of clientCredential is damaged/,
    ],
    [
      (shop: Workshop) => ({ certificate: shop.path('no.pem') }),
      /the file does not exist: .*no\.pem\. Correct the path\./,
    ],
    [
      (shop: Workshop) => ({ certificate: shop.path('folder.pem') }),
      /is not a file: .*folder\.pem\. Set it to the path of a file\.$/,
    ],
    [(shop: Workshop) => ({ certificate: shop.path('large.pem') }), /larger than 1000000 bytes/],
    [
      (shop: Workshop) => ({ certificate: shop.path('app.cer') }),
      /is in DER format. Convert it to PEM: openssl x509/,
    ],
    [(shop: Workshop) => ({ pfx: shop.bytes('app.pem') }), /not a PKCS#12/],
    [() => ({ pfx: new Uint8Array(1_000_001) }), /larger than/],
    [
      (shop: Workshop) => ({ pfx: shop.path('app.pfx'), passphrase: 'x' }),
      /The passphrase of .*pfx is wrong/,
    ],
  ] as const)('%#', async ([credential, message], { shop }) => {
    const error = await errorOf(prepare(credential(shop)))

    expect(error).toMatchObject({ code: 'configuration', message: expect.stringMatching(message) })
    expect(IdentityError.is(error)).toBe(true)
  })

  test('it is encrypted in an outdated format', async ({ shop, skip }) => {
    const command = 'pkcs8 -topk8 -v1 PBE-MD5-DES -provider legacy -provider default -in app.key'
    if (!shop.canOpenssl(`${command} -out des.key -passout pass:x`)) skip()

    await expect(
      prepare({
        certificate: shop.path('app.pem'),
        privateKey: shop.path('des.key'),
        passphrase: 'x',
      }),
    ).rejects.toThrow(
      /encrypted in a format that Node.js does not support.*openssl pkcs8 -topk8 -v2 aes/,
    )
  })

  test('it is truncated', async ({ shop }) => {
    const key = Buffer.from(shop.text('app.key').replaceAll(/-----.*-----/g, ''), 'base64')
    const broken = key.subarray(0, 600).toString('base64')

    await expect(
      prepare({
        certificate: shop.path('app.pem'),
        privateKey: `-----BEGIN PRIVATE KEY-----\n${broken}\n-----END PRIVATE KEY-----`,
      }),
    ).rejects.toMatchObject({ code: 'configuration' })
  })

  test('the error never contains the key', async ({ shop }) => {
    const bare = shop.text('app.key').replaceAll(/-----.*-----|\s/g, '')
    const marks = [bare.slice(100, 140), bare.slice(-60, -20), PASSPHRASE]
    const certificate = shop.text('app.pem')
    const faulty: CertificateCredential[] = [
      { certificate, privateKey: bare },
      { certificate, privateKey: bare.slice(0, 150) },
      { certificate: bare },
      { pfx: bare },
      { pfx: bare.slice(90, 180) },
      { pfx: `/${bare.slice(95, 150)}` },
      { certificate, privateKey: shop.text('app.key').replace('MII', 'MIX') },
      { certificate, privateKey: shop.text('app.key').slice(0, -40) },
      { certificate: shop.text('other.pem'), privateKey: shop.text('app.key') },
      { certificate, privateKey: shop.text('p8.key').slice(5), passphrase: PASSPHRASE },
      { certificate, privateKey: shop.text('ec.key'), passphrase: PASSPHRASE },
      { pfx: shop.bytes('app.pfx').slice(0, 900), passphrase: PASSPHRASE },
      { pfx: shop.path('app.pfx'), passphrase: `${PASSPHRASE}-not` },
    ]

    for (const credential of faulty) {
      // oxlint-disable-next-line no-await-in-loop
      const error = await errorOf(prepare(credential))
      for (const mark of marks) expect(allOf(error)).not.toContain(mark)
    }
  })

  test('a token file is rejected with the reason, too', async ({ shop }) => {
    await expect(readTextFile(shop.path('none'), 'THE_FILE')).rejects.toThrow(
      /THE_FILE: the file does not exist/,
    )
  })
})

describe('on runtimes without Node.js', () => {
  const load = (credential: CertificateCredential) => web.loadKeyMaterial(credential, 'credential')

  test('PEM strings are read as on Node.js', async ({ shop }) => {
    const { privateKey, certificates } = await load({
      certificate: shop.text('app.pem'),
      privateKey: shop.text('app.key'),
    })

    expect(certificates).toHaveLength(1)
    await expect(
      crypto.subtle.importKey('pkcs8', privateKey, { name: 'RSA-PSS', hash: 'SHA-256' }, false, [
        'sign',
      ]),
    ).resolves.toBeDefined()
    expect(await web.fileVersion({})).toBe('')
  })

  test.for([
    [
      (shop: Workshop) => ({ pfx: shop.path('app.pfx') }),
      /credential.pfx requires Node.js. .*openssl pkcs12/,
    ],
    [
      (shop: Workshop) => ({ certificate: shop.path('app.pem') }),
      /not a PEM string, and only Node.js/,
    ],
    [
      (shop: Workshop) => ({ certificate: shop.text('app.pem'), privateKey: shop.path('app.key') }),
      /privateKey is not a PEM/,
    ],
    [texts('app.pem', 'p8.key'), /is encrypted/],
    [texts('app.pem', 'old.key'), /is encrypted/],
    [texts('app.pem', 'pkcs1.key'), /PKCS#1 .*openssl/],
    [texts('app.pem', 'sec1.key'), /must be an RSA key/],
    [(shop: Workshop) => ({ certificate: shop.text('app.pem') }), /does not contain a private key/],
  ] as const)('%#', async ([credential, message], { shop }) => {
    await expect(load(credential(shop))).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(message),
    })
  })

  test('a token file is rejected', async () => {
    await expect(web.readTextFile('/a', 'THE_FILE')).rejects.toThrow(/THE_FILE is a file, and/)
  })
})
