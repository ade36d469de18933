import { serveRequests } from '../../support/request-server.ts'
import { importInstalled } from '../installed.ts'
import type { InteropProvider, SiteRegistration } from '../provider.ts'
import { click } from '../walk.ts'

interface BetterAuth {
  readonly handler: (request: Request) => Promise<Response>
  readonly api: Readonly<Record<string, (input: object) => Promise<Record<string, string>>>>
}

interface Plugin {
  readonly schema?: object
}

const ACCESS_TOKEN_SECONDS = 60
const USER = { email: 'ada@example.com', password: 'interop-password', name: 'Ada Lovelace' }

/** A provider that an application runs itself. The pages for sign-in and consent belong to that application. */
export const betterAuth: InteropProvider = {
  name: 'better-auth',
  language: 'TypeScript',
  source: 'npm `better-auth`',
  needs: 'nothing',
  async start({ packages, site }) {
    let auth: BetterAuth | undefined
    const server = await serveRequests(async (request) =>
      auth === undefined ? new Response(null, { status: 503 }) : respond(auth, request),
    )
    const { origin } = server
    auth = await createAuth(packages, origin)
    const signUp = await auth.handler(postOf(`${origin}/api/auth/sign-up/email`, USER))
    const cookie = signUp.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const client = await auth.api['adminCreateOAuthClient']?.({
      headers: new Headers({ cookie }),
      body: registrationOf(site),
    })
    return {
      issuer: `${origin}/api/auth`,
      client: {
        clientId: client?.['client_id'] ?? '',
        clientSecret: client?.['client_secret'] ?? '',
      },
      accessTokenSeconds: ACCESS_TOKEN_SECONDS,
      features: new Set([
        'refresh',
        'userinfo',
        'end-session',
        'prompt-none',
        'max-age',
        'consent',
        'scope-errors',
      ]),
      without: { 'Back-channel logout': 'It requires an application with HTTPS.' },
      act: async (page) => (await click(page, '#login')) || click(page, '#accept'),
      decline: async (page) => (await click(page, '#login')) || click(page, '#decline'),
      close: () => server.close(),
    }
  },
}

async function createAuth(packages: string, origin: string): Promise<BetterAuth> {
  type Factory<Result = object> = (...input: unknown[]) => Result
  const load = <Exports>(name: string, path?: string): Promise<Exports> =>
    importInstalled<Exports>(packages, name, path)
  const { betterAuth: create } = await load<{ betterAuth: Factory<BetterAuth> }>('better-auth')
  const { memoryAdapter } = await load<{ memoryAdapter: Factory }>(
    'better-auth',
    './adapters/memory',
  )
  const { jwt } = await load<{ jwt: Factory<Plugin> }>('better-auth', './plugins')
  const { oauthProvider } = await load<{ oauthProvider: Factory<Plugin> }>(
    '@better-auth/oauth-provider',
  )
  const plugins = [
    jwt({ jwks: { keyPairConfig: { alg: 'RS256' } } }),
    oauthProvider({
      loginPage: '/login',
      consentPage: '/consent',
      accessTokenExpiresIn: ACCESS_TOKEN_SECONDS,
    }),
  ]
  return create({
    baseURL: origin,
    secret: 'interop-secret-of-better-auth-0123456789',
    database: memoryAdapter(createTables(plugins)),
    emailAndPassword: { enabled: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
    plugins,
  })
}

/** Tables in memory. The adapter requires a table before it is used. */
function createTables(plugins: readonly Plugin[]): Record<string, unknown[]> {
  const own = ['user', 'session', 'account', 'verification']
  const names = [...own, ...plugins.flatMap(({ schema = {} }) => Object.keys(schema))]
  return Object.fromEntries(names.map((name) => [name, []]))
}

function postOf(url: string, body: object): Request {
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin }
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body) })
}

function registrationOf(site: SiteRegistration): object {
  return {
    client_name: 'Interop',
    // Web clients may not redirect to http://localhost.
    application_type: 'native',
    token_endpoint_auth_method: 'client_secret_basic',
    redirect_uris: [site.redirectUri],
    post_logout_redirect_uris: [site.postLogoutRedirectUri],
    enable_end_session: true,
    grant_types: ['authorization_code', 'refresh_token'],
  }
}

/** The application's own pages. Everything else is better-auth's. */
function respond(auth: BetterAuth, request: Request): Promise<Response> | Response {
  const { pathname } = new URL(request.url)
  if (pathname === '/login') return scriptPage('sign-in/email', { login: USER })
  if (pathname === '/consent') {
    return scriptPage('oauth2/consent', { accept: { accept: true }, decline: { accept: false } })
  }
  return auth.handler(request)
}

/** A page with a button for each answer. The buttons disappear when one is selected. */
function scriptPage(path: string, answers: Readonly<Record<string, object>>): Response {
  const buttons = Object.keys(answers).map((id) => `<button id="${id}">${id}</button>`)
  return html(`${buttons.join('')}
    <script>
      const answers = ${JSON.stringify(answers)}
      for (const button of document.querySelectorAll('button')) button.onclick = async () => {
        document.querySelectorAll('button').forEach((one) => one.remove())
        const response = await fetch('/api/auth/${path}', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...answers[button.id], oauth_query: location.search.slice(1) }),
        })
        const result = await response.json()
        const next = result.url ?? result.redirect_uri ?? result.redirectURI
        if (next) location.href = next
        else document.body.append(JSON.stringify(result))
      }
    </script>`)
}

function html(body: string): Response {
  return new Response(`<!doctype html><title>better-auth</title><body>${body}`, {
    headers: { 'content-type': 'text/html' },
  })
}
