import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DevProvider } from 'identity-web-dev'
import { browser, type TestBrowser } from 'identity-web-dev/testing'
import type { Verdict } from '../../src/commands/verify/proof.js'
import { runCli } from '../../src/run-cli.js'
import type { Report } from '../../src/commands/verify/report.js'
import type { Result } from '../../src/commands/verify/run-checks.js'
import { test as base, type Variables } from '../support/fixtures.js'
import { unusedPort } from '../support/servers.js'

/** The person who uses the browser during a run. */
export interface PersonOptions {
  /** The account at the provider. The default is `alex`. */
  readonly as?: string
  /** Runs before the person follows the link of a check. */
  readonly before?: (check: string, origin: string, page: TestBrowser) => unknown
  /** The person closes the browser before this check. */
  readonly leavesAt?: string
  /** Opens the URL of a step in another browser. */
  readonly open?: (url: string) => Promise<void>
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
  /** The provider that gets the logout URLs of the app. */
  readonly provider?: DevProvider
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
  provider,
}: VerifyRun): Promise<Verified> {
  const redirectUri = `http://localhost:${await unusedPort()}/redirect`
  const [out, error]: [string[], string[]] = [[], []]
  const abort = new AbortController()
  const { origin } = new URL(redirectUri)
  provider?.register({
    frontChannelLogoutUri: `${origin}/front-channel-logout`,
    backChannelLogoutUri: `${origin}/back-channel-logout`,
  })
  const page = browser(origin, { as: person.as ?? 'alex' })
  let steps = Promise.resolve()
  const given = { IDENTITY_REDIRECT_URI: redirectUri, ...env } as Record<string, string>
  const own = args.includes('--create') ? ['--redirect-uri', redirectUri] : []
  const code = await runCli(['verify', '--wait', '20', ...own, ...args], {
    folder,
    env: given,
    ask,
    out(line) {
      out.push(line)
      const [, url = ''] = / Open (http:\S+\?key=\S+)$/.exec(line) ?? []
      const check = checkOf(url)
      if (url !== '' && check !== person.leavesAt)
        steps = steps.then(
          () => person.open?.(url) ?? follow(page, url, { check, person, signal: abort.signal }),
        )
    },
    error: (line) => error.push(line),
  })
  abort.abort()
  await steps
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

/** Returns the ID of the check that asks to open a URL. */
function checkOf(url: string): string {
  const path = url.replace(/\?.*/, '').split('/').at(-1) ?? ''
  return path === 'logout' ? 'sign-out' : path
}

interface Step {
  readonly check: string
  readonly person: PersonOptions
  readonly signal: AbortSignal
}

/** Opens the URL of a step, and does what the pages ask. */
async function follow(page: TestBrowser, url: string, { check, person, signal }: Step) {
  const open = (path: string): Promise<string> =>
    page.get(path, { signal }).then(
      (response) => response.text(),
      () => '',
    )
  await person.before?.(check, page.origin, page)
  if (check === 'front-channel') await loadFrames(page, url)
  const text = await open(check === 'front-channel' ? '/' : url)
  // The provider shows a page without a way back.
  if (text !== 'The terminal shows the next step.' && !signal.aborted) await open('/verify/stuck')
}

/** Signs out at the provider, and loads the hidden iframes of its page, which `browser()` does not load. */
async function loadFrames(page: TestBrowser, link: string): Promise<void> {
  // The check before it signed the person out.
  await page.get('/login')
  const toProvider = await page.get(new URL(link).pathname, { redirect: 'manual' })
  const target = toProvider.headers.get('location') ?? ''
  const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const html = await (await fetch(target, { headers: { cookie } })).text()
  const frames = [...html.matchAll(/<iframe src="([^"]+)"/g)].map(([, src = '']) => src)
  const headers = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }
  await Promise.allSettled(frames.map((src) => fetch(src.replaceAll('&amp;', '&'), { headers })))
}

/** Returns the IDs of the checks with a verdict. */
export function idsWith(wanted: Verdict, { checks }: Verified): readonly string[] {
  return Object.values(checks).flatMap(({ check, verdict }) => (verdict === wanted ? check : []))
}

/** Runs `verify` with the default app of the provider. */
export const test = base.extend(
  'verify',
  ({ folder, variables }) =>
    (
      args: readonly string[] = [],
      person?: PersonOptions,
      more: Variables = {},
    ): Promise<Verified> => {
      const { IDENTITY_REDIRECT_URI: _own, ...env } = variables
      return verifyWithPerson({ folder, env: { ...env, ...more }, args, person })
    },
)
