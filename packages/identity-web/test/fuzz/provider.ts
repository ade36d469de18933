import { createECDH, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { once } from './target.ts'

// A provider without a server. Its keys come from fixed numbers and its signatures are deterministic, so each run has the
// same tokens. No key is a secret.

export const ISSUER = 'https://id.example'
export const CLIENT_ID = 'web-app'
export const AUDIENCE = 'api://todos'
/** Unix time in milliseconds. */
export const NOW = 1_750_000_000_000
const seconds = NOW / 1000

const ED25519_PREFIX = '302e020100300506032b657004220420'
const keyOf = (byte: string) =>
  createPrivateKey({
    key: Buffer.from(ED25519_PREFIX + byte.repeat(32), 'hex'),
    format: 'der',
    type: 'pkcs8',
  })
const signingKey = keyOf('41')
/** A key that the provider does not publish. */
const foreignKey = keyOf('42')

const jwkOf = (key: ReturnType<typeof keyOf>) => createPublicKey(key).export({ format: 'jwk' })

/** A public key for ES256, which signs nothing. Signatures of zeros must not be valid for it (CVE-2022-21449). */
const ellipticKey = once(() => {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(Buffer.alloc(32, 0x43))
  const point = ecdh.getPublicKey()
  const x = point.subarray(1, 33).toString('base64url')
  const y = point.subarray(33).toString('base64url')
  return { kty: 'EC', crv: 'P-256', x, y }
})

export const keySet = once(() => ({
  keys: [
    { ...jwkOf(signingKey), kid: 'one', use: 'sig', alg: 'EdDSA' },
    { ...ellipticKey(), kid: 'two', use: 'sig', alg: 'ES256' },
  ],
}))

export const metadata = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/keys`,
  end_session_endpoint: `${ISSUER}/logout`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['EdDSA', 'ES256'],
  scopes_supported: ['openid', 'profile', 'offline_access'],
}

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Signs parts of a token. Both may be JSON values or strings that are not JSON. */
export function signToken(header: unknown, claims: unknown, key = signingKey): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${sign(undefined, Buffer.from(input), key).toString('base64url')}`
}

const HEADER = { alg: 'EdDSA', kid: 'one', typ: 'JWT' }

export const accessClaims = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'alex',
  client_id: 'spa',
  scope: 'Todos.Read',
  exp: seconds + 3600,
  iat: seconds,
}
export const idClaims = {
  iss: ISSUER,
  aud: CLIENT_ID,
  sub: 'alex',
  name: 'Alex',
  nonce: 'nonce-of-the-tests',
  exp: seconds + 3600,
  iat: seconds,
}
export const logoutClaims = {
  iss: ISSUER,
  aud: CLIENT_ID,
  sub: 'alex',
  sid: 'session-1',
  jti: 'logout-1',
  iat: seconds,
  events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
}

/** Returns forged tokens of every published kind. None of them may be accepted. */
export function forgedTokens(claims: object): string[] {
  const json = JSON.stringify(claims)
  const good = signToken(HEADER, claims)
  const [head = '', body = '', signature = ''] = good.split('.')
  const publicKey = createPublicKey(signingKey)
  const secrets = [
    publicKey.export({ format: 'pem', type: 'spki' }),
    publicKey.export({ format: 'der', type: 'spki' }),
    JSON.stringify(keySet().keys[0]),
    '',
  ]
  const hmacs = secrets.map((secret) => {
    const input = `${encode({ alg: 'HS256', kid: 'one' })}.${body}`
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  })
  const nones = ['none', 'None', 'NONE', 'nOnE', '', 'null'].flatMap((alg) => [
    `${encode({ alg })}.${body}.`,
    `${encode({ alg, kid: 'one' })}.${body}.${signature}`,
    `${encode({ alg })}.${body}`,
  ])
  const psychic = [Buffer.alloc(64), Buffer.alloc(64, 0xff), Buffer.from('3006020100020100', 'hex')]
  // The last character of a signature has unused bits, so that 16 characters decode to the same bytes.
  const spellings = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
    .map((last) => good.slice(0, -1) + last)
    .filter((token) => token !== good)
  return [
    ...spellings,
    ...hmacs,
    ...nones,
    ...psychic.map(
      (zeros) =>
        `${encode({ alg: 'ES256', kid: 'two' })}.${body}.${encode(zeros.toString('latin1'))}`,
    ),
    ...psychic.map(
      (zeros) => `${encode({ alg: 'ES256', kid: 'two' })}.${body}.${zeros.toString('base64url')}`,
    ),
    signToken(HEADER, claims, foreignKey),
    signToken({ ...HEADER, jwk: jwkOf(foreignKey) }, claims, foreignKey),
    signToken(
      { alg: 'EdDSA', jwk: jwkOf(foreignKey), jku: 'https://evil.example/keys' },
      claims,
      foreignKey,
    ),
    signToken({ ...HEADER, kid: '../../dev/null' }, claims, foreignKey),
    signToken({ ...HEADER, kid: 'one\0' }, claims, foreignKey),
    signToken({ ...HEADER, crit: ['b64'], b64: false }, claims, foreignKey),
    signToken('{"alg":"none","alg":"EdDSA","kid":"one"}', json, foreignKey),
    signToken('{"__proto__":{"alg":"EdDSA"},"kid":"one"}', json, foreignKey),
    `${head}.${encode(json.replace('alex', 'robin'))}.${signature}`,
    `${head}.${body}.`,
    `${head}.${body}.${signature}=`,
    `${head}.${body}.${signature}.`,
    `${head}.${body}.${signature}.x.y`,
    `${head}=.${body}.${signature}`,
    `${head}.${body}\n.${signature}`,
    `${head}.${body}.${signature.slice(0, -1)}`,
    `${good} ${good}`,
    `${encode('['.repeat(2000))}.${body}.${signature}`,
    `${head}.${encode('{"a":'.repeat(2000))}.${signature}`,
    JSON.stringify({ protected: head, payload: body, signature }),
    JSON.stringify({ payload: body, signatures: [{ protected: head, signature }] }),
    `${body}.${body}.${signature}`,
    '..',
    '....',
    'e30.e30.',
    'bnVsbA.bnVsbA.bnVsbA',
    'W10.W10.W10',
    'MA.MA.MA',
  ]
}

