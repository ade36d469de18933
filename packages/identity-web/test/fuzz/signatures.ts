import assert from 'node:assert/strict'
import { compactVerify } from 'jose'
import { allowedAlgorithms, candidateKeys, type ProviderKey } from '../../src/authority/keys.ts'
import * as node from '../../src/authority/signature-node.ts'
import * as web from '../../src/authority/signature-web.ts'
import type { SignedToken } from '../../src/authority/issuing-authority.ts'
import { decodeToken } from '../../src/authority/signed-token.ts'
import { readCorpus } from './corpus.ts'
import keys from './signature-keys.json' with { type: 'json' }
import { textTarget, type FuzzTarget } from './target.ts'

// The corpus contains one token for each algorithm. Their private keys do not exist anymore, so that every other token with
// the same claims is forged.
const CORPUS = 'signatures'
const signed: ReadonlySet<string> = new Set(readCorpus(CORPUS))

interface Implementation {
  isSignedBy(token: SignedToken, key: ProviderKey): boolean | PromiseLike<boolean>
}

async function isAccepted(
  { isSignedBy }: Implementation,
  token: SignedToken,
  candidates: readonly ProviderKey[],
): Promise<boolean> {
  for (const key of candidates) {
    try {
      if (await isSignedBy(token, key)) return true
    } catch {
      // The token or the key is not valid.
    }
  }
  return false
}

export const signatureTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'tokens/signatures',
    corpus: CORPUS,
    words: ['.', '=', 'AA', '_', '-', '+', '/', 'eyJhbGciOiJub25lIn0', 'Ł', '\u0100', '\n'],
    runs: 400,
    async check(token) {
      const alg = decodeToken(token)?.header['alg']
      if (typeof alg !== 'string') {
        assert.ok(!signed.has(token))
        return
      }
      const candidates = candidateKeys(keys, { alg })
      assert.deepEqual(allowedAlgorithms([alg]).includes(alg), candidates.length > 0)
      const given = { token, header: { alg } }
      const byNode = await isAccepted(node, given, candidates)
      const byOthers = await isAccepted(web, given, candidates)
      const byJose = await isAccepted(
        { isSignedBy: (_, key) => compactVerify(token, { ...key }).then(() => true) },
        given,
        candidates,
      )
      assert.deepEqual([byNode, byOthers, byJose], Array(3).fill(signed.has(token)))
    },
  }),
]
