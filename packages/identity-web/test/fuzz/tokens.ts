import assert from 'node:assert/strict'
import { createIssuingAuthority } from '../../src/authority/issuing-authority.ts'
import { oidcAuthority } from '../../src/authority/recognize.ts'
import { verifyIdToken } from '../../src/authority/verify-id-token.ts'
import { ApiAuth, Auth } from '../../src/adapters/fetch/index.ts'
import { memoryStore } from '../../src/stores/memory-store.ts'
import {
  accessClaims,
  AUDIENCE,
  CLIENT_ID,
  forgedTokens,
  idClaims,
  ISSUER,
  logoutClaims,
  NOW,
  providerFetch,
  TOKEN_WORDS,
  validAccessToken,
  validIdToken,
  validLogoutToken,
  signedTokens,
} from './provider.ts'
import {
  assertNoServerError,
  once,
  onlyIdentityError,
  requestOf,
  textTarget,
  type FuzzTarget,
} from './target.ts'

const SHARED = {
  oidcAuthority: ISSUER,
  fetch: providerFetch(),
  now: () => NOW,
  logger: false,
} as const

/** An API that lists the claims of accepted tokens. */
const guarded = once(() => {
  const api = new ApiAuth({ ...SHARED, audience: AUDIENCE }, { NODE_ENV: 'production' })
  return api.authorizationRequired({ scopes: ['Todos.Read'] }, () => new Response('accepted'))
})

const issuing = once(() =>
  createIssuingAuthority(
    oidcAuthority(ISSUER),
    { fetch: providerFetch(), timeoutSeconds: 5 },
    () => NOW / 1000,
  ),
)

/** Returns a site with its own store, so that no logout token counts as used. */
const site = (): Auth =>
  new Auth(
    {
      ...SHARED,
      clientId: CLIENT_ID,
      redirectUri: 'https://app.example/redirect',
      session: { secret: 'a-secret-of-the-tests-0123456789-abcdef', store: memoryStore() },
    },
    { NODE_ENV: 'production' },
  )

/** The tokens that the provider signed. Tokens that differ from all of them are forged. */
const signedAccess = once(() => new Set([validAccessToken(), ...signedTokens(accessClaims)]))
const signedId = once(() => new Set([validIdToken(), ...signedTokens(idClaims)]))
const signedLogout = once(() => new Set([validLogoutToken(), ...signedTokens(logoutClaims)]))

const HEADER_WORDS = ['Bearer ', 'bearer ', ', Bearer ', 'Basic ', 'DPoP ', ' ', '\t', ',', '"']

export const tokenTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'tokens/access',
    corpus: 'authorization',
    seeds: [validAccessToken(), ...forgedTokens(accessClaims), ...signedTokens(accessClaims)].map(
      (token) => `Bearer ${token}`,
    ),
    words: [...TOKEN_WORDS, ...HEADER_WORDS],
    runs: 1000,
    async check(authorization) {
      const url = 'https://api.example/todos'
      // The valid token is cached, so a token that differs from it must miss the cache too.
      const valid = await guarded()(
        new Request(url, { headers: { authorization: `Bearer ${validAccessToken()}` } }),
      )
      assert.equal(valid.status, 200)
      const request = requestOf(url, { headers: { authorization } })
      if (request === undefined) return
      const response = await guarded()(request)
      assertNoServerError(response, authorization)
      if (response.status === 401)
        assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer/)
      if (response.status !== 200) return
      const sent = request.headers.get('authorization') ?? ''
      assert.ok(
        signedAccess().has(sent.replace(/^bearer +/i, '')),
        `accepted a token that differs from a valid one: ${sent}`,
      )
    },
  }),
  textTarget({
    name: 'tokens/id',
    corpus: 'tokens',
    seeds: [validIdToken(), ...forgedTokens(idClaims), ...signedTokens(idClaims)],
    words: TOKEN_WORDS,
    runs: 1000,
    async check(token) {
      const { nonce } = idClaims
      const { value } = await onlyIdentityError(() =>
        verifyIdToken(issuing(), token, { clientId: CLIENT_ID, nonce }),
      )
      if (value === undefined) return
      assert.ok(signedId().has(token), `accepted a token that differs from a valid one: ${token}`)
      assert.equal(value.sub, 'alex')
    },
  }),
  textTarget({
    name: 'tokens/logout',
    corpus: 'back-channel',
    seeds: [validLogoutToken(), ...forgedTokens(logoutClaims), ...signedTokens(logoutClaims)].map(
      (token) => `logout_token=${token}`,
    ),
    words: [...TOKEN_WORDS, 'logout_token=', '&logout_token=', '&', '%00', '%', '+'],
    runs: 150,
    async check(body) {
      const response = await site().handle(
        new Request('https://app.example/back-channel-logout', { method: 'POST', body }),
      )
      assert.ok(response !== undefined)
      assertNoServerError(response, body)
      if (response.status !== 200) return
      const [token, ...others] = new URLSearchParams(body).getAll('logout_token')
      assert.deepEqual(others, [])
      assert.ok(signedLogout().has(token ?? ''), `accepted a token that differs: ${token}`)
    },
  }),
]
