import { credentialProblems } from '../../src/client/index.ts'
import { vaultKey, type VaultKey } from '../../src/vault-key/vault-key.ts'
import { expect, test } from 'vitest'

const block = (label: string, body = 'MIIB'): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
const CERTIFICATE = block('CERTIFICATE')
const KEY = block('PRIVATE KEY')
const sign = (): Uint8Array => new Uint8Array()

const problemsOf = (key: unknown): string[] => credentialProblems(vaultKey(key as VaultKey))

test.each<[string, unknown]>([
  ['PEM', { certificate: CERTIFICATE, sign, sendX5c: true, pfx: undefined }],
  ['a path', { certificate: 'a.pem', sign }],
  ['bytes', { certificate: Uint8Array.of(48), sign }],
  ['other fields', { certificate: 'a.pem', sign, client: {} }],
  [
    'a method of a class',
    new (class {
      readonly certificate = 'a.pem'
      sign(): Uint8Array {
        return sign()
      }
    })(),
  ],
  ['a function', () => ({})],
])('vaultKey() accepts %s', (_name, key) => {
  expect(problemsOf(key)).toEqual([])
})

test.each<[string, unknown, RegExp[]]>([
  ['sign that is not a function', { certificate: 'a', sign: 'x' }, [/sign must be a function/]],
  ['a certificate without sign', { certificate: 'a' }, [/sign must be a function/]],
  ['sign alone', { sign }, [/^clientCredential\.certificate is missing\. Set/]],
  [
    'a thumbprint in place of the certificate',
    { sign, thumbprint: 'ab'.repeat(20) },
    [/thumbprint cannot be used together with .*sign\. Remove it/, /certificate is missing/],
  ],
  [
    'a key in a vault and in a file',
    { certificate: 'a', sign, privateKey: 'b' },
    [/^clientCredential\.privateKey cannot be used together with clientCredential\.sign\. Remove/],
  ],
  [
    'a PFX and a vault',
    { certificate: 'a', sign, pfx: 'b', passphrase: 'c' },
    [/^clientCredential\.pfx cannot be/, /^clientCredential\.passphrase cannot be/],
  ],
  [
    'wrong types',
    { certificate: 7, sign, sendX5c: 'yes' },
    [/sendX5c must be true or false/, /certificate must be a PEM string/],
  ],
  ['an empty certificate', { certificate: '', sign }, [/certificate is empty/]],
  ['empty bytes', { certificate: new Uint8Array(), sign }, [/certificate is empty/]],
  ['PEM of a key', { certificate: KEY, sign }, [/certificate does not contain a cert/]],
  ['nothing', undefined, [/^clientCredential is vaultKey\(\) without a key\. Set vaultKey/]],
  ['null', null, [/without a key/]],
  ['a list', [{ certificate: 'a', sign }], [/without a key/]],
  ['PEM alone', CERTIFICATE, [/without a key/]],
  ['a promise', Promise.resolve({ certificate: 'a', sign }), [/pass an async function/]],
])('vaultKey() rejects %s', (_name, key, problems) => {
  expect(problemsOf(key)).toEqual(problems.map((problem) => expect.stringMatching(problem)))
})

test('a problem in a list names the entry', () => {
  expect(credentialProblems(['secret', vaultKey({ sign } as unknown as VaultKey)])).toEqual([
    'clientCredential[1].certificate is missing. Set it to the certificate of the key.',
  ])
})

test('problems never contain a secret', () => {
  const secret = 'marked-secret-of-the-tests'
  const wrong = [secret, { sign: secret, certificate: secret, privateKey: secret }]

  const problems = wrong.flatMap(problemsOf)
  expect(problems.length).toBeGreaterThan(2)
  expect(problems.join(' ')).not.toContain(secret)
})
