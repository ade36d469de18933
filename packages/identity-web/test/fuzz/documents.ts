import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { ApiAuth, Auth } from '../../src/adapters/fetch/index.ts'
import { isSecureUrl } from '../../src/authority/authority.ts'
import {
  AUDIENCE,
  CLIENT_ID,
  idClaims,
  ISSUER,
  keySet,
  metadata,
  NOW,
  providerFetch,
  signToken,
  validAccessToken,
  type Reply,
} from './provider.ts'
import { mutatedText } from './mutations.ts'
import { foundInputs, readCorpus } from './corpus.ts'
import { textTarget, wellFormed, type FuzzTarget } from './target.ts'

const ORIGIN = 'https://app.example'
const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  'null',
  'true',
  '0',
  '"keys"',
  '"issuer"',
  '"error"',
  '\\u0000',
]
const NAVIGATION = {
  accept: 'text/html',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}

function siteWith(replies: Readonly<Record<string, Reply>>): Auth {
  return new Auth(
    {
      oidcAuthority: ISSUER,
      fetch: providerFetch(replies),
      now: () => NOW,
      logger: false,
      clientId: CLIENT_ID,
      clientSecret: 'a-client-secret-of-the-tests',
      redirectUri: `${ORIGIN}/redirect`,
      session: { secret: 'a-secret-of-the-tests-0123456789-abcdef' },
    },
    { NODE_ENV: 'production' },
  )
}

/** Starts a sign-in. Returns its parameters and its cookie. */
async function startSignIn(auth: Auth) {
  const response = await auth.handle(new Request(`${ORIGIN}/login`, { headers: NAVIGATION }))
  assert.ok(response !== undefined)
  const location = response.headers.get('location')
  return {
    response,
    location,
    parameters: new URL(location ?? ORIGIN).searchParams,
    cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '',
  }
}

async function callApi(replies: Readonly<Record<string, Reply>>): Promise<Response> {
  const options = {
    oidcAuthority: ISSUER,
    now: () => NOW,
    logger: false,
    audience: AUDIENCE,
  } as const
  const api = new ApiAuth({ ...options, fetch: providerFetch(replies) }, { NODE_ENV: 'production' })
  const guarded = api.authorizationRequired(
    { scopes: ['Todos.Read'] },
    () => new Response('accepted'),
  )
  const headers = { authorization: `Bearer ${validAccessToken()}` }
  return guarded(new Request('https://api.example/', { headers }))
}

/** The statuses of failures of the provider: 502 for a wrong document, 503 if it is not available. */
function assertKnownStatus({ status }: Response, allowed: readonly number[]): void {
  assert.ok(allowed.includes(status), `status ${status}`)
}

const keysAsText = JSON.stringify(keySet())
const metadataAsText = JSON.stringify(metadata)

/** JSON that is deeper than functions can call themselves. `JSON.parse` accepts it, and `JSON.stringify` does not. */
const DEEP = '['.repeat(100_000) + ']'.repeat(100_000)

const changedMetadata = (change: object): string => JSON.stringify({ ...metadata, ...change })
const METADATA = [
  metadataAsText,
  changedMetadata({ authorization_endpoint: 'javascript:alert(1)' }),
  changedMetadata({ authorization_endpoint: 'http://evil.example' }),
  changedMetadata({ authorization_endpoint: `${ISSUER}/authorize?a=b#c` }),
  changedMetadata({ authorization_endpoint: `${ISSUER}\\@evil.example` }),
  changedMetadata({ token_endpoint: 7 }),
  changedMetadata({ jwks_uri: null }),
  changedMetadata({ jwks_uri: 'file:///etc/passwd' }),
  changedMetadata({ issuer: 'https://evil.example' }),
  changedMetadata({ issuer: [ISSUER] }),
  changedMetadata({ issuer: `${ISSUER}/` }),
  changedMetadata({ issuer: `${'a'.repeat(2000)}@` }),
  changedMetadata({ scopes_supported: 'openid' }),
  changedMetadata({ scopes_supported: [1, null] }),
  changedMetadata({ id_token_signing_alg_values_supported: ['none', 'HS256'] }),
  changedMetadata({ token_endpoint_auth_methods_supported: {} }),
  changedMetadata({ pushed_authorization_request_endpoint: 'x', mtls_endpoint_aliases: 7 }),
  changedMetadata({ require_pushed_authorization_requests: true }),
  changedMetadata({ authorization_response_iss_parameter_supported: 'yes' }),
  `{"__proto__":${metadataAsText}}`,
  `${metadataAsText.slice(0, -1)},"issuer":"https://evil.example"}`,
  `\uFEFF${metadataAsText}`,
  DEEP,
  `${metadataAsText.slice(0, -1)},"deep":${DEEP}}`,
  `${metadataAsText.slice(0, -1)},"scopes_supported":${DEEP}}`,
]

