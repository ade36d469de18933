import { expect } from 'vitest'
import { AccessDenied, Auth, type AstroContext } from 'identity-web/astro'
import type { DevProvider } from 'identity-web-dev'
import { serveRequests } from '../../support/request-server.ts'
import { test as base } from '../../support/fixtures.ts'
import { Browser, sendToCallback, SESSION_SECRET, signIn } from '../../support/site.ts'
import { astroContext } from '../hosts/astro-app.ts'

type Page = (context: AstroContext) => Promise<Response>

interface AstroSite {
  readonly origin: string
  readonly auth: Auth
  close(): Promise<void>
}

/** Serves pages as Astro does: the frontmatter of a page returns its response, or its error passes through the middleware. */
async function startAstroSite(provider: DevProvider): Promise<AstroSite> {
  let auth: Auth | undefined
  const authAt = (origin: string): Auth =>
    (auth ??= new Auth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
      logger: false,
    }))
  const server = await serveRequests(async (request, origin) => {
    const current = authAt(origin)
    const context = astroContext(request)
    const page = pagesOf(current)[context.url.pathname]
    return current.onRequest(
      context,
      async () => page?.(context) ?? new Response('Not found', { status: 404 }),
    )
  })
  return { ...server, auth: authAt(server.origin) }
}

const test = base.extend('astro', async ({ provider }, { onCleanup }): Promise<AstroSite> => {
  const site = await startAstroSite(provider)
  onCleanup(() => site.close())
  return site
})

/** Astro turns the error of an action into a result, and then renders the page of the form. */
async function runAction(act: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json({ data: await act() })
  } catch (error) {
    return Response.json({ error: (error as Error).message }, { status: 500 })
  }
}

function pagesOf(auth: Auth): Record<string, Page> {
  const save = auth.loginRequired.action(
    { roles: ['Todos.Approver'] },
    async (form: FormData, _context, { user }) => `${form.get('note') as string} of ${user.name}`,
  )
  const rename = auth.loginRequired.action((_input: unknown, _context, { user }) => user.name)
  return {
    '/account': async (context) => {
      const { user } = await auth.loginRequired.page(context)
      return new Response(`Hello, ${user.name}`)
    },
    '/approvers': async (context) => {
      await auth.loginRequired.page(context, { roles: ['Todos.Approver'] })
      return new Response('in')
    },
    '/mail': async (context) => {
      const { scopes } = await auth.loginRequired.page(context, { scopes: ['Mail.Read'] })
      return Response.json(scopes)
    },
    '/open-mail': async (context) => {
      const { tokenType } = await auth.getTokenForUser(context, ['Mail.Read'])
      return new Response(tokenType)
    },
    '/sdk-mail': async (context) => {
      try {
        return Response.json(await auth.getTokenForUser(context, ['Mail.Read']))
      } catch (cause) {
        throw new Error('The SDK failed.', { cause })
      }
    },
    '/denied': async () => {
      throw new AccessDenied({ message: 'Only for members.' })
    },
    '/public': async ({ locals }) => Response.json(locals),
    '/save': async (context) => {
      const form = await context.request.formData()
      return runAction(() => save(form, context))
    },
    '/_actions/rename': async (context) => runAction(() => rename(undefined, context)),
  }
}

test('a guarded page leads a visitor to the provider, and back to the page', async ({
  astro,
  provider,
}) => {
  const browser = new Browser()

  const away = await browser.navigate(`${astro.origin}/account?tab=1`)
  const back = await sendToCallback(
    browser,
    await provider.signIn(away.location ?? '', { as: 'alex', consent: true }),
  )
  const page = await browser.navigate(astro.origin + back.location)

  expect(away.status).toBe(302)
  expect(back.location).toBe('/account?tab=1')
  expect(page.text).toBe('Hello, Alex Rivera')
  expect(page.headers['cache-control']).toBe('private, no-store')
})

test('the client router gets a response that it does not understand, so that the browser loads the page', async ({
  astro,
}) => {
  const response = await new Browser().script(`${astro.origin}/account`)

  expect(response.status).toBe(401)
  expect(response.headers['content-type']).not.toContain('html')
})

