import type { DevProvider } from 'identity-web-dev'
import { sessionFor } from 'identity-web-dev/testing'
import { Auth } from 'identity-web/fetch'
import { Browser, type BrowserRequest } from '../support/browser.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'
import { WITH_DENY_LIST } from './settings.ts'

/** A request to guarded pages, and the status that each guard gives it. */
export interface Case {
  readonly name: string
  readonly pages: readonly string[]
  readonly request: BrowserRequest
  readonly status: number
}

const MONTH = 30 * 24 * 3600 * 1000
const API = ['/api/todos', '/either']
const SITE = ['/', '/either']

/** The twelve cases of a guard at one host, and the user who has the role. */
export async function casesFor(
  provider: DevProvider,
  [host, origin]: readonly [host: string, origin: string],
): Promise<readonly Case[]> {
  const bearer = (token: string): BrowserRequest => ({
    headers: { authorization: `Bearer ${token}` },
  })
  const { good, ended, withRole } = await (WITH_DENY_LIST.has(host)
    ? signedIn(provider, origin)
    : ofTheKit(provider, origin))
  const foreign = await sessionAt(provider, origin, {
    secret: 'MARKED-secret-of-another-site-0123456789-abcdef',
  })
  const token = provider.accessToken
  const scopes = ['Todos.Read']
  return [
    { name: 'no token', pages: API, request: {}, status: 401 },
    { name: 'a garbage token', pages: API, request: bearer('a.b.c'), status: 401 },
    {
      name: 'a forged token',
      pages: API,
      request: bearer(await token({ as: 'alex', scopes, key: 'stranger' })),
      status: 401,
    },
    {
      name: 'an expired token',
      pages: API,
      request: bearer(await token({ as: 'alex', scopes, expiresIn: -120 })),
      status: 401,
    },
    {
      name: 'a token with another scope',
      pages: API,
      request: bearer(await token({ as: 'alex', scopes: ['Todos.ReadWrite'] })),
      status: 403,
    },
    {
      name: 'a good token',
      pages: API,
      request: bearer(await token({ as: 'alex', scopes })),
      status: 200,
    },
    { name: 'no session', pages: SITE, request: {}, status: 401 },
    {
      name: 'a foreign session',
      pages: SITE,
      request: foreign,
      status: 401,
    },
    { name: 'an ended session', pages: SITE, request: ended, status: 401 },
    { name: 'a good session', pages: SITE, request: good, status: 200 },
    {
      name: 'a cross-site POST',
      pages: ['/page', '/either'],
      request: {
        method: 'POST',
        headers: {
          ...good.headers,
          origin: 'https://evil.example',
          'sec-fetch-site': 'cross-site',
          'content-type': 'text/plain',
        },
        body: 'a=sent',
      },
      status: 403,
    },
    { name: 'a missing role', pages: ['/approvers'], request: good, status: 403 },
    {
      name: 'the role',
      pages: ['/approvers'],
      request: withRole,
      status: 200,
    },
  ]
}

interface Sessions {
  readonly good: BrowserRequest
  readonly ended: BrowserRequest
  readonly withRole: BrowserRequest
}

/** Signs users in at the host, as a browser does. */
async function signedIn(provider: DevProvider, origin: string): Promise<Sessions> {
  const visit = async (as: string): Promise<BrowserRequest> => {
    const { cookies } = await signIn({ origin }, provider, { as })
    const cookie = [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    return { headers: { cookie } }
  }
  const ended = await visit('alex')
  await new Browser().navigate(`${origin}/auth/logout`, ended)
  return { ended, good: await visit('alex'), withRole: await visit('robin') }
}

/** Makes sessions without the host. */
async function ofTheKit(provider: DevProvider, origin: string): Promise<Sessions> {
  return {
    good: await sessionAt(provider, origin),
    ended: await sessionAt(provider, origin, { now: () => Date.now() - MONTH }),
    withRole: await sessionAt(provider, origin, { as: 'robin' }),
  }
}

async function sessionAt(
  provider: DevProvider,
  origin: string,
  {
    secret = SESSION_SECRET,
    now = Date.now,
    as = 'alex',
  }: { readonly secret?: string; readonly now?: () => number; readonly as?: string } = {},
): Promise<BrowserRequest> {
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/auth/redirect`,
    session: { secret, cookie: { name: 'identity' } },
    logger: false,
    now,
  })
  const { headers } = await sessionFor({ auth }, { as })
  return { headers: { cookie: headers.cookie } }
}
