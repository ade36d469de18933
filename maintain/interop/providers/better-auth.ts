import { serveRequests } from '../../../packages/identity-web/test/support/request-server.ts'
import { importInstalled } from '../installed.ts'
import type { InteropProvider, SiteRegistration } from '../provider.ts'
import { click } from '../walk.ts'

interface BetterAuth {
  readonly handler: (request: Request) => Promise<Response>
  readonly api: Readonly<Record<string, (input: object) => Promise<Record<string, string>>>>
}

/** The database, in memory. */
type Tables = Record<string, object[]>

interface Plugin {
  readonly schema?: object
}

const ACCESS_TOKEN_SECONDS = 60
const API = 'https://todos.example'
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
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
    const tables: Tables = {}
    auth = await createAuth(packages, origin, tables)
    const signUp = await auth.handler(postOf(`${origin}/api/auth/sign-up/email`, USER))
    const cookie = signUp.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const client = await auth.api['adminCreateOAuthClient']?.({
      headers: new Headers({ cookie }),
      body: registrationOf(site),
    })
    // The registration accepts only a public URL with HTTPS for this.
    Object.assign(tables['oauthClient']?.[0] ?? {}, {
      backchannelLogoutUri: site.backChannelLogoutUri,
      backchannelLogoutSessionRequired: true,
    })
    return {
      issuer: `${origin}/api/auth`,
      client: {
        clientId: client?.['client_id'] ?? '',
        clientSecret: client?.['client_secret'] ?? '',
      },
      accessTokenSeconds: ACCESS_TOKEN_SECONDS,
      unsupported: {
        form_post: 'It responds in the query or in the fragment.',
        'front-channel': 'It does not implement front-channel logout.',
      },
      api: { audience: API, scopes: ['todos.read'], options: { extraParams: { resource: API } } },
      act: async (page) =>
        (await click(page, '#login')) || (await click(page, '#accept')) || click(page, '#approve'),
      decline: async (page) => (await click(page, '#login')) || click(page, '#decline'),
      async signOutAtProvider(page) {
        await page.goto(`${origin}/login`)
        await page.evaluate(() =>
          fetch('/api/auth/sign-out', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{}',
          }),
        )
      },
      close: () => server.close(),
    }
  },
}

async function createAuth(packages: string, origin: string, tables: Tables): Promise<BetterAuth> {
  type Factory<Result = object> = (...input: unknown[]) => Result
  const load = <Exports>(name: string, path?: string): Promise<Exports> =>
    importInstalled<Exports>(packages, name, path)
  const { betterAuth: create } = await load<{ betterAuth: Factory<BetterAuth> }>('better-auth')
  const { memoryAdapter } = await load<{ memoryAdapter: Factory }>(
    'better-auth',
    './adapters/memory',
  )
  const { jwt } = await load<{ jwt: Factory<Plugin> }>('better-auth', './plugins')
  const { oauthProvider, oauthDeviceAuthorization } = await load<{
    oauthProvider: Factory<Plugin>
    oauthDeviceAuthorization: Factory<Plugin>
  }>('@better-auth/oauth-provider')
  const plugins = [
    jwt({ jwks: { keyPairConfig: { alg: 'RS256' } } }),
    oauthProvider({
      loginPage: '/login',
      consentPage: '/consent',
      accessTokenExpiresIn: ACCESS_TOKEN_SECONDS,
      scopes: ['openid', 'profile', 'email', 'offline_access', 'todos.read'],
      resources: [API],
      enforcePerClientResources: false,
    }),
    oauthDeviceAuthorization({ interval: '1s', verificationUri: '/device' }),
  ]
  addTables(tables, plugins)
  return create({
    baseURL: origin,
    secret: 'interop-secret-of-better-auth-0123456789',
    database: memoryAdapter(tables),
    emailAndPassword: { enabled: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
    plugins,
  })
}

/** Adds the tables. The adapter requires a table before it is used. */
function addTables(tables: Tables, plugins: readonly Plugin[]): void {
  const own = ['user', 'session', 'account', 'verification']
  const names = [...own, ...plugins.flatMap(({ schema = {} }) => Object.keys(schema))]
  for (const name of names) tables[name] = []
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
    grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
  }
}

/** The application's own pages. Everything else is better-auth's. */
function respond(auth: BetterAuth, request: Request): Promise<Response> | Response {
  const { pathname } = new URL(request.url)
  if (pathname === '/login') return scriptPage('sign-in/email', { login: USER })
  if (pathname === '/consent') {
    return scriptPage('oauth2/consent', { accept: { accept: true }, decline: { accept: false } })
  }
  if (pathname === '/device') return devicePage()
  return auth.handler(request)
}

/** The page that the user of a device opens. Its button signs in, and allows the device. */
function devicePage(): Response {
  return html(`<button id="approve">approve</button>
    <script>
      const userCode = new URLSearchParams(location.search).get('user_code')
      const post = (path, body) => fetch('/api/auth/' + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      document.querySelector('button').onclick = async ({ target }) => {
        target.remove()
        await post('sign-in/email', ${JSON.stringify(USER)})
        await fetch('/api/auth/device?user_code=' + userCode)
        const response = await post('device/approve', { userCode })
        document.body.append(await response.text())
      }
    </script>`)
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
