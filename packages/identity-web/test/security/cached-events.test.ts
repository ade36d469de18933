import { createServer } from 'node:http'
import { createApp, createEvent, defineEventHandler, toNodeListener, type H3Event } from 'h3'
import { Auth, IdentityError, type PageIdentity } from 'identity-web/h3'
import type { DevProvider } from 'identity-web-dev'
import { describe, expect, test } from '../support/fixtures.ts'
import { SESSION_SECRET, close, listen, signIn } from '../support/site.ts'

// Nitro stores the response of a cached handler and sends it to every user. The handler gets another event without the cookies,
// but with the context of the first user's request. `defineCachedEventHandler` of Nitro 2 creates it like this.
function toCachedEvent({ node, context }: H3Event): H3Event {
  const event = createEvent(Object.create(node.req, { headers: { value: {} } }), node.res)
  event.context = context
  event.context['cache'] = { options: {} }
  return event
}

/** What a cached handler tries, and its result or the code of its error. */
async function attempt(act: () => unknown): Promise<unknown> {
  try {
    return (await act()) ?? 'nothing'
  } catch (error) {
    return IdentityError.is(error) ? error.code : error
  }
}

async function asVictim(
  provider: DevProvider,
  cached: (event: H3Event, auth: Auth) => unknown,
): Promise<unknown> {
  const app = createApp()
  const server = createServer(toNodeListener(app))
  const origin = await listen(server)
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/redirect`,
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
  })
  app.use(defineEventHandler((event) => auth.handle(event)))
  app.use(auth.loginRequired())
  app.use(
    defineEventHandler(async (event) => ({
      seen: await attempt(() => cached(toCachedEvent(event), auth)),
    })),
  )
  try {
    const browser = await signIn({ origin }, provider)
    return (await browser.navigate(`${origin}/news`)).json()
  } finally {
    await close(server)
  }
}

describe('a response that is stored for all users', () => {
  test.for<[string, (event: H3Event, auth: Auth) => unknown]>([
    ['event.context.identity', (event) => event.context.identity?.claims],
    ['getUser', (event, auth) => auth.getUser(event)],
    ['getContext', (event, auth) => auth.getContext(event)],
    ['getTokenForUser', (event, auth) => auth.getTokenForUser(event, 'User.Read')],
    ['contextOf', (event, auth) => auth.contextOf(event).claims],
    // It would store the redirect of the first visitor, with the cookie of this sign-in.
    ['a guard', (event, auth) => auth.loginRequired(() => 'in')(event)],
  ])('cannot contain the user of the first request, %s', async ([, cached], { provider }) => {
    expect(await asVictim(provider, cached)).toEqual({ seen: 'configuration' })
  })

  test('shows a page as to a visitor', async ({ provider }) => {
    const pages = Symbol.for('identity-web page')
    const seen = await asVictim(provider, async (event) => {
      const page = (event.context as Record<symbol, unknown>)[pages] as {
        identity(event: H3Event, isPrerendered: boolean): Promise<PageIdentity>
      }
      return page.identity(event, false)
    })

    expect(seen).toEqual({ seen: { loginPath: '/login', logoutPath: '/logout' } })
  })
})
