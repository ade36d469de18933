import { memoryStore } from 'identity-web'
import { sessionFor } from 'identity-web-dev/testing'
import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { SESSION_SECRET } from '../../support/site.ts'
import type { Bench } from './bench.ts'

const HOUR = 3600

export function testingKit({ test, behaves }: Bench): void {
  test('a session that the testing kit creates elsewhere opens guarded pages and has tokens', ({
    on,
    provider,
    clock,
  }) =>
    on({}, async ({ origin }) => {
      const { headers } = await sessionFor(
        {
          secret: SESSION_SECRET,
          redirectUri: `${origin}/auth/redirect`,
          authority: provider.authority(),
          clientId: provider.app.clientId,
          cookie: { name: 'identity' },
        },
        { as: 'robin', scopes: ['User.Read'] },
      )
      const browser = new Browser()

      const page = await browser.navigate(`${origin}/`, { headers })
      const call = await browser.navigate(`${origin}/call`, { headers })
      const post = await browser.script(`${origin}/echo`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=sent',
      })
      clock.advance(HOUR + 600)
      const later = await browser.navigate(`${origin}/`, { headers })

      expect(page.json()).toMatchObject({ user: { name: 'Robin Chen' } })
      expect(call.json()).toMatchObject({ status: 200, body: { displayName: 'Robin Chen' } })
      expect(post.json()).toBe('sent')
      expect(later.status).toBe(200)
      expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(true)
    }))

  behaves(
    'a session that the testing kit puts into the store opens guarded pages',
    ['functions'],
    ({ on, provider }) => {
      const store = memoryStore()
      return on({ auth: { session: { secret: SESSION_SECRET, store } } }, async ({ origin }) => {
        const { headers } = await sessionFor(
          {
            secret: SESSION_SECRET,
            redirectUri: `${origin}/auth/redirect`,
            authority: provider.authority(),
            clientId: provider.app.clientId,
            cookie: { name: 'identity' },
            store,
          },
          { as: 'alex' },
        )

        const page = await new Browser().navigate(`${origin}/`, { headers })

        expect(page.json()).toMatchObject({ user: { name: 'Alex Rivera' } })
      })
    },
  )
}
