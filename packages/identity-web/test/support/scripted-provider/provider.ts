import { respondToAuthorizationRequest } from './authorization-endpoint.ts'
import { logoutPage, respondToEndSessionRequest } from './logout-endpoints.ts'
import { json } from './pages.ts'
import type { ProviderRecord, ProviderScript, ScriptedClient, TokenClaims } from './script.ts'
import type { ProviderState } from './state.ts'
import { respondToTokenRequest } from './token-endpoint.ts'
import { createTokenSigner } from './tokens.ts'

/** A small OpenID provider for tests. Its script determines what it does wrong. */
export interface ScriptedProvider {
  readonly issuer: string
  readonly record: ProviderRecord
  /** Responds to a request. Its URL starts with the issuer. */
  respond(request: Request): Promise<Response>
}

interface ScriptedProviderOptions {
  /** The issuer. It ends with a slash. */
  readonly issuer: string
  readonly client: ScriptedClient
  readonly script: ProviderScript
}

export function createScriptedProvider({
  issuer,
  client,
  script,
}: ScriptedProviderOptions): ScriptedProvider {
  const record: ProviderRecord = { requests: [], problems: [] }
  const state: ProviderState = {
    issuer,
    client,
    script,
    record,
    methods: script.authenticationMethods ?? ['client_secret_basic'],
    signer: createTokenSigner(script, client.clientSecret),
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    signedIn: undefined,
    signIns: 0,
  }
  const jwksPath = script.jwksPath ?? 'jwks'

  async function respond(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const path: string = (url.origin + url.pathname).slice(issuer.length)
    switch (path) {
      case '.well-known/openid-configuration':
        record.requests.push({ endpoint: 'metadata', parameters: {} })
        return json(
          script.changeMetadata?.(metadataOf(state, jwksPath)) ?? metadataOf(state, jwksPath),
        )
      case jwksPath:
        record.requests.push({ endpoint: 'jwks', parameters: {} })
        return json({ keys: await state.signer.keys() })
      case 'authorize':
        return respondToAuthorizationRequest(state, url)
      case 'token':
        return respondToTokenRequest(state, request)
      case 'userinfo':
        return respondToUserInfoRequest(state, request)
      case 'end_session_endpoint':
        return respondToEndSessionRequest(state, url)
      case 'frontchannel_logout_handler':
        return logoutPage(state)
      case 'frontchannel_logout_callback':
        record.requests.push({ endpoint: 'front-channel', parameters: {} })
        return json({ ok: true })
      default:
        record.problems.push(`The provider has no page ${url.pathname}.`)
        return json({ error: 'not_found' }, 404)
    }
  }

  return { issuer, record, respond }
}

function metadataOf(
  { issuer, script, methods }: ProviderState,
  jwksPath: string,
): object & Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}token`,
    jwks_uri: issuer + jwksPath,
    userinfo_endpoint: `${issuer}userinfo`,
    end_session_endpoint: `${issuer}end_session_endpoint`,
    scopes_supported: ['openid', 'phone', 'profile', 'email', 'address', 'offline_access'],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: methods,
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported:
      script.signing === undefined ? ['none', 'RS256', 'ES256'] : [script.signing],
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
  }
}

/** Handles a request to the UserInfo endpoint (OpenID Connect Core, section 5.3). */
async function respondToUserInfoRequest(state: ProviderState, request: Request): Promise<Response> {
  const { record, script, signer, client, issuer } = state
  const authorization = request.headers.get('authorization') ?? ''
  const signIn = state.accessTokens.get(authorization.replace(/^Bearer /, ''))
  const isInUrl = new URL(request.url).searchParams.has('access_token')
  if (signIn === undefined || isInUrl || !authorization.startsWith('Bearer ')) {
    record.problems.push('The UserInfo request has no access token in its Authorization header.')
    return json({ error: 'invalid_token' }, 401)
  }
  record.requests.push({ endpoint: 'userinfo', parameters: { authorization } })
  const scopes = signIn.scope.split(' ')
  const claims: TokenClaims = {
    sub: signIn.sub,
    ...(scopes.includes('profile') && { name: 'Robin Doe', preferred_username: 'robin' }),
    ...(scopes.includes('email') && { email: 'robin@example.com', email_verified: true }),
  }
  const changed = script.changeUserInfo?.(claims) ?? claims
  if (script.signsUserInfo !== true) return json(changed)
  const token = await signer.sign(
    { ...changed, iss: issuer, aud: client.clientId },
    { algorithm: 'RS256' },
  )
  return new Response(token, { headers: { 'content-type': 'application/jwt' } })
}