test('the client router does not sign the user out in the background, and the browser does', async ({
  astro,
  provider,
}) => {
  const browser = await signIn(astro, provider, { path: '/account' })

  const background = await browser.script(`${astro.origin}/logout`)
  const after = await browser.navigate(`${astro.origin}/account`)
  const out = await browser.navigate(`${astro.origin}/logout`)

  expect([background.status, background.setCookies]).toEqual([204, []])
  expect(after.status).toBe(200)
  expect(out.location).toContain('/logout?')
  expect(browser.cookies.has('identity')).toBe(false)
})

test('a user without the role sees the 403 page', async ({ astro, provider }) => {
  const browser = await signIn(astro, provider, { path: '/account', as: 'alex' })

  const page = await browser.navigate(`${astro.origin}/approvers`)
  const denied = await browser.navigate(`${astro.origin}/denied`)

  expect([page.status, page.text]).toEqual([403, expect.stringContaining('You do not have access')])
  expect([denied.status, denied.text]).toEqual([403, expect.stringContaining('Only for members.')])
})

test.for(['/mail', '/open-mail', '/sdk-mail'])(
  'a token for %s that needs consent leads to the consent',
  async (path, { astro, provider }) => {
    const browser = await signIn(astro, provider, { path: '/account' })

    const away = await browser.navigate(astro.origin + path)
    await sendToCallback(
      browser,
      await provider.signIn(away.location ?? '', { as: 'alex', consent: true }),
    )
    const allowed = await browser.navigate(astro.origin + path)

    expect(new URL(away.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
    expect(allowed.status).toBe(200)
  },
)

test('locals contain the signed-in user, and nothing for visitors', async ({ astro, provider }) => {
  const visitor = await new Browser().navigate(`${astro.origin}/public`)
  const browser = await signIn(astro, provider, { path: '/account' })
  const user = await browser.navigate(`${astro.origin}/public`)

  expect(visitor.json()).toEqual({})
  expect(user.json()).toMatchObject({ identity: { user: { name: 'Alex Rivera' } } })
})

const form = {
  method: 'POST',
  body: 'note=water',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
} as const

test('a form of a visitor leads to the provider, although Astro handles the error of the action', async ({
  astro,
}) => {
  const response = await new Browser().navigate(`${astro.origin}/save`, form)

  expect(response.status).toBe(303)
  expect(response.location).toContain('/oauth2/v2.0/authorize')
})

test('a guarded action runs for users who are allowed', async ({ astro, provider }) => {
  const alex = await signIn(astro, provider, { path: '/account', as: 'alex' })
  const robin = await signIn(astro, provider, { path: '/account', as: 'robin' })

  const rejected = await alex.navigate(`${astro.origin}/save`, form)
  const saved = await robin.navigate(`${astro.origin}/save`, form)

  expect(rejected.status).toBe(403)
  expect(saved.json()).toEqual({ data: expect.stringContaining('water of Robin') })
})

test('a script of a visitor gets the error of an action in the form that Astro reads', async ({
  astro,
}) => {
  const response = await new Browser().script(`${astro.origin}/_actions/rename`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })

  expect([response.status, response.json()]).toEqual([
    401,
    {
      type: 'AstroActionError',
      code: 'UNAUTHORIZED',
      status: 401,
      message: 'Sign in to continue.',
    },
  ])
})

test('a page that Astro renders in advance cannot be guarded, and has no user', async ({
  astro: { auth },
}) => {
  const context = astroContext(new Request('http://localhost/about'), true)

  const response = await auth.onRequest(context, async () => new Response('about'))
  const guarded = auth.loginRequired.page(context)

  expect(await response.text()).toBe('about')
  expect(context.locals).toEqual({})
  await expect(guarded).rejects.toThrow('Astro renders /about in advance')
})

test('a guard without the middleware says what to add', async ({ astro: { auth } }) => {
  const context = astroContext(new Request('http://localhost/account'))

  await expect(auth.loginRequired.page(context)).rejects.toThrow(
    'export const onRequest = auth.onRequest',
  )
})

test('the options are read with the first request, from a function that returns variables', async () => {
  const read: string[] = []
  const auth = new Auth({ logger: false }, (name: string) => {
    read.push(name)
    return name === 'IDENTITY_REDIRECT_URI' ? 'http://localhost:3000/here/redirect' : undefined
  })
  auth.loginRequired(() => new Response())

  const atStart = [...read]
  const { login } = auth.paths

  expect(atStart).toEqual([])
  expect(login).toBe('/here/login')
  expect(() => auth.loginRequired({ scopes: [] }, () => new Response())).toThrow('scopes')
})
