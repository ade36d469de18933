import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { browser, type TestBrowser } from 'identity-web-dev/testing'
import { runCli } from '../../src/run-cli.js'
import type { Report } from '../../src/commands/verify/report.js'
import type { Result } from '../../src/commands/verify/run-checks.js'
import { unusedPort } from '../support/servers.js'

/** The person who uses the browser during a run. */
export interface PersonOptions {
  /** The account at the provider. The default is `alex`. */
  readonly as?: string
  /** Runs before the person follows the link of a check. */
  readonly before?: (check: string, origin: string, page: TestBrowser) => unknown
  /** The person closes the browser before this check. */
  readonly leavesAt?: string
}

/** A run of `verify`, and the person. */
export interface VerifyRun {
  readonly folder: string
  /** The variables of the app. A free port is set, and the session needs no secret. */
  readonly env?: Readonly<Record<string, string>>
  /** More options of the command. */
  readonly args?: readonly string[]
  readonly person?: PersonOptions | undefined
  readonly ask?: ((question: string) => Promise<string>) | undefined
}

/** The result of a run. */
export interface Verified {
  readonly code: number
  readonly out: string
  readonly error: string
  readonly report: Report | undefined
  /** The content of the file that names the app registration. `undefined` if it does not exist. */
  readonly left: string | undefined
  /** The results by the ID of the check. */
  readonly checks: Readonly<Record<string, Result>>
  /** All texts that the run wrote. */
  readonly written: string
}

/** Runs `verify`, and does the person's part over HTTP. */
export async function verifyWithPerson({
  folder,
  env = {},
  args = [],
  person = {},
  ask,
}: VerifyRun): Promise<Verified> {
  const redirectUri = `http://localhost:${await unusedPort()}/redirect`
  const [out, error]: [string[], string[]] = [[], []]
  const abort = new AbortController()
  let visit: Promise<void> | undefined
  const given = { IDENTITY_REDIRECT_URI: redirectUri, ...env }
  const own = args.includes('--create') ? ['--redirect-uri', redirectUri] : []
  const code = await runCli(['verify', '--wait', '20', ...own, ...args], {
    folder,
    env: given,
    ask,
    out(line) {
      out.push(line)
      const [, url] = /^Open (http:\S+\/verify\?key=\S+) in/.exec(line) ?? []
      if (url !== undefined) visit = useBrowser(url, person, abort.signal)
    },
    error: (line) => error.push(line),
  })
  abort.abort()
  await visit
  const read = (name: string): string | undefined =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined
  const json = read('identity-verify-report.json')
  const left = read('.identity-verify.json')
  const report = json === undefined ? undefined : (JSON.parse(json) as Report)
  return {
    code,
    out: out.join('\n'),
    error: error.join('\n'),
    report,
    left,
    checks: Object.fromEntries((report?.checks ?? []).map((one) => [one.check, one])),
    written: [...out, ...error, json].join('\n'),
  }
}

/** Follows the links of the pages until the run is complete. */
async function useBrowser(
  start: string,
  person: PersonOptions,
  signal: AbortSignal,
): Promise<void> {
  const page = browser(new URL(start).origin, { as: person.as ?? 'alex' })
  const open = (url: string): Promise<string> =>
    page.get(url, { signal }).then(
      (response) => response.text(),
      () => '',
    )
  let html = await open(start)
  while (!signal.aborted && !html.includes('id="done"')) {
    const [, check, link] = /id="next" data-check="([^"]+)" href="([^"]+)"/.exec(html) ?? []
    if (check !== undefined && check === person.leavesAt) return
    if (check !== undefined && link !== undefined) {
      await person.before?.(check, page.origin, page)
      if (check === 'front-channel') await loadFrames(page, link)
      html = await open(check === 'front-channel' ? '/' : link)
      // The provider shows a page without a way back.
      if (!html.includes('identity-web-cli verify')) html = await open('/verify/stuck')
    } else {
      await new Promise((resolve) => setTimeout(resolve, 20))
      html = await open(start)
    }
  }
}

/** Signs out at the provider, and loads the hidden iframes of its page, which `browser()` does not load. */
async function loadFrames(page: TestBrowser, link: string): Promise<void> {
  // The check before it signed the person out.
  await page.get('/login')
  const toProvider = await page.get(link, { redirect: 'manual' })
  const target = toProvider.headers.get('location') ?? ''
  const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const html = await (await fetch(target, { headers: { cookie } })).text()
  const frames = [...html.matchAll(/<iframe src="([^"]+)"/g)].map(([, src = '']) => src)
  const headers = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }
  await Promise.allSettled(frames.map((src) => fetch(src.replaceAll('&amp;', '&'), { headers })))
}
