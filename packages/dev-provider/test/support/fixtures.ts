import {
  startDevProvider,
  type Behaviour,
  type DevProviderOptions,
  type ProviderCookies,
} from 'identity-web-dev'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { test as base } from 'vitest'
import { createClock } from './clock.js'

/** Opens a page that is closed after the test. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>

/**
 * Vitest's `test` with a development provider. The README.md of identity-web's test/support explains the fixtures.
 */
export const test = base
  /** Options of the development provider of this file, for example other applications or users. */
  .extend('providerOptions', { scope: 'file' }, async (): Promise<DevProviderOptions> => ({}))
  /** The running provider of this file, its time and its log. Tests use `provider`. */
  .extend('fileProvider', { scope: 'file' }, async ({ providerOptions }, { onCleanup }) => {
    const time = { now: Date.now }
    const log: string[] = []
    const provider = await startDevProvider({
      now: () => time.now(),
      logger: (line) => log.push(line),
      ...providerOptions,
    })
    onCleanup(() => provider.close())
    return { provider, time, log }
  })
  /** The clock of the provider, of sites and of APIs. It shows the real time until a test advances it. */
  .extend('clock', () => createClock())
  /** Switches of the provider that are set before each test. */
  .extend('behaviour', (): Partial<Behaviour> => ({}))
  /** The development provider of this file, in its initial state. */
  .extend('provider', ({ fileProvider: { provider, time, log }, clock, behaviour }) => {
    time.now = clock.now
    log.length = 0
    provider.reset()
    provider.behave(behaviour)
    return provider
  })
  /** The lines that the provider logged in this test. */
  .extend('providerLog', ({ fileProvider, provider: _reset }) => fileProvider.log)
  /** The cookies of a simulated browser at the provider. */
  .extend('cookies', (): ProviderCookies => new Map())
  /** A Chromium for this file. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('chromium', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { launchChromium } = await import('../../../../test/chromium.js')
    const chromium = await launchChromium()
    onCleanup(() => chromium.close())
    return chromium
  })
  /** Opens a page of Chromium in a new context, which has no cookies. */
  .extend('openPage', ({ chromium }, { onCleanup }): OpenPage => {
    const pages: Page[] = []
    onCleanup(async () => void (await Promise.all(pages.map((page) => page.context().close()))))
    return async (options) => {
      const page = await (await chromium.newContext(options)).newPage()
      pages.push(page)
      return page
    }
  })
  /** A page of Chromium. */
  .extend('page', ({ openPage }) => openPage())

export { describe, expect, vi } from 'vitest'
