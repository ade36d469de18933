// The server of the built site.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'vitest'
import { serve } from '../site/build/serve.mjs'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('site', async ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-web-site-'))
    writeFileSync(join(folder, 'sign-in.html'), 'a page')
    writeFileSync(join(folder, '404.html'), 'not found')
    const { url, close } = await serve(folder)
    onCleanup(async () => {
      await close()
      rmSync(folder, { recursive: true })
    })
    return url
  })
  /** Sends a path as it is. `fetch` would correct it. */
  .extend('statusOf', ({ site }) => (path: string) => {
    return new Promise<number | undefined>((resolve, reject) => {
      const sent = request(site, { path }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode))
      })
      sent.on('error', reject).end()
    })
  })

test.for(['//', '/../../../../etc/passwd', '/..%2f..%2f..%2fetc/passwd', '/%00', '/%ff', '/x'])(
  '%s does not exist',
  async (path, { statusOf }) => {
    expect(await statusOf(path)).toBe(404)
  },
)

test('a page has a path without its ending', async ({ statusOf }) => {
  expect(await statusOf('/sign-in?query')).toBe(200)
})