/** Returns tokens that the provider signed. All but the first are wrong in another way. */
export function signedTokens(claims: object): string[] {
  const json = JSON.stringify(claims)
  const changed = (...changes: object[]): string[] =>
    changes.map((change) => signToken(HEADER, { ...claims, ...change }))
  return [
    signToken(HEADER, claims),
    ...changed(
      { iss: `${ISSUER}/` },
      { iss: [ISSUER] },
      { iss: null },
      { aud: 'other' },
      { aud: [] },
    ),
    ...changed({ aud: { 0: AUDIENCE } }, { aud: null }, { sub: { toString: 'alex' } }, { sub: '' }),
    ...changed(
      { exp: String(seconds + 3600) },
      { exp: Infinity },
      { exp: null },
      { exp: -1 },
      { exp: 0 },
    ),
    ...changed({ iat: seconds + 1e6 }, { nbf: '0' }, { nbf: 1e300 }, { cnf: { jkt: 'x' } }),
    signToken(HEADER, `${json.slice(0, -1)},"aud":"other","iss":"https://evil.example"}`),
    signToken(HEADER, '{"__proto__":'.repeat(50) + json + '}'.repeat(50)),
    signToken(HEADER, '['.repeat(3000) + ']'.repeat(3000)),
    signToken(HEADER, `${json.slice(0, -1)},"deep":${'['.repeat(5500)}${']'.repeat(5500)}}`),
    signToken(HEADER, 'null'),
    signToken(HEADER, '[]'),
    signToken(HEADER, ''),
    signToken({ ...HEADER, alg: 'ES256' }, claims),
    signToken({ ...HEADER, alg: ['EdDSA'] }, claims),
    signToken({ ...HEADER, kid: { a: 1 } }, claims),
    signToken({ ...HEADER, kid: 7 }, claims),
    signToken({ ...HEADER, typ: 7 }, claims),
    signToken({ ...HEADER, typ: {} }, claims),
    signToken({ ...HEADER, crit: ['exp'] }, claims),
    signToken({ ...HEADER, crit: 'b64' }, claims),
    signToken({ ...HEADER, b64: false, crit: ['b64'] }, claims),
  ]
}

export const validAccessToken = once(() => signToken({ ...HEADER, typ: 'at+jwt' }, accessClaims))
export const validIdToken = once(() => signToken(HEADER, idClaims))
export const validLogoutToken = once(() =>
  signToken({ ...HEADER, typ: 'logout+jwt' }, logoutClaims),
)

/** Parts of a JSON Web Token. */
export const TOKEN_WORDS = [
  '.',
  '=',
  'e30',
  'e30.e30.',
  'eyJhbGciOiJub25lIn0',
  'eyJhbGciOiJFZERTQSIsImtpZCI6Im9uZSJ9',
  '+',
  '/',
  '_',
  '-',
]

/** The response of an endpoint of the provider. */
export interface Reply {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body: string
}

/** Returns a `fetch` that responds as the provider. A reply replaces the document or the response of a path. */
export function providerFetch(replies: Readonly<Record<string, Reply>> = {}): typeof fetch {
  const documents: Readonly<Record<string, Reply>> = {
    '/.well-known/openid-configuration': { body: JSON.stringify(metadata) },
    '/keys': { body: JSON.stringify(keySet()) },
    '/token': { status: 400, body: '{"error":"invalid_grant"}' },
  }
  return (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const {
      status = 200,
      headers = {},
      body,
    } = replies[pathname] ?? documents[pathname] ?? { status: 404, body: '' }
    const isNull = status === 204 || status === 304
    return Promise.resolve(
      new Response(isNull ? null : body, {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    )
  }
}
