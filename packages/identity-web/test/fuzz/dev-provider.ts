import assert from 'node:assert/strict'
import { parseRequestedClaims } from '../../../dev-provider/src/protocol/requested-claims.ts'
import { OAuthError } from '../../../dev-provider/src/protocol/oauth-error.ts'
import { parseCookies } from '../../../dev-provider/src/protocol/http.ts'
import { textTarget, type FuzzTarget } from './target.ts'

export const devProviderTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'dev-provider/claims',
    corpus: 'claims',
    words: ['{', '}', '"', ':', ',', '"access_token"', '"__proto__"', 'null', '[', ']', '"values"'],
    runs: 500,
    check(text) {
      try {
        const { xmsCc, acrs, idTokenAcrs } = parseRequestedClaims(text)
        for (const value of [...xmsCc, ...acrs, ...idTokenAcrs])
          assert.equal(typeof value, 'string')
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error
      }
    },
  }),
  textTarget({
    name: 'dev-provider/cookies',
    corpus: 'cookies',
    words: ['; ', ';', '=', '__Host-identity', 'x=y'],
    runs: 500,
    check(text) {
      for (const [name, value] of parseCookies(text)) assert.ok(!(name + value).includes(';'))
    },
  }),
]
