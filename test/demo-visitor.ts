import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { browse } from '../packages/dev-provider/src/controls/browser.ts'
import { Browser, type BrowserResponse } from '../packages/identity-web/test/support/browser.ts'
import { printedUrl } from './printed-url.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A person who opens the pages of a demo. */
export interface DemoVisitor {
  readonly url: string
  readonly browser: Browser
  /** Opens a page. If it leads to the provider, the person chooses their account and consents. */
  open(path: string): Promise<BrowserResponse>
  /** Returns a visitor of the same demo with another account and another browser. */
  another(as: string): DemoVisitor
}

/**
 * Runs a demo until the test ends.
 *
 * @param name - The name after `npm run demo --`.
 * @param as - The user name of the visitor's account.
 * @param firstPort - The first of three ports.
 */
export async function visitDemo(name: string, as: string, firstPort: number): Promise<DemoVisitor> {
  const demo = spawn(process.execPath, ['scripts/demo.mjs', name], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(firstPort),
      PROVIDER_PORT: String(firstPort + 1),
      API_PORT: String(firstPort + 2),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void demo.kill())
  return createVisitor(await printedUrl(demo), as)
}

function createVisitor(url: string, as: string): DemoVisitor {
  const browser = new Browser()
  const cookies = new Map<string, string>()
  return {
    url,
    browser,
    another: (other) => createVisitor(url, other),
    async open(path) {
      const response = await browser.navigate(`${url}${path}`)
      // A render of Next.js leads to the login route first.
      const isOwn = response.location?.startsWith(`${url}/`) === true
      const { location } = isOwn ? await browser.navigate(response.location ?? '') : response
      if (location === undefined) return response
      const { origin } = new URL(location)
      const back = await browse(new URL(location), {
        origin,
        username: as,
        consent: true,
        cookies,
        ca: undefined,
      })
      const landed = await browser.navigate(back.url.href, {
        headers: { 'sec-fetch-site': 'cross-site' },
      })
      return browser.navigate(new URL(landed.location ?? '', url).href)
    },
  }
}
