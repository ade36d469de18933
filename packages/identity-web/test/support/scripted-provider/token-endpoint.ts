import { randomUUID } from 'node:crypto'
import { json } from './pages.ts'
import type { Parameters, TokenClaims } from './script.ts'
import { challengeOf, hashOf } from './tokens.ts'
import type { ProviderState, SignInRecord } from './state.ts'

/** Handles a request to the token endpoint: it checks the client and the grant, and issues tokens. */
export async function respondToTokenRequest(
  state: ProviderState,
  request: Request,
): Promise<Response> {
  const form = Object.fromEntries(new URLSearchParams(await request.text()))
  const { grant_type: grantType = '' } = form
  state.record.requests.push({ endpoint: 'token', grantType, parameters: form })
  if (!isAuthenticated(state, request, form)) {
    state.record.problems.push('The token request did not authenticate the client as registered.')
    return json({ error: 'invalid_client' }, 401)
  }
  const signIn =
    grantType === 'authorization_code'
      ? redeemCode(state, form)
      : state.refreshTokens.get(form['refresh_token'] ?? '')
  if (signIn === undefined) {
    state.record.problems.push(`The ${grantType} of the token request is not valid.`)
    return json({ error: 'invalid_grant' }, 400)
  }
  return json(await issueTokens(state, signIn, grantType))
}

/** Checks the credentials of the client, with the methods that the metadata contain. */
function isAuthenticated(
  { client, methods }: ProviderState,
  request: Request,
  form: Parameters,
): boolean {
  const header = request.headers.get('authorization')
  if (header === null) {
    const isPost =
      form['client_id'] === client.clientId && form['client_secret'] === client.clientSecret
    return isPost && methods.includes('client_secret_post')
  }
  const [, encoded = ''] = header.split(' ')
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64')
    .toString()
    .split(':')
    .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
  const isBasic = header.startsWith('Basic ') && form['client_secret'] === undefined
  return (
    isBasic &&
    id === client.clientId &&
    secret === client.clientSecret &&
    methods.includes('client_secret_basic')
  )
}

function redeemCode(state: ProviderState, form: Parameters): SignInRecord | undefined {
  const { code = '', redirect_uri: redirectUri, code_verifier: verifier = '' } = form
  const signIn = state.codes.get(code)
  state.codes.delete(code)
  const isValid =
    signIn !== undefined &&
    signIn.redirectUri === redirectUri &&
    signIn.codeChallenge === challengeOf(verifier)
  return isValid ? signIn : undefined
}

async function issueTokens(
  state: ProviderState,
  signIn: SignInRecord,
  grantType: string,
): Promise<TokenClaims> {
  const { script, signer } = state
  const accessToken = randomUUID()
  state.accessTokens.set(accessToken, signIn)
  const refreshToken = randomUUID()
  if (script.hasRefreshTokens === true) state.refreshTokens.set(refreshToken, signIn)
  const issuedAt = Math.floor(Date.now() / 1000)
  const claims: TokenClaims = {
    iss: state.issuer,
    sub: signIn.sub,
    aud: state.client.clientId,
    iat: issuedAt,
    exp: issuedAt + 300,
    auth_time: issuedAt,
    nonce: signIn.nonce,
    sid: signIn.sid,
    at_hash: hashOf(accessToken),
  }
  if (script.rotation === 'before-signing') signer.rotate()
  const idToken = await signer.sign(script.changeIdToken?.(claims, grantType) ?? claims, {
    algorithm: script.signing ?? 'RS256',
    ...(script.hasWrongSignature === true && { hasWrongSignature: true }),
  })
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: 3600,
    scope: signIn.scope,
    id_token: idToken,
    ...(script.hasRefreshTokens === true && { refresh_token: refreshToken }),
  }
}
