import { describe, test } from '../../packages/dev-provider/test/support/fixtures.ts'
import { hasChromium } from '../chromium.ts'
import { createLinkedProject } from '../create/support/linked-project.ts'
import { freePort } from '../hosts/support/project.ts'
import { expectPicture } from './picture.ts'
import { DESKTOP } from './windows.ts'

describe.skipIf(!hasChromium)('pictures', () => {
  test('of a new project', { timeout: 120_000 }, async ({ openPage, onTestFinished }) => {
    const project = createLinkedProject(onTestFinished)
    const port = String(await freePort())
    const origin = `http://localhost:${port}`
    const server = await project.start(['npm', 'run', 'dev'], origin, { PORT: port })
    onTestFinished(() => server.close())
    const page = await openPage(DESKTOP)
    await page.goto(origin)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: /Alex/ }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
    await expectPicture(page, 'docs/images/create.png', {
      replace: [
        [new RegExp(port, 'g'), '3000'],
        // The provider uses the next port if this one is in use.
        [/localhost:51\d\d/g, 'localhost:5100'],
        // The claim `uti`, which is different in each token.
        [/(?<![\w-])[\w-]{22}(?![\w-])/g, 'OqQ1Iw8xc9iDHMq64vClDg'],
      ],
    })
  })
})
