import assert from 'node:assert/strict'
import { parsePrincipal } from '../../src/easy-auth/principal.ts'
import { textTarget, type FuzzTarget } from './target.ts'

const WORDS = [
  '{"auth_typ":"aad","claims":[',
  ']}',
  '{"typ":"sub","val":"s"}',
  '{"typ":"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier","val":"t"}',
  '{"typ":"oid","val":"s"}',
  '{"typ":"roles","val":"Admin"}',
  '{"typ":"__proto__","val":"x"}',
  '{"typ":"iat","val":1}',
  '{"typ":"_claim_names","val":"{\\"groups\\":\\"src1\\"}"}',
  `{"typ":"_claim_names","val":"{\\"a\\":${'['.repeat(200)}${']'.repeat(200)}}"}`,
  '{"typ":"idtyp","val":"app"}',
  ',',
  'null',
  '\u{1f600}',
]

/** The header `X-MS-CLIENT-PRINCIPAL`. The input is its content before it is encoded, and also the header itself. */
export const principalTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'principals/x-ms-client-principal',
    corpus: 'principals',
    words: WORDS,
    runs: 1000,
    check(input) {
      for (const header of [input, Buffer.from(input).toString('base64')]) {
        const principal = parsePrincipal(header, 'entra')
        if (principal === undefined) continue
        const { claims, provider } = principal
        assert.equal(typeof claims.sub, 'string')
        assert.notEqual(claims['idtyp'], 'app')
        assert.ok(claims['idtyp'] !== undefined || claims['oid'] !== claims.sub)
        assert.equal(provider, provider.toLowerCase())
        assert.ok(Object.isFrozen(claims))
        assert.equal(Object.getPrototypeOf(claims), Object.prototype)
        for (const list of [claims.roles, claims.groups]) {
          assert.ok(list === undefined || list.every((item) => typeof item === 'string'))
        }
      }
    },
  }),
]
