import { createServer } from 'node:http'
import express, { type Express } from 'express'
import { Auth } from 'identity-web/express'
import { previewRelay } from 'identity-web/previews'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { SESSION_SECRET, close, listen } from '../packages/identity-web/test/support/site.ts'
import { hasChromium } from './chromium.ts'

/** A deployment without routes. Its origin is known before its options. */
interface Deployment {
  readonly app: Express
  readonly origin: string
}

const test = base
  // Another site than the deployments, so that its form is a cross-site one.
  .extend('providerOptions', { host: '127.0.0.1' })
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('deploy', ({}, { onCleanup }) => {
    const servers = new Set<ReturnType<typeof createServer>>()
    onCleanup(async () => void (await Promise.all([...servers].map(close))))
    return async (): Promise<Deployment> => {
      const app = express()
      const server = createServer(app)
      servers.add(server)
      return { app, origin: await listen(server) }
    }
  })

describe.skipIf(!hasChromium)('a preview deployment in a real browser', () => {
  test.for(['query', 'form_post'] as const)(
    'signs in with the redirect URI of another deployment (%s)',
    async (responseMode, { deploy, page, provider }) => {
      const [stable, preview] = [await deploy(), await deploy()]
      // As Entra ID, the provider redirects only to this URI.
      const redirectUri = `${stable.origin}/redirect`
      provider.register({ redirectUris: [redirectUri] })
      const secret = 'a-preview-secret-of-thirty-two-characters'
      const options = {
        authority: provider.authority(),
        clientId: provider.app.clientId,
        clientCredential: provider.app.clientSecret,
        redirectUri,
        responseMode,
        logger: false,
      } as const
      for (const { app, origin } of [stable, preview]) {
        const session = { secret: SESSION_SECRET + origin }
        const previews = previewRelay({ origin, origins: [preview.origin], secret })
        const auth = new Auth(app, { ...options, previews, session })
        app.get(
          '/',
          auth.loginRequired((req, res, { user }) => {
            res.send(`${user.name ?? ''} at ${req.headers.host ?? ''}`)
          }),
        )
      }

      await page.goto(preview.origin)
      await page.getByRole('button', { name: /Alex/ }).click()
      await page.getByRole('button', { name: /accept/i }).click()
      await page.waitForURL(`${preview.origin}/`)
      expect(await page.locator('body').innerText()).toBe(
        `Alex Rivera at ${new URL(preview.origin).host}`,
      )
      expect(provider.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)

      // The session of the preview does not open the other deployment. The user has a session at the provider.
      await page.goto(stable.origin)
      await page.waitForURL(`${stable.origin}/`)
      expect(await page.locator('body').innerText()).toContain(new URL(stable.origin).host)
      expect(provider.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(2)
    },
  )
})
