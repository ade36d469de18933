import { Auth } from 'identity-web/react-router'
import { RouterContextProvider, createRequestHandler } from 'react-router'
import { expect } from 'vitest'
import { buildOf } from '../adapters/hosts/react-router-app.ts'
import { Browser } from '../support/browser.ts'
import { test } from '../support/fixtures.ts'
import { serveRequests } from '../support/request-server.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'

// The function `getLoadContext` of a server returns the context of React Router. By mistake, it can return the same object for
// all requests.
test('requests that share a context of React Router do not share a user', async ({ provider }) => {
  const context = new RouterContextProvider()
  let visit = (): void => undefined
  let wait = (): void => undefined
  const visited = new Promise<void>((resolve) => (visit = resolve))
  const isWaiting = new Promise<void>((resolve) => (wait = resolve))
  let handler: ReturnType<typeof createRequestHandler> | undefined
  const site = await serveRequests((request, origin) => {
    const auth = new Auth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
      logger: false,
    })
    handler ??= createRequestHandler(
      buildOf(
        { middleware: [auth.middleware] },
        {
          '/user': { loader: async (args) => (await auth.getUser(args)) ?? null },
          '/slow': {
            loader: async (args) => {
              wait()
              await visited
              return (await auth.getUser(args)) ?? null
            },
          },
          '/*': { default: () => null, loader: auth.loginRequired(() => null) },
        },
        '/',
      ),
    )
    return handler(request, context as never)
  })
  const alex = await signIn(site, provider, { path: '/account' })

  const slow = alex.script(`${site.origin}/slow`)
  await isWaiting
  const visitor = await new Browser().script(`${site.origin}/user`)
  visit()

  expect([visitor.status, visitor.json()]).toEqual([200, null])
  // The context belongs to another request now.
  expect((await slow).status).toBe(500)
  expect((await alex.script(`${site.origin}/user`)).json()).toMatchObject({ name: 'Alex Rivera' })
  await site.close()
})
