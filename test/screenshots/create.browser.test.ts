import { describe, test } from '../../packages/dev-provider/test/support/fixtures.ts'
import { hasChromium } from '../chromium.ts'
import { createLinkedProject } from '../create/support/linked-project.ts'
import { freePort } from '../hosts/support/project.ts'
import { expectPicture, type Replacement } from './picture.ts'
import { DESKTOP, FRAME } from './windows.ts'

const COLORS = [
  ['light', ''],
  ['dark', '-dark'],
] as const

describe.skipIf(!hasChromium)('pictures', () => {
  test(
    'of a new project, and of a sign-in',
    { timeout: 120_000 },
    async ({ openPage, onTestFinished }) => {
      const project = createLinkedProject(onTestFinished)
      const port = String(await freePort())
      const origin = `http://localhost:${port}`
      const server = await project.start(['npm', 'run', 'dev'], origin, { PORT: port })
      onTestFinished(() => server.close())
      const page = await openPage({ ...DESKTOP, viewport: FRAME })
      const replace: Replacement[] = [
        [new RegExp(port, 'g'), '3000'],
        // The provider uses the next port if this one is in use.
        [/localhost:51\d\d/g, 'localhost:5100'],
        // The claim `uti`, which is different in each token.
        [/(?<![\w-])[\w-]{22}(?![\w-])/g, 'OqQ1Iw8xc9iDHMq64vClDg'],
        // The session at the provider.
        [/(?<="sid": ")[\w-]{36}/g, '38e7842c-cc60-4033-9a79-427850afc547'],
      ]
      /** A frame of the first page of the documentation, with light and with dark colors. */
      const shootFrame = async (name: string): Promise<void> => {
        for (const [colorScheme, end] of COLORS) {
          await page.emulateMedia({ colorScheme })
          await expectPicture(page, `docs/images/frame-${name}${end}.png`, { replace })
        }
      }

      await page.goto(origin)
      await shootFrame('visitor')
      await page.getByRole('link', { name: 'Sign in' }).click()
      const alex = page.getByRole('button', { name: /Alex/ })
      await alex.waitFor()
      await shootFrame('sign-in')
      await alex.click()
      await page.getByRole('button', { name: /accept/i }).click()
      await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
      const claims = page.getByText('The claims of your ID token')
      await claims.click()
      await shootFrame('data')
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(DESKTOP.viewport)
      // After a change of the size, Chromium rounds the position of the claims up or down.
      await page.reload()
      await claims.click()
      await expectPicture(page, 'docs/images/create.png', { replace })
    },
  )
})
