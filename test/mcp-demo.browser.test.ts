import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { hasChromium } from './chromium.ts'
import { demoTest } from './demo.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const screenshots = `${root}.artifacts/mcp-demo/`

mkdirSync(screenshots, { recursive: true })

// The client of the demo is the official client of the TypeScript SDK, version 2.
const test = demoTest(['mcp'], { PORT: '6300', API_PORT: '6360', PROVIDER_PORT: '6420' })

const shoot = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })

test('the demo prints the client ID for each MCP client', ({ demo }) => {
  const id = '77777777-8888-4999-8aaa-bbbbbbbbbbbb'
  for (const start of [
    `claude mcp add --transport http --client-id ${id} office http://localhost:6360/mcp`,
    `codex mcp add office --url http://localhost:6360/mcp --oauth-client-id ${id}`,
    `npx mcp-remote http://localhost:6360/mcp --static-oauth-client-info '{"client_id":"${id}"}'`,
    `npx @modelcontextprotocol/inspector --cli http://localhost:6360/mcp --transport http --client-id ${id}`,
    `.vscode/mcp.json  {"servers":{"office":{"type":"http","url":"http://localhost:6360/mcp","oauth":{"clientId":"${id}"}}}}`,
    `.cursor/mcp.json  {"mcpServers":{"office":{"url":"http://localhost:6360/mcp","auth":{"CLIENT_ID":"${id}"}}}}`,
  ])
    expect(demo.printed).toContain(start)
})

describe.skipIf(!hasChromium)('an MCP client and an MCP server in a real browser', () => {
  test('an administrator signs in, reads mail through a tool, and allows more for another tool', async ({
    page,
    url,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(url)
    await shoot(page, '1-start')

    await page.getByRole('button', { name: 'Ask for the hours' }).click()
    await page.getByRole('button', { name: /Sam/ }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByRole('heading', { name: 'The result of the tool' }).waitFor()
    expect(await page.getByRole('status').innerText()).toContain('Open until 18:00.')
    // Without the code of the sign-in, so that the page can be loaded again.
    expect(page.url()).toBe(`${url}/`)
    const allowed = page.getByRole('region', { name: 'What you have allowed' })
    expect(await allowed.innerText()).toMatch(/localhost:\d+\/mcp\/Tools\.Use/)
    expect(await allowed.innerText()).not.toContain('Office.Manage')

    // Without a step of the user: the server gets a token for Microsoft Graph on behalf of the user.
    await page.getByRole('button', { name: 'Read my mail' }).click()
    await page.getByRole('heading', { name: 'The result of the tool' }).waitFor()
    expect((await page.getByRole('status').innerText()).split('\n').length).toBeGreaterThan(2)

    await page.getByRole('button', { name: 'Close the office' }).click()
    await page.getByText('Open and close the office').waitFor()
    await shoot(page, '2-step-up')
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByRole('heading', { name: 'The result of the tool' }).waitFor()
    expect(await page.getByRole('status').innerText()).toContain(
      'Sam Okafor closed the office: The heating is broken',
    )
    expect(await allowed.innerText()).toContain('Office.Manage')
    await shoot(page, '3-result')
    await page.emulateMedia({ colorScheme: 'dark' })
    await shoot(page, '4-dark')
  })

  test('a user who may not allow more can still call the other tools', async ({ page, url }) => {
    await page.goto(url)
    await page.getByRole('button', { name: 'Ask for the hours' }).click()
    await page.getByRole('button', { name: /Alex/ }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByRole('heading', { name: 'The result of the tool' }).waitFor()

    await page.getByRole('button', { name: 'Close the office' }).click()
    await page.waitForURL(/\/authorize|\/consent|\/common|onmicrosoft/)
    await shoot(page, '5-administrator-needed')

    await page.goto(url)
    await page.getByRole('button', { name: 'Ask for the hours' }).click()
    await page.getByRole('heading', { name: 'The result of the tool' }).waitFor()
  })
})
