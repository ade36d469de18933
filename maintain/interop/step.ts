import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Feature, RunningProvider } from './provider.ts'
import type { InteropSite } from './site.ts'
import { walk, type SitePage } from './walk.ts'

/** The parts that a step uses. */
export interface StepContext {
  readonly site: InteropSite
  readonly provider: RunningProvider
  /** Opens a page of a new browser without cookies. */
  openPage(): Promise<Page>
}

/** Something that a user or an operator does. */
export interface Step {
  readonly name: string
  /** The feature that the provider must support. */
  readonly needs?: Feature
  /** @throws An error if the result is not the expected one. */
  run(context: StepContext): Promise<void>
}

/** Signs in with a new browser, and returns its page. */
export async function signIn(context: StepContext, path = '/profile'): Promise<Page> {
  const page = await context.openPage()
  const result = await visit(context, page, path)
  expectPage(context, result)
  return page
}

/** Opens a page of the site, and acts on the pages of the provider. */
export function visit(
  { site, provider }: StepContext,
  page: Page,
  path: string,
): Promise<SitePage> {
  return walk(page, site.origin + path, provider.act)
}

/** Checks that a page of the site was shown. */
export function expectPage(context: StepContext, { status, text }: SitePage): void {
  const lines = text.replaceAll(/\s+/g, ' ').slice(0, 200)
  assert.equal(status, 200, `${logsOf(context)} ${lines}`)
}

/** Whether the browser has a session. */
export async function isSignedIn({ site }: StepContext, page: Page): Promise<boolean> {
  const response = await page.request.get(`${site.origin}/`)
  return ((await response.json()) as { user: string | null }).user !== null
}

/** Returns the last log lines of the site, for messages. */
export function logsOf({ site }: StepContext): string {
  return site.logs.slice(-4).join(' ')
}

/** Returns the number of token requests with a grant type. */
export function grantsOf({ site }: StepContext, grantType: string): number {
  return site.tamper.requests.filter((request) => request.grantType === grantType).length
}

/** Checks the error page of a sign-in that failed, and that the user has no session. */
export async function expectRejected(
  context: StepContext,
  page: Page,
  { status, text }: SitePage,
): Promise<void> {
  assert.ok(status >= 400, `The page has the status ${status}: ${text.slice(0, 300)}`)
  assert.equal(await isSignedIn(context, page), false, 'The user has a session.')
}

export { assert }