const KEYS = [
  keysAsText,
  '{"keys":[]}',
  '{"keys":{}}',
  '{"keys":[null,1,"x",[],{}]}',
  '{"keys":[{"kty":"OKP","kid":"one"}]}',
  '{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one","x":""}]}',
  '{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one","x":7,"key_ops":["verify"]}]}',
  '{"keys":[{"kty":"OKP","crv":"X25519","kid":"one","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}',
  '{"keys":[{"kty":"RSA","kid":"one","n":"AQAB","e":"AQAB"}]}',
  '{"keys":[{"kty":"oct","kid":"one","k":"c2VjcmV0"}]}',
  '{"keys":[{"__proto__":{"kty":"OKP"},"kid":"one"}]}',
  keysAsText.replace('"crv"', '"d":"AAAA","crv"'),
  keysAsText.replaceAll('"one"', '{"toString":"one"}'),
  `{"keys":${DEEP}}`,
  `{"keys":[{"kty":"OKP","x":${DEEP}}]}`,
  keysAsText.replace('"crv"', `"deep":${DEEP},"crv"`),
]

const TOKENS = [
  '{"access_token":"a","token_type":"Bearer","expires_in":3600,"id_token":"%ID%"}',
  '{"access_token":"a","token_type":"Bearer","expires_in":"3600","id_token":"%ID%","refresh_token":7,"scope":["a"]}',
  '{"access_token":"a","token_type":"bearer","expires_in":-1,"id_token":"%ID%","refresh_in":"x"}',
  '{"access_token":"a","token_type":"Bearer","expires_in":1e308,"id_token":"%ID%"}',
  '{"access_token":"","token_type":"Bearer","id_token":"%ID%"}',
  '{"access_token":"a","token_type":"DPoP","id_token":"%ID%"}',
  '{"access_token":"a","token_type":7,"id_token":"%ID%"}',
  '{"access_token":"a","token_type":"Bearer","id_token":null}',
  '{"access_token":"a","token_type":"Bearer","id_token":"a.b.c"}',
  '{"access_token":"a","token_type":"Bearer","__proto__":{"id_token":"%ID%"}}',
  '{"error":"invalid_grant","error_description":"AADSTS70008: The code has expired.","error_codes":[70008]}',
  '{"error":"invalid_grant","suberror":"bad_token","claims":"{}"}',
  '{"error":"interaction_required","claims":"{\\"access_token\\":{\\"nbf\\":null}}"}',
  '{"error":{"code":"InvalidAuthenticationToken","message":"x"}}',
  '{"error":["a"],"error_description":{"a":1},"error_codes":"x","correlation_id":7}',
  '{"error":"server_error"}',
  '{"error":"invalid_client","error_description":"The secret a-client-secret-of-the-tests is wrong."}',
  '<html>502 Bad Gateway</html>',
  `{"access_token":"a","token_type":"Bearer","id_token":"%ID%","deep":${DEEP}}`,
  `{"error":"invalid_grant","error_description":${DEEP}}`,
]

interface ReplyInput {
  readonly body: string
  readonly status: number
  readonly header: string
}

/** A target whose input is a whole response of the provider. */
function replyTarget(
  name: string,
  bodies: readonly string[],
  check: (reply: Reply) => Promise<void>,
): FuzzTarget<ReplyInput> {
  const corpus = [...bodies, ...readCorpus('json')]
  const seeds = [200, 400, 500].flatMap((status) =>
    corpus.map((body) => ({ body, status, header: '' })),
  )
  return {
    name,
    arbitrary: fc.record({
      body: mutatedText(corpus, JSON_WORDS),
      status: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(200, 400) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(201, 204, 301, 302, 401, 403, 404, 418, 429, 500, 503, 599),
        },
      ),
      header: fc.oneof(
        fc.constantFrom('', 'DPoP error="use_dpop_nonce"', '-1', '1e9'),
        fc.string(),
      ),
    }),
    seeds: [...seeds, ...(foundInputs(name) as ReplyInput[])],
    runs: 100,
    check({ body, status, header }) {
      const text = header.replaceAll(/[^\t -~]/g, '')
      const headers = { 'www-authenticate': text, 'retry-after': text, location: text }
      return check({ body, status, headers })
    },
    long: (length) =>
      [...JSON_WORDS, '{"a":', '[[', '"a@', 'a'].map((word) => ({
        body: word.repeat(length / word.length),
        status: 200,
        header: '',
      })),
  }
}

