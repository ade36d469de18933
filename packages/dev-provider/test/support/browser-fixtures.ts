import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { test as base } from './fixtures.js'
import { close, listen } from './listen.js'

/** The fixtures of fixtures.ts with an app that has pages. A test fails when the provider's pages cause console errors. */
export const test = base
  /** An app that records requests. Each of its pages is only a heading. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('app', async ({}, { onCleanup }) => {
    const visited: string[] = []
    const app = {
      origin: '',
      visited,
      form: new URLSearchParams(),
      /** Waits until the page is back at the app. */
      async isShownIn(page: Page): Promise<boolean> {
        await page.getByRole('heading', { name: 'The app' }).waitFor()
        return page.url().startsWith(app.origin)
      },
    }
    const record = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      visited.push(request.url ?? '')
      const body = await text(request)
      // Chromium also requests an icon.
      if (request.method === 'POST') app.form = new URLSearchParams(body)
      response.setHeader('content-type', 'text/html')
      response.end('<title>The app</title><h1>The app</h1>')
    }
    const server = createServer((request, response) => void record(request, response))
    onCleanup(() => close(server))
    app.origin = await listen(server)
    return app
  })
  /** Opens a page. The console shows when a page violates its own Content-Security-Policy. */
  .extend('openPage', ({ openPage, provider }, { onCleanup }) => {
    const complaints: string[] = []
    onCleanup(() => {
      if (complaints.length > 0) throw new Error(complaints.join('\n'))
    })
    return async (options) => {
      const page = await openPage({ viewport: { width: 900, height: 760 }, ...options })
      page.on('console', (message) => {
        const isOurs = message.location().url.startsWith(provider.origin)
        // A page with the status 400 and a missing icon are expected.
        if (message.type() === 'error' && isOurs && !/Failed to load/.test(message.text())) {
          complaints.push(message.text())
        }
      })
      return page
    }
  })
  /** Chooses an account and accepts the permissions of the app, which Entra ID asks for at the first sign-in. */
  .extend('signInAs', () => async (page: Page, name: string): Promise<void> => {
    await page.getByRole('button', { name }).click()
    await page.getByRole('button', { name: 'Accept' }).click()
  })

export { describe, expect } from 'vitest'
