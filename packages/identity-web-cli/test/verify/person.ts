import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { browser, type TestBrowser } from 'identity-web-dev/testing'
import { runCli } from '../../src/run-cli.js'
import type { Result } from '../../src/commands/verify/outcome.js'
import type { Report } from '../../src/commands/verify/report/report.js'
import { unusedPort } from '../support/servers.js'

/** The person who uses the browser during a run. */
export interface PersonOptions {
  /** The account at the provider. The default is `alex`. */
  readonly as?: string
  /** Runs before the person follows the link of a check. */
  readonly before?: (check: string, origin: string, page: TestBrowser) => unknown
  /** Acts instead of following the link. Return `true` if it did. */
  readonly act?: (check: string, page: TestBrowser, link: URL) => Promise<boolean>
  /** The person closes the browser before this check. */
  readonly leavesAt?: string
}

/** A run of `verify`, and the person. */
export interface VerifyRun {
  readonly folder: string
  /** The variables of the app. A free port is set, and the session needs no secret. */
  readonly env?: Readonly<Record<string, string | undefined>>
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
  readonly markdown: string
  /** The content of the state file. `undefined` if it does not exist. */
  readonly state: string | undefined
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
  const given = Object.entries({ IDENTITY_REDIRECT_URI: redirectUri, ...env })
  const variables: Record<string, string> = {}
  for (const [name, value] of given) if (value !== undefined) variables[name] = value
  const own = args.includes('--create') ? ['--redirect-uri', redirectUri] : []
  const code = await runCli(['verify', '--wait', '20', ...own, ...args], {
    folder,
    env: variables,
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
  const markdown = read('identity-verify-report.md') ?? ''
  const state = read('.identity-verify/state.json')
  const report = json === undefined ? undefined : (JSON.parse(json) as Report)
  return {
    code,
    out: out.join('\n'),
    error: error.join('\n'),
    report,
    markdown,
    state,
    checks: Object.fromEntries((report?.checks ?? []).map((one) => [one.check, one])),
    written: [...out, ...error, json, markdown, state].join('\n'),
  }
}

/** Follows the links of the pages until the run is complete. */
async function useBrowser(
  start: string,
  person: PersonOptions,
  signal: AbortSignal,
): Promise<void> {
  const page = browser(new URL(start).origin, { as: person.as ?? 'alex' })
  const stuck = `${page.origin}/verify/stuck`
  let html = await open(page, start, { signal })
  while (!signal.aborted) {
    if (html.includes('id="done"')) return
    const [, check, link] =
      /id="next" class="button" data-check="([^"]+)" href="([^"]+)"/.exec(html) ?? []
    const [, form] = /<form id="next" method="post" action="([^"]+)"/.exec(html) ?? []
    if (check !== undefined && check === person.leavesAt) return
    if (check !== undefined && link !== undefined) {
      await person.before?.(check, page.origin, page)
      const act = person.act ?? (check === 'front-channel' ? loadFrames : undefined)
      if ((await act?.(check, page, new URL(link, start))) === true)
        html = await open(page, start, { signal })
      else html = await open(page, link, { stuck, signal })
    } else if (form === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      html = await open(page, start, { signal })
    } else html = await open(page, new URL(form, start).href, { method: 'POST', stuck, signal })
    if (!html.includes('identity-web-cli verify')) html = await open(page, stuck, { signal })
  }
}

/** How the person opens a page. */
interface Opening {
  readonly method?: 'POST'
  /** The page to open if the provider shows a page without a way back. */
  readonly stuck?: string
  /** Ends when the run is over, so that a page that hangs does not stop the test. */
  readonly signal: AbortSignal
}

async function open(page: TestBrowser, url: string, opening: Opening): Promise<string> {
  const { method, stuck, signal } = opening
  try {
    const response =
      method === 'POST' ? await page.post(url, {}, { signal }) : await page.get(url, { signal })
    return await response.text()
  } catch {
    return stuck === undefined || signal.aborted ? '' : open(page, stuck, { signal })
  }
}

/** Signs out at the provider, and loads the hidden iframes of its page, which `browser()` does not load. */
async function loadFrames(_check: string, page: TestBrowser, link: URL): Promise<boolean> {
  const toProvider = await page.get(link, { redirect: 'manual' })
  const target = toProvider.headers.get('location') ?? ''
  const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const html = await (await fetch(target, { headers: { cookie } })).text()
  const frames = [...html.matchAll(/<iframe src="([^"]+)"/g)].map(([, src = '']) => src)
  const headers = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }
  await Promise.allSettled(frames.map((src) => fetch(src.replaceAll('&amp;', '&'), { headers })))
  return true
}