export const documentTargets: readonly FuzzTarget[] = [
  replyTarget('documents/metadata', METADATA, async (reply) => {
    const replies = { '/.well-known/openid-configuration': reply }
    const { response, location } = await startSignIn(siteWith(replies))
    assertKnownStatus(response, [302, 303, 502, 503])
    if (location !== null) assert.ok(isSecureUrl(new URL(location)), location)
    assertKnownStatus(await callApi(replies), [200, 401, 502, 503])
  }),
  replyTarget('documents/keys', KEYS, async (reply) => {
    const response = await callApi({ '/keys': reply })
    assertKnownStatus(response, [200, 401, 502, 503])
    if (response.status === 200) assert.ok(reply.body.includes(keySet().keys[0]?.x ?? '?'))
  }),
  replyTarget('documents/token-response', TOKENS, async (reply) => {
    const token = { ...reply }
    const auth = siteWith({ '/token': token })
    const { parameters, cookie } = await startSignIn(auth)
    const state = parameters.get('state') ?? ''
    const idToken = signToken(
      { alg: 'EdDSA', kid: 'one' },
      { ...idClaims, nonce: parameters.get('nonce') },
    )
    Object.assign(token, { body: reply.body.replaceAll('%ID%', idToken) })
    const query = new URLSearchParams({ code: 'c', state })
    const response = await auth.handle(
      new Request(`${ORIGIN}/redirect?${query}`, { headers: { ...NAVIGATION, cookie } }),
    )
    assert.ok(response !== undefined)
    const page = await response.text()
    assert.ok(!page.includes('a-client-secret-of-the-tests'), 'the page contains the client secret')
    assertKnownStatus(response, [302, 303, 400, 401, 403, 500, 502, 503])
    const started = response.headers
      .getSetCookie()
      .filter((line) => /^__Host-identity=[^;]/.test(line))
    if (started.length > 0)
      assert.ok(reply.body.includes('%ID%'), 'started a session without an ID token')
    // 500 is for a session that does not fit into cookies, and for a client that the provider does not know.
    if (response.status === 500)
      assert.ok(reply.body.length > 2000 || reply.body.includes('invalid_client'))
  }),
  textTarget({
    name: 'documents/authorization-response',
    corpus: 'authorization-responses',
    words: [
      '&',
      '=',
      'code=',
      'state=%STATE%',
      'error=',
      'iss=',
      'id_token=',
      '%00',
      '+',
      'admin_consent=True',
    ],
    runs: 300,
    async check(text) {
      const auth = siteWith({})
      const { parameters, cookie } = await startSignIn(auth)
      const query = wellFormed(text.replaceAll('%STATE%', parameters.get('state') ?? ''))
      const requests = [
        new Request(`${ORIGIN}/redirect?${query}`, { headers: { ...NAVIGATION, cookie } }),
        new Request(`${ORIGIN}/redirect`, {
          method: 'POST',
          body: query,
          headers: { ...NAVIGATION, cookie },
        }),
      ]
      for (const request of requests) {
        // oxlint-disable-next-line no-await-in-loop
        const response = await auth.handle(request)
        assert.ok(response !== undefined)
        const started = response.headers
          .getSetCookie()
          .filter((line) => /^__Host-identity=[^;]/.test(line))
        assert.deepEqual(started, [])
        // 503 is for server_error and temporarily_unavailable, which the provider sends through the browser.
        const isDown = /server_error|temporarily_unavailable/.test(valuesIn(query))
        assert.ok(
          response.status < 500 || (isDown && response.status === 503),
          `status ${response.status}`,
        )
      }
    },
  }),
]

function valuesIn(query: string): string {
  return [...new URLSearchParams(query)].flat().join(' ')
}
