import type { BrowserContextOptions } from 'playwright-core'

/** The window of most pictures. Two pixels for each point, because most screens have them. */
export const DESKTOP = {
  viewport: { width: 800, height: 618 },
  deviceScaleFactor: 2,
  colorScheme: 'light',
  locale: 'en-US',
  timezoneId: 'UTC',
  reducedMotion: 'reduce',
} as const satisfies BrowserContextOptions

export const PHONE = { ...DESKTOP, viewport: { width: 390, height: 520 } } as const

/** For pages with a few lines. */
export const SMALL = { ...DESKTOP, viewport: { width: 800, height: 420 } } as const

/** For three pictures beside each other, whose text must stay readable. */
export const FRAME = { width: 440, height: 330 } as const
