import { expect } from 'vitest'
import { runtimeTest } from '../matrix/runtime-test.ts'
import { Browser } from '../support/browser.ts'
import { signIn } from '../support/site.ts'
import { createBench } from './contract/bench.ts'
import { WITHOUT_FUNCTIONS } from './hosts/on-requests.ts'

// One visit on each runtime that `npm run -C maintain matrix` runs the contract on. For Workers, workers.test.ts runs all of it.
for (const runtime of ['Bun', 'Deno'] as const) {
  const { test } = createBench(runtimeTest(runtime, 'hono'), WITHOUT_FUNCTIONS)

  test(`${runtime} signs a user in, calls an API for them, and protects an API`, ({
    on,
    provider,
  }) =>
    on({}, async (site) => {
      const callTodos = (token: string) =>
        new Browser().send(`${site.origin}/api/todos`, {
          headers: { authorization: `Bearer ${token}` },
        })
      const valid = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      const forged = await provider.accessToken({ as: 'alex', key: 'stranger' })

      const visitor = await new Browser().script(`${site.origin}/`)
      const browser = await signIn(site, provider, { path: '/call' })
      const page = await browser.navigate(`${site.origin}/`)
      const call = await browser.navigate(`${site.origin}/call`)

      expect(visitor.status).toBe(401)
      expect(page.json()).toMatchObject({ user: { name: 'Alex Rivera' } })
      expect(call.json()).toMatchObject({ status: 200, body: { displayName: 'Alex Rivera' } })
      expect((await callTodos(valid)).json()).toEqual({ user: provider.user('alex').oid })
      expect((await callTodos(forged)).status).toBe(401)
    }))
}
