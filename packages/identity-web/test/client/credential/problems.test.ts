import { expect, test } from 'vitest'
import { credentialProblems } from '../../../src/client/index.ts'

const block = (label: string, body = 'MIIB'): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
const CERTIFICATE = block('CERTIFICATE')
const KEY = block('PRIVATE KEY')

test.each([
  ['a secret', 'secret'],
  ['a secret and a day', { secret: 'secret', expires: '2027-03-31' }],
  ['a secret and a day in the past', { secret: 'secret', expires: '2020-01-31' }],
  ['a secret and a time', { secret: 'secret', expires: '2027-03-31T09:30:00.1234567Z' }],
  ['a secret and a time with an offset', { secret: 'secret', expires: '2027-03-31T09:30+02:00' }],
  ['a secret and a Date', { secret: 'secret', expires: new Date(1_806_487_200_000) }],
  ['a function', () => 'a.b.c'],
  ['an object with getToken', { getToken: async () => ({ token: 'a.b.c' }), name: 'any' }],
  ['two PEM strings', { certificate: CERTIFICATE, privateKey: KEY }],
  ['one PEM string with both', { certificate: CERTIFICATE + KEY }],
  ['two paths', { certificate: 'a.pem', privateKey: 'a.key', passphrase: '' }],
  ['a path of a file that can contain both', { certificate: 'a.pem' }],
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
  ['a list with a variable that is not set', ['secret', undefined]],
])('%s has no problems', (_what, credential) => {
  expect(credentialProblems(credential)).toEqual([])
})

test.each([
  ['nothing', undefined, [/^clientCredential must be a secret/]],
  ['null', null, [/must be a secret/]],
  ['a number', 7, [/must be a secret/]],
  ['an empty secret', ' ', [/is an empty string/]],
  ['a PEM string as secret', KEY, [/is a PEM string. Set { certificate, privateKey }/]],
  ['a secret with a line break', 'secret\n', [/contains a line break/]],
  ['a secret without a date', { secret: 'secret' }, [/expires must be a date.*'2027-03-31'/]],
  ['an invalid Date', { secret: 'secret', expires: new Date(Number.NaN) }, [/expires must be/]],
  [
    'a date without a secret',
    { secret: undefined, expires: '2027-03-31' },
    [/^clientCredential\.secret must be a string/],
  ],
  [
    'a secret with a line break and a date',
    { secret: 'secret\n', expires: '2027-03-31' },
    [/^clientCredential\.secret contains a line break/],
  ],
  ['bytes', new Uint8Array(1), [/Set { pfx: bytes }/]],
  ['a promise', Promise.resolve(''), [/is a promise. Pass the function/]],
  ['an empty list', [], [/is an empty list/]],
  ['a list of variables that are not set', [undefined, undefined], [/every entry is undefined/]],
  [
    'a wrong credential after a skipped one',
    [undefined, ''],
    [/^clientCredential\[1\] is an empty/],
  ],
  ['a list in a list', [['a']], [/^clientCredential\[0\] must be a secret/]],
  [
    'a list with two wrong credentials',
    ['', 'x', {}],
    [/^clientCredential\[0\] is/, /^clientCredential\[2\] does not contain/],
  ],
  ['an unknown field', { certificate: 'a', key: 'b' }, [/unknown field "key"/]],
  [
    'fields of a wrong type',
    { certificate: 1, sendX5c: 'yes' },
    [/certificate must be/, /sendX5c/],
  ],
  ['getToken that is not a function', { getToken: 'a.b.c' }, [/getToken must be a function/]],
  ['an empty field', { certificate: '', privateKey: 'a' }, [/certificate is empty/]],
  ['an empty PFX', { pfx: new Uint8Array() }, [/pfx is empty/]],
  ['no certificate', { passphrase: 'x' }, [/does not contain a certificate. Set/]],
  ['both forms', { pfx: 'a', certificate: 'b' }, [/contains pfx together with certificate/]],
  ['a wrong thumbprint', { privateKey: 'a', thumbprint: 'abc' }, [/thumbprint must have 64/]],
  [
    'a PEM string without a key',
    { certificate: CERTIFICATE },
    [/certificate does not contain a private key/],
  ],
  ['a key without a certificate', { privateKey: KEY }, [/does not contain a certificate. Set/]],
  [
    'a certificate field without a certificate',
    { certificate: KEY, privateKey: KEY },
    [/certificate does not contain a cert/],
  ],
  [
    'an encrypted key without a passphrase',
    { certificate: CERTIFICATE, privateKey: block('ENCRYPTED PRIVATE KEY') },
    [/privateKey is encrypted. Set clientCredential.passphrase/],
  ],
  [
    'an EC key',
    { certificate: CERTIFICATE, privateKey: block('EC PRIVATE KEY') },
    [/not an RSA key/],
  ],
  [
    'a key in a vault without vaultKey()',
    [{ certificate: 'a', sign: () => 0 }, { sign: undefined }],
    [
      /^clientCredential\[0\] is a key in a vault\. Set it to vaultKey\(\{ certificate, sign \}\) of id/,
      /^clientCredential\[1\] is a key in a vault/,
    ],
  ],
  [
    'x5c without a certificate',
    { privateKey: 'a', thumbprint: 'ab'.repeat(20), sendX5c: true },
    [/sendX5c requires/],
  ],
])('%s has problems', (_what, credential, messages) => {
  expect(credentialProblems(credential)).toEqual(
    messages.map((message) => expect.stringMatching(message)),
  )
})

test('problems never contain a secret', () => {
  const secret = 'marked-secret'
  const wrong = [
    `${secret}\n`,
    { certificate: 'a', passphrase: 7, privateKey: [secret] },
    { privateKey: block('PRIVATE KEY', secret) },
    { thumbprint: secret, privateKey: secret, passphrase: secret },
    { pfx: secret, certificate: secret },
  ]

  expect(wrong.flatMap((one) => credentialProblems(one)).length).toBeGreaterThan(4)
  expect(JSON.stringify(wrong.flatMap((one) => credentialProblems(one)))).not.toContain(secret)
})

test.each(['', 'soon', '31.03.2027', '2027-3-31', '2027-13-31', '2027-03-31Tx', 1_806_487_200_000])(
  'the expiry %j is a problem that does not repeat the value',
  (expires) => {
    expect(credentialProblems([undefined, { secret: 'secret', expires }])).toEqual([
      "clientCredential[1].expires must be a date, for example '2027-03-31'.",
    ])
  },
)
