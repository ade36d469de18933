import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '../support/fixtures.js'

/** The fixtures of fixtures.ts with https, which MSAL Python requires, and the environment of a Python program. */
export const test = base
  .extend('providerOptions', { tls: true })
  /** The variables that let Python trust the provider. */
  .extend('pythonEnv', { scope: 'file' }, async ({ fileProvider }, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'identity-web-dev-python-'))
    onCleanup(() => rm(folder, { recursive: true }))
    const file = join(folder, 'ca.pem')
    await writeFile(file, fileProvider.provider.certificate ?? '')
    return { REQUESTS_CA_BUNDLE: file }
  })

export { describe, expect } from 'vitest'
