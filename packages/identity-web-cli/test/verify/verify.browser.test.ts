import type { Page } from 'playwright-core'
import { hasChromium, launchChromium } from '../../../../test/chromium.js'
import { describe, expect, test as base } from '../support/fixtures.js'
import { verifyWithPerson } from './person.js'
import { TODO_SCOPE, writeVariables } from './setups.js'

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
    const { IDENTITY_REDIRECT_URI: _own, ...env } = variables
    writeVariables(write, provider, { IDENTITY_AUTHORITY: provider.authority() })

    const run = await verifyWithPerson({
      folder,
      provider,
      env,
      args: ['--scope', TODO_SCOPE, '--api-env', 'api.env', '--front-channel'],
      person: { open: (url) => follow(page, url) },
    })

    expect(run.report?.result, run.out + run.error).toBe('passed')
    expect(run.checks['front-channel']?.verdict).toBe('passed')
    expect(run.code).toBe(0)
  })
})
