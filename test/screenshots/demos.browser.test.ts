import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, test as base } from '../../packages/dev-provider/test/support/fixtures.ts'
import { freePort } from '../../packages/identity-web/test/support/port.ts'
import { hasChromium } from '../chromium.ts'
import { runDemo } from '../demo.ts'
import { expectPicture, type Replacement } from './picture.ts'
import { DESKTOP, PHONE } from './windows.ts'

// Next.js compiles each page at its first request.
const PATIENT = { timeout: 120_000 }

/** The ports that a reader sees. */
const SHOWN = { PORT: '3000', PROVIDER_PORT: '5100', API_PORT: '5200' }

const test = base.extend('open', ({ openPage }, { onCleanup }) =>
  /** Starts a demo, and opens its page. */
  async (name: string, options: BrowserContextOptions = DESKTOP) => {
    const ports = Object.fromEntries(
      await Promise.all(Object.keys(SHOWN).map(async (key) => [key, String(await freePort())])),
    ) as Record<keyof typeof SHOWN, string>
    const demo = await runDemo([name], ports)
    onCleanup(() => demo.stop())
    const page = await openPage(options)
    page.setDefaultTimeout(PATIENT.timeout)
    await page.goto(demo.url)
    const replace = Object.entries(SHOWN).map(([key, port]): Replacement => [
      new RegExp(`localhost:${ports[key as keyof typeof SHOWN]}`, 'g'),
      `localhost:${port}`,
    ])
    const shoot = (path: string, more: readonly Replacement[] = []): Promise<void> =>
      expectPicture(page, path, { replace: [...replace, ...more] })
    return { page, shoot }
  },
)

async function signIn(page: Page, name = /Alex/): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('button', { name: /accept/i }).click()
}

describe.skipIf(!hasChromium)('pictures', () => {
  test('of the demo', PATIENT, async ({ open }) => {
    const { page, shoot } = await open('entra-id')
    await page.getByRole('button', { name: /Alex/ }).waitFor()
    await shoot('docs/images/account-picker.png')
    await page.getByRole('button', { name: /Alex/ }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
    await shoot('examples/express/screenshot.png')
    await page.emulateMedia({ colorScheme: 'dark' })
    await shoot('docs/images/demo-dark.png')
    await page.emulateMedia({ colorScheme: 'light' })

    await page.getByRole('link', { name: 'Call an API' }).click()
    await page.getByText('User.Read').first().waitFor()
    await shoot('docs/images/consent.png')
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByText('"displayName"').waitFor()
    await shoot('docs/images/call-an-api.png')
  })

  test('of the demo of a code', PATIENT, async ({ open }) => {
    const { page, shoot } = await open('device-code')
    await page.getByText('Waiting for you to enter the code').waitFor()
    const code = await page.locator('#code').innerText()
    await shoot('docs/images/device-code.png', [[new RegExp(code), 'ABCD2EFGH']])
  })

  test('of a web app and its API', PATIENT, async ({ open }) => {
    const { page, shoot } = await open('web-and-api')
    await signIn(page)
    await page.getByRole('heading', { name: 'Your todos' }).waitFor()
    for (const title of ['Water the plants', 'Call the team']) {
      await page.getByRole('link', { name: 'Add a todo' }).click()
      const accept = page.getByRole('button', { name: /accept/i })
      await accept.or(page.getByLabel('Title')).first().waitFor()
      if (await accept.isVisible()) await accept.click()
      await page.getByLabel('Title').fill(title)
      await page.getByRole('button', { name: 'Add' }).click()
      await page.getByText(title).waitFor()
    }
    await shoot('examples/web-and-api/screenshot.png')
  })

  test('of the SDKs of Azure and Microsoft Graph', PATIENT, async ({ open }) => {
    const { page, shoot } = await open('azure')
    await signIn(page)
    await page.getByText('Access Azure Storage').waitFor()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByRole('heading', { name: 'Your files and mail' }).waitFor()
    await page.setViewportSize({ width: 800, height: 720 })
    await shoot('examples/azure-sdk/screenshot.png')
  })

  test('of a React application', PATIENT, async ({ open }) => {
    const { page, shoot } = await open('bff')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await signIn(page)
    await page.getByText('Your list is empty.').waitFor()
    for (const title of ['Water the plants', 'Call the team']) {
      await page.getByLabel('New todo').fill(title)
      await page.getByRole('button', { name: 'Add' }).click()
      await page.getByText(title).waitFor()
    }
    await shoot('examples/react-bff/screenshot.png')
    await page.setViewportSize(PHONE.viewport)
    await shoot('examples/react-bff/phone.png')
  })

  test('of an MCP server', PATIENT, async ({ open }) => {
    const { page, shoot } = await open('mcp')
    await page.getByRole('button', { name: 'Ask for the hours' }).click()
    await signIn(page, /Sam/)
    await page.getByRole('heading', { name: 'The result of the tool' }).waitFor()
    await page.getByRole('button', { name: 'Close the office' }).click()
    await page.getByText('Open and close the office').waitFor()
    await shoot('docs/images/mcp-consent.png')
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByText('closed the office').waitFor()
    await page.setViewportSize({ width: 800, height: 1000 })
    await shoot('examples/mcp/screenshot.png')
  })

  // Their pages are those of the Express example. Each must look like it.
  test.for(['fastify', 'fetch', 'hono', 'koa', 'nestjs', 'next'])(
    'of the example %s',
    PATIENT,
    async (name, { open }) => {
      const { page, shoot } = await open(name)
      await signIn(page)
      await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
      await shoot(`examples/${name}/screenshot.png`)
    },
  )
})
