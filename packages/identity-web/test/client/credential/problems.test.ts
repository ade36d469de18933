import { expect, test } from 'vitest'
import { credentialProblems } from '../../../src/client/credential/index.ts'

const block = (label: string, body = 'MIIB'): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
const CERTIFICATE = block('CERTIFICATE')
const KEY = block('PRIVATE KEY')

test.each([
  ['a secret', 'secret'],
  ['a function', () => 'a.b.c'],
  ['two texts', { certificate: CERTIFICATE, privateKey: KEY }],
  ['one text for both', { certificate: CERTIFICATE + KEY }],
  ['two paths', { certificate: 'a.pem', privateKey: 'a.key', passphrase: '' }],
  ['a path that may hold both', { certificate: 'a.pem' }],
  ['a key with a thumbprint', { privateKey: KEY, thumbprint: 'AB:'.repeat(20).slice(0, -1) }],
  ['a thumbprint of SHA-256', { privateKey: KEY, thumbprint: 'ab'.repeat(32) }],
  ['a PFX', { pfx: 'a.pfx', passphrase: 'x', sendX5c: true }],
  ['bytes of a PFX', { pfx: Uint8Array.from([48]) }],
  [
    'an encrypted key',
    { certificate: 'a', privateKey: block('ENCRYPTED PRIVATE KEY'), passphrase: 'x' },
  ],
  ['fields that are not set', { certificate: 'a.pem', pfx: undefined, thumbprint: undefined }],
  ['a list', [{ pfx: 'a.pfx' }, 'secret', () => 'a.b.c']],
])('%s is right', (_what, credential) => {
  expect(credentialProblems(credential)).toEqual([])
})

test.each([
  ['nothing', undefined, [/^clientCredential is neither a secret/]],
  ['null', null, [/is neither/]],
  ['a number', 7, [/is neither/]],
  ['an empty secret', ' ', [/is an empty text/]],
  ['a PEM text as secret', KEY, [/is a PEM text. Set { certificate, privateKey }/]],
  ['a secret with a line break', 'secret\n', [/holds a line break/]],
  ['bytes', new Uint8Array(1), [/Set { pfx: bytes }/]],
  ['a promise', Promise.resolve(''), [/is a promise. Give the function/]],
  ['an empty list', [], [/is an empty list/]],
  ['a list in a list', [['a']], [/^clientCredential\[0\] is neither/]],
  [
    'faults of several',
    ['', 'x', {}],
    [/^clientCredential\[0\] is/, /^clientCredential\[2\] holds/],
  ],
  ['an unknown field', { certificate: 'a', key: 'b' }, [/unknown field "key"/]],
  [
    'fields of a wrong type',
    { certificate: 1, sendX5c: 'yes' },
    [/certificate must be/, /sendX5c/],
  ],
  ['an empty field', { certificate: '', privateKey: 'a' }, [/certificate is empty/]],
  ['an empty PFX', { pfx: new Uint8Array() }, [/pfx is empty/]],
  ['no certificate', { passphrase: 'x' }, [/holds no certificate. Set/]],
  ['both forms', { pfx: 'a', certificate: 'b' }, [/has pfx beside certificate/]],
  ['a wrong thumbprint', { privateKey: 'a', thumbprint: 'abc' }, [/thumbprint must be the 64/]],
  ['a text without a key', { certificate: CERTIFICATE }, [/certificate holds no private key/]],
  ['a key without a certificate', { privateKey: KEY }, [/holds no certificate. Set/]],
  [
    'a certificate that is none',
    { certificate: KEY, privateKey: KEY },
    [/certificate holds no cert/],
  ],
  [
    'an encrypted key without a passphrase',
    { certificate: CERTIFICATE, privateKey: block('ENCRYPTED PRIVATE KEY') },
    [/privateKey is encrypted. Set clientCredential.passphrase/],
  ],
  ['an EC key', { certificate: CERTIFICATE, privateKey: block('EC PRIVATE KEY') }, [/no RSA key/]],
  [
    'x5c without a certificate',
    { privateKey: 'a', thumbprint: 'ab'.repeat(20), sendX5c: true },
    [/sendX5c needs/],
  ],
])('%s is a fault', (_what, credential, messages) => {
  expect(credentialProblems(credential)).toEqual(
    messages.map((message) => expect.stringMatching(message)),
  )
})

test('no secret is repeated in a fault', () => {
  const secret = 'marked-secret'
  const faulty = [
    `${secret}\n`,
    { certificate: 'a', passphrase: 7, privateKey: [secret] },
    { privateKey: block('PRIVATE KEY', secret) },
    { thumbprint: secret, privateKey: secret, passphrase: secret },
    { pfx: secret, certificate: secret },
  ]

  expect(faulty.flatMap((one) => credentialProblems(one)).length).toBeGreaterThan(4)
  expect(JSON.stringify(faulty.flatMap((one) => credentialProblems(one)))).not.toContain(secret)
})
