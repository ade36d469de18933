import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDevProvider } from 'identity-web-dev'
import { test as base } from 'vitest'
import { freePort } from '../../packages/identity-web/test/support/port.ts'
import { openProject, type Environment } from '../hosts/support/project.ts'

/** The application with the old library, or the migrated one. */
export type Side = 'before' | 'after'

/** `npm test` visits only the migrated applications, because the old libraries are not packages of the root. */
export const sides: readonly Side[] =
  process.env['MIGRATIONS'] === undefined ? ['after'] : ['before', 'after']

/** Runs Node.js with these arguments. `env` gets the URL of the server, and returns its settings. It stops after the test file. */
export type Start = (
  args: string | readonly string[],
  env: (url: string) => Environment,
) => Promise<string>

/** Vitest's `test` for the applications in `examples/migrations/<library>`. */
export const migrationTest = (library: string) =>
  base
    /** A development provider with https, because the old libraries require https. */
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
    .extend('provider', { scope: 'file' }, async ({}, { onCleanup }) => {
      const provider = await startDevProvider({ tls: true })
      onCleanup(() => provider.close())
      return provider
    })
    /** The file with the certificate that the programs must trust. */
    .extend('certificateFile', { scope: 'file' }, ({ provider }, { onCleanup }) => {
      const folder = mkdtempSync(join(tmpdir(), 'migration-'))
      onCleanup(() => rmSync(folder, { recursive: true, force: true }))
      const file = join(folder, 'ca.pem')
      writeFileSync(file, provider.certificate ?? '')
      return file
    })
    /** Starts programs of `before` and `after`. */
    .extend('startOf', { scope: 'file' }, ({ certificateFile }, { onCleanup }) => {
      const ends: (() => Promise<void>)[] = []
      onCleanup(async () => void (await Promise.allSettled(ends.map((end) => end()))))
      return (side: Side): Start =>
        async (args, env) => {
          const port = await freePort()
          const url = `http://localhost:${port}`
          const folder = new URL(`../../examples/migrations/${library}/${side}/`, import.meta.url)
          const starting = openProject(fileURLToPath(folder)).start(
            [process.execPath, ...[args].flat()],
            url,
            { PORT: String(port), NODE_EXTRA_CA_CERTS: certificateFile, ...env(url) },
          )
          // Another program may fail while this one still starts.
          ends.push(async () => (await starting).close())
          await starting
          return url
        }
    })
