// The server of the built site, and the pages of old addresses.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'vitest'
import { checkLinks } from '../maintain/site/build/check-links.mjs'
import { writeRedirects } from '../maintain/site/build/redirects.mjs'
import { serve } from '../maintain/site/build/serve.mjs'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-web-site-'))
    onCleanup(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'sign-in.html'), 'a page')
    writeFileSync(join(folder, '404.html'), 'not found')
    return folder
  })
  .extend('site', async ({ folder }, { onCleanup }) => {
    const { url, close } = await serve(folder)
    onCleanup(close)
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

test.for([
  ['/scale', '/evidence/scale'],
  ['/scale.html?query', '/evidence/scale'],
  ['/decisions', '/evidence/decisions/'],
  ['/decisions/index.html', '/evidence/decisions/'],
  ['/providers/okta', '/providers#okta'],
])('%s redirects to %s', async ([path, location], { site }) => {
  const response = await fetch(`${site}${path}`, { redirect: 'manual' })

  expect(response.status).toBe(301)
  expect(response.headers.get('location')).toBe(location)
})

test('an old address has a page for hosts without redirects, and the check of links reads it', ({
  folder,
}) => {
  writeFileSync(join(folder, 'providers.html'), '<h2 id="okta">Okta</h2> <a href="/scale">old</a>')
  writeRedirects(folder)
  const page = readFileSync(join(folder, 'providers/okta.html'), 'utf8')
  const faults = checkLinks(folder)

  expect(page).toContain('<meta http-equiv="refresh" content="0; url=/providers#okta">')
  expect(page).toContain('<link rel="canonical" href="/providers">')
  expect(faults).toContain('/providers/google links to /providers#google, which has no such anchor')
  expect(faults).toContain('/scale links to /evidence/scale, which does not exist')
  expect(faults).toContain('/providers links to /scale, which is an old address')
  expect(faults.join()).not.toContain('okta')
})

test('an old address must not be a page', ({ folder }) => {
  writeFileSync(join(folder, 'scale.html'), 'a page')

  expect(() => writeRedirects(folder)).toThrow('/scale of maintain/site/redirects.json is a page')
})
