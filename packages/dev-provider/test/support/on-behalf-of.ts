import {
  defaultConfig,
  type AppConfig,
  type DevProvider,
  type SignInOptions,
} from '../../src/index.js'
import { getTokens, requestToken, TODO_API } from './flow.js'

export const GRAPH = 'https://graph.microsoft.com'

export const TODOS = `${TODO_API}/Todos.Read`

/** The app that users sign in to, and the API that acts on their behalf. */
export const [app, api] = defaultConfig.apps as readonly [AppConfig, AppConfig]

export const AS_API = { client_id: api.clientId, client_secret: api.clientSecret ?? '' }

/** Returns the access token with which the default app calls the API. */
export async function getAssertion(
  provider: DevProvider,
  options: SignInOptions & { readonly tenant?: string; readonly claims?: string } = {},
): Promise<string> {
  const { claims = '', ...signIn } = options
  const tokens = await getTokens(provider, { scope: `openid profile ${TODOS}`, claims }, signIn)
  return tokens.access_token ?? ''
}

/** Exchanges an assertion as the API, for a Graph token unless the form contains another scope. */
export function exchange(
  provider: DevProvider,
  assertion: string,
  params: Record<string, string> = {},
  tenant?: string,
): ReturnType<typeof requestToken> {
  return requestToken(
    provider,
    {
      ...AS_API,
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      scope: `${GRAPH}/User.Read`,
      assertion,
      ...params,
    },
    tenant,
  )
}
