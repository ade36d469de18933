import assert from 'node:assert/strict'
import * as nodeKeys from '../../src/client/credential/key-material-node.ts'
import * as webKeys from '../../src/client/credential/key-material-web.ts'
import { MalformedDer } from '../../src/client/credential/der.ts'
import { pemBlocks } from '../../src/client/credential/pem.ts'
import { readPkcs12 } from '../../src/client/credential/pkcs12/pkcs12.ts'
import { credentialProblems } from '../../src/client/credential/problems.ts'
import { readCorpus } from './corpus.ts'
import { vaultKey } from '../../src/vault-key/vault-key.ts'
import { bytesOf, onlyIdentityError, textTarget, type FuzzTarget } from './target.ts'

// The keys in the corpus have 512 bits and were made for these files.
const PASSPHRASE = 'pp'

/** Returns the files of a corpus as strings with one character for each byte. */
const files = (name: string): string[] =>
  readCorpus(name).map((base64) => Buffer.from(base64, 'base64').toString('latin1'))

const DER_WORDS = [
  '\x30\x80',
  '\x30\x82\xff\xff',
  '\x02\x01\x00',
  '\x04\x00',
  '\xa0\x03',
  '\x06\x01\x00',
  '\x00',
  '\xff',
]

export const credentialTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'credentials/pkcs12',
    corpus: 'empty',
    seeds: files('pkcs12'),
    words: DER_WORDS,
    runs: 300,
    async check(binary) {
      const { value, error } = await onlyIdentityError(() =>
        readPkcs12(bytesOf(binary), { name: 'pfx', passphrase: PASSPHRASE }),
      )
      if (error !== undefined) assert.equal(error.code, 'configuration')
      else assert.ok(value !== undefined && value.privateKey.length > 0)
    },
  }),
  textTarget({
    name: 'credentials/der',
    corpus: 'empty',
    seeds: files('der'),
    words: DER_WORDS,
    runs: 1000,
    check(binary) {
      for (const read of [webKeys.readCertificate, webKeys.modulusOfPrivateKey]) {
        try {
          read(bytesOf(binary))
        } catch (error) {
          if (!(error instanceof MalformedDer)) throw error
        }
      }
    },
  }),
  textTarget({
    name: 'credentials/pem',
    corpus: 'pem',
    words: [
      '-----BEGIN ',
      '-----END ',
      '-----',
      'CERTIFICATE',
      'PRIVATE KEY',
      '\n',
      '\r\n',
      '\\n',
      'AAAA',
      ':',
    ],
    runs: 300,
    async check(text) {
      for (const { pem, label } of pemBlocks(text)) assert.ok(pem.includes(label))
      // A value that is not PEM is a path, and files are not read here.
      if (!text.includes('-----BEGIN ')) return
      for (const { loadKeyMaterial } of [nodeKeys, webKeys]) {
        for (const credential of [{ certificate: text }, { certificate: text, privateKey: text }]) {
          // oxlint-disable-next-line no-await-in-loop
          const { error } = await onlyIdentityError(() =>
            loadKeyMaterial({ ...credential, passphrase: PASSPHRASE }, 'clientCredential'),
          )
          if (error !== undefined) assert.equal(error.code, 'configuration')
        }
      }
    },
  }),
  textTarget({
    name: 'credentials/vault-key',
    corpus: 'empty',
    seeds: files('der'),
    words: [...DER_WORDS, '-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', 'MII'],
    runs: 300,
    async check(binary) {
      const bytes = bytesOf(binary)
      const key = vaultKey({ certificate: bytes, sign: () => bytes })
      const issuer = 'https://login.example'
      const { error } = await onlyIdentityError(async () =>
        key({
          clientId: 'client',
          issuer,
          tokenEndpoint: issuer,
          audience: issuer,
          algorithm: 'PS256',
        }),
      )
      // The bytes are never the signature of their own assertion.
      assert.equal(error?.code, 'configuration')
    },
  }),
  textTarget({
    name: 'credentials/options',
    corpus: 'pem',
    words: ['-----BEGIN ', 'a', ':', '\u200e', '0'.repeat(40), 'MI', '/', '.'],
    runs: 300,
    check(text) {
      const credentials = [
        text,
        { thumbprint: text, privateKey: text },
        { pfx: text, passphrase: text },
        { certificate: text },
        [text, text],
        [{ pfx: bytesOf(text) }],
        vaultKey({ certificate: text, sign: () => new Uint8Array() }),
        vaultKey(JSON.parse(JSON.stringify({ certificate: text, sign: text, pfx: text }))),
      ]
      for (const credential of credentials) {
        for (const problem of credentialProblems(credential)) {
          assert.ok(text.length < 30 || !problem.includes(text), 'a message repeats a credential')
        }
      }
    },
  }),
]
