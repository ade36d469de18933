import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { hasChromium, launchChromium } from '../../../../test/chromium.js'
import { runCli } from '../../src/run-cli.js'
import type { Report } from '../../src/commands/verify/report.js'
import { describe, expect, test as base } from '../support/fixtures.js'
import { unusedPort } from '../support/servers.js'
import { TODO_SCOPE } from './setups.js'

// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
const test = base.extend('page', async ({}, { onCleanup }) => {
  const chromium = await launchChromium()
  onCleanup(() => chromium.close())
  return chromium.newPage()
})

/** Does what a person does: opens the URL, and presses the only button that leads on, until the terminal goes on. */
async function follow(page: Page, url: string): Promise<void> {
  const done = page.getByText('The terminal shows the next step.')
  const account = page.getByRole('button', { name: 'Alex Rivera' })
  const accept = page.getByRole('button', { name: 'Accept' })
  const any = done.or(account).or(accept)
  await page.goto(url)
  for (;;) {
    await any.first().waitFor()
    if (await done.isVisible()) return
    // The page can change at the same time, so the next round looks again.
    await any
      .first()
      .click({ timeout: 2000 })
      .catch(() => {})
    await page.waitForLoadState().catch(() => {})
  }
}

describe.skipIf(!hasChromium)('a person with Chromium', () => {
  test('passes every check at Entra ID, with the sign-out of hidden iframes', async ({
    provider,
    folder,
    write,
    variables,
    page,
  }) => {
    const origin = `http://localhost:${await unusedPort()}`
    provider.register({ frontChannelLogoutUri: `${origin}/front-channel-logout` })
    const { IDENTITY_AUTHORITY = '' } = variables
    write(
      'api.env',
      `IDENTITY_AUTHORITY=${IDENTITY_AUTHORITY}
IDENTITY_CLIENT_ID=${provider.api.clientId}
IDENTITY_CLIENT_SECRET=${provider.api.clientSecret}
`,
    )
    let steps = Promise.resolve()
    const lines: string[] = []
    const options = ['--scope', TODO_SCOPE, '--api-env', 'api.env', '--front-channel']
    const code = await runCli(['verify', '--wait', '30', ...options], {
      folder,
      env: { ...variables, IDENTITY_REDIRECT_URI: `${origin}/redirect` },
      out(line) {
        lines.push(line)
        const [, url] = / Open (http:\S+\?key=\S+)$/.exec(line) ?? []
        if (url !== undefined) steps = steps.then(() => follow(page, url))
      },
      error: (line) => lines.push(line),
    })
    await steps

    const file = join(folder, 'identity-verify-report.json')
    expect(existsSync(file), lines.join('\n')).toBe(true)
    const { result, checks } = JSON.parse(readFileSync(file, 'utf8')) as Report
    expect(result, lines.join('\n')).toBe('passed')
    expect(checks.find(({ check }) => check === 'front-channel')?.verdict).toBe('passed')
    expect(code).toBe(0)
  })
})
