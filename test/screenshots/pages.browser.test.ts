import {
  describe,
  test as base,
} from '../../packages/dev-provider/test/support/browser-fixtures.ts'
import { stops } from '../../packages/dev-provider/test/support/page-tour.ts'
import { startPageServer } from '../../packages/identity-web/test/support/page-server.ts'
import { hasChromium } from '../chromium.ts'
import { expectPicture, type Replacement } from './picture.ts'
import { DESKTOP } from './windows.ts'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('pages', { scope: 'file' }, async ({}, { onCleanup }) => {
    const server = await startPageServer({
      appName: 'Contoso Expenses',
      logo: '/logo.svg',
    })
    onCleanup(() => server.close())
    return server
  })

describe.skipIf(!hasChromium)('pictures', () => {
  test.for([
    ['problems', 'en-US', 'missing-settings'],
    ['sign-in-failed-in-development', 'en-US', 'error-in-development'],
    ['approval', 'en-US', 'error-page'],
    ['approval', 'de', 'error-page-german'],
  ] as const)(
    'of the page %s of the library: %s',
    async ([name, locale, file], { openPage, pages }) => {
      const page = await openPage({ ...DESKTOP, locale })
      await page.goto(`${pages.origin}/${name}`)
      await expectPicture(page, `docs/images/${file}.png`)
    },
  )

  test.for([
    ['home', 'development-provider'],
    ['requests', 'requests'],
    ['switches', 'switches'],
  ] as const)(
    'of the page %s of the development provider',
    async ([name, file], { app, openPage, provider }) => {
      const page = await openPage(DESKTOP)
      const open = new Map(stops).get(name)
      await open?.({ provider, page, appOrigin: app.origin })
      const { port } = new URL(provider.origin)
      const replace: Replacement[] = [
        [new RegExp(`localhost:${port}`, 'g'), 'localhost:5100'],
        [/(?<=IDENTITY_SESSION_SECRET=)\S+/g, '…'],
      ]
      await expectPicture(page, `docs/images/${file}.png`, { replace })
    },
  )
})
