import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Browser } from '../packages/identity-web/test/support/browser.ts'
import { printedUrl } from './printed-url.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const FRAMEWORKS = ['hono', 'next', 'fetch']

/** Follows redirects and the forms of the development provider, as a person clicks: the first account, then "Accept". */
async function follow(browser: Browser, start: string): Promise<string> {
  let url = start
  for (let steps = 0; steps < 12; steps++) {
    const page = await browser.navigate(url)
    if (page.location !== undefined) {
      url = new URL(page.location, url).href
      continue
    }
    const form = /<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(page.text)
    if (form === null || new URL(url).pathname === new URL(start).pathname) return page.text
    const fields = [
      ...(form[2] ?? '').matchAll(/<(?:input|button)[^>]*name="(\w+)"[^>]*value="([^"]*)"/g),
    ]
    const seen = new Map<string, string>()
    for (const [, name = '', value = ''] of fields) {
      if (!seen.has(name) || value === 'accept') seen.set(name, value)
    }
    const answer = await browser.navigate(
      new URL((form[1] ?? '').replaceAll('&amp;', '&'), url).href,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams([...seen]).toString(),
      },
    )
    url = new URL(answer.location ?? '', url).href
  }
  throw new Error(`No end at ${url}`)
}

test.each(FRAMEWORKS)(
  'npm run demo -- %s: sign in, call an API, sign out',
  async (name) => {
    const index = FRAMEWORKS.indexOf(name)
    const demo = spawn(process.execPath, ['scripts/demo.mjs', name], {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(5810 + index * 5),
        PROVIDER_PORT: String(5910 + index * 5),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const url = await printedUrl(demo)
      const browser = new Browser()

      expect(await follow(browser, `${url}/`)).toMatch(/Hello, .*claims of your ID token/s)
      expect(await follow(browser, `${url}/call_api`)).toMatch(/status 200.*displayName/s)
      const away = await browser.navigate(`${url}/logout`)
      expect(away.location).toContain('/oauth2/v2.0/logout')
      // 302, or 307 where a render redirects.
      expect([302, 307]).toContain((await browser.navigate(`${url}/`)).status)
    } finally {
      demo.kill()
    }
  },
  // Next.js compiles each page when it is asked for.
  120_000,
)
