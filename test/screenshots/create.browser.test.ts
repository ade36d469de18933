import { describe, test } from '../../packages/dev-provider/test/support/fixtures.ts'
import { hasChromium } from '../chromium.ts'
import { createLinkedProject } from '../create/support/linked-project.ts'
import { changingTexts, expectPictureOfProject } from '../create/support/picture.ts'
import { freePort } from '../hosts/support/project.ts'
import { expectPicture } from './picture.ts'
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
      // The provider uses the next port if this one is in use.
      const provider = /localhost:51\d\d/
      const replace = changingTexts(origin, provider)
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
      await page.getByText('The claims of your ID token').click()
      await shootFrame('data')
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(DESKTOP.viewport)
      await expectPictureOfProject(page, provider)
    },
  )
})
