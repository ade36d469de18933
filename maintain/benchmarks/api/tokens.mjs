import { generateKeyPair, randomBytes, randomUUID, sign } from 'node:crypto'
import { promisify } from 'node:util'

// Access tokens as Entra ID issues them for an API (version 2.0), with the optional claims that companies
// enable. They are signed here, because the provider would need a sign-in for each.

/** The number of tokens. Caches of verified tokens contain fewer, including ours (two generations of 1000). */
export const NEW_TOKENS = 10_000
export const SCOPE = 'Todos.Read'
export const API = { clientId: '55555555-6666-4777-8888-999999999999' }

const WEB_APP = '11111111-2222-4333-8444-555555555555'
const LIFETIME_SECONDS = 75 * 60
// Thousands of signatures take seconds, so the thread pool creates several at the same time.
const signAside = promisify(sign)

/** Creates a key pair like those of Entra ID: RSA, 2048 bits, with an ID for the `kid` header. */
export async function createSigner() {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return {
    privateKey,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
    jwk: { ...publicKey.export({ format: 'jwk' }), kid: randomBytes(20).toString('base64url') },
  }
}

/** Creates valid access tokens for {@link API}, each for another user. */
export async function createTokens(signer, issuer, count) {
  const groups = Array.from({ length: 4 }, () => randomUUID())
  const tokens = await Promise.all(
    Array.from({ length: count }, (_, user) =>
      signToken(signer, accessTokenClaims(user, { issuer, groups })),
    ),
  )
  assertRealistic(tokens[0])
  return tokens
}

/** Creates tokens that every measured server must reject. Otherwise a fast guard might not check tokens. */
export async function createBadTokens(signer, issuer) {
  const claims = accessTokenClaims(0, { issuer, groups: [] })
  const valid = await signToken(signer, claims)
  const [header, , signature] = valid.split('.')
  const now = Math.floor(Date.now() / 1000)
  return {
    forged: [header, encode({ ...claims, oid: randomUUID() }), signature].join('.'),
    expired: await signToken(signer, { ...claims, exp: now - LIFETIME_SECONDS }),
    'for another API': await signToken(signer, { ...claims, aud: randomUUID() }),
    'of another issuer': await signToken(signer, { ...claims, iss: `${issuer}/other` }),
    'without the scope': await signToken(signer, { ...claims, scp: 'Todos.Delete' }),
  }
}

async function signToken({ privateKey, jwk }, claims) {
  const input = `${encode({ typ: 'JWT', alg: 'RS256', kid: jwk.kid })}.${encode(claims)}`
  const signature = await signAside('sha256', Buffer.from(input), privateKey)
  return `${input}.${signature.toString('base64url')}`
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function accessTokenClaims(user, { issuer, groups }) {
  const number = String(user).padStart(5, '0')
  const now = Math.floor(Date.now() / 1000)
  const address = `alexandra.rivera.${number}@contoso.onmicrosoft.com`
  return {
    aud: API.clientId,
    iss: issuer,
    iat: now,
    nbf: now,
    exp: now + LIFETIME_SECONDS,
    aio: randomBytes(36).toString('base64'),
    azp: WEB_APP,
    azpacr: '1',
    email: address,
    family_name: 'Rivera-Lindqvist',
    given_name: 'Alexandra',
    groups,
    idtyp: 'user',
    ipaddr: '203.0.113.24',
    name: `Alexandra Rivera-Lindqvist ${number}`,
    oid: randomUUID(),
    preferred_username: address,
    rh: `1.${randomBytes(27).toString('base64url')}.`,
    roles: ['Todos.Approver', 'Reports.Reader'],
    scp: `Reports.Read ${SCOPE} Todos.ReadWrite`,
    sid: randomUUID(),
    sub: randomBytes(32).toString('base64url'),
    tid: new URL(issuer).pathname.split('/')[1],
    uti: randomBytes(16).toString('base64url'),
    ver: '2.0',
    xms_ftd: randomBytes(32).toString('base64url'),
  }
}

// The budgets apply to these tokens. Smaller ones would make every server look faster.
function assertRealistic(token) {
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
  const found = `${Object.keys(claims).length} claims, ${claims.groups.length} groups`
  if (found !== '26 claims, 4 groups' || token.length < 1500 || token.length > 2000)
    throw new Error(`The access token has ${found} and ${token.length} characters.`)
}
