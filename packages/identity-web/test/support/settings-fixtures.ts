import { test as base, vi } from 'vitest'

/** Vitest's `test` without the settings of the process. */
export const test = base.extend('withoutSettings', { auto: true }, () => {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('IDENTITY_')) vi.stubEnv(name, undefined)
  }
})

export { describe, expect, vi } from 'vitest'
