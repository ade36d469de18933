import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test as base } from 'vitest'

const folder = fileURLToPath(new URL('../..', import.meta.url))
/** The loader of `@angular/build`, which `ng build` passes to the workers that run `server.ts`. */
const LOADER =
  'node_modules/@angular/build/src/utils/server-rendering/esm-in-memory-loader/register-hooks.js'

/** A server without settings, as `server.ts` of Angular has it. Its name says which guards it uses. */
const SERVERS = {
  Auth: `import express from 'express'
    import { Auth } from 'identity-web/express'
    new Auth(express(), { browser: { sessionView: (user) => user } })
    console.log('started')`,
  ApiAuth: `import express from 'express'
    import { ApiAuth } from 'identity-web/express'
    new ApiAuth(express())
    console.log('started')`,
  'Auth of identity-web/fetch': `import { Auth } from 'identity-web/fetch'
    new Auth()
    console.log('started')`,
} as const

const RUN_IN_WORKER = `import { Worker } from 'node:worker_threads'
  const [, server, ...execArgv] = process.argv
  new Worker(server, { execArgv })`

// The tests use the built package.
const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('loaderOf', ({}, { onCleanup }) => {
    const target = mkdtempSync(join(tmpdir(), 'angular-build-'))
    onCleanup(() => rmSync(target, { recursive: true }))
    return (path: string) => {
      const file = join(target, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, '')
      return `--import=${pathToFileURL(file).href}`
    }
  })
  /** Starts a server in production, in the main thread or in a worker, with arguments of Node.js. */
  .extend(
    'start',
    ({ loaderOf: _temporary }, { onCleanup }) =>
      (code: string, execArgv: string[], isWorker: boolean) => {
        const server = join(folder, `.angular-build-${process.pid}.mjs`)
        writeFileSync(server, code)
        onCleanup(() => rmSync(server, { force: true }))
        const { stdout, stderr, status } = spawnSync(
          process.execPath,
          isWorker
            ? ['--input-type=module', '--eval', RUN_IN_WORKER, '--', server, ...execArgv]
            : [...execArgv, server],
          { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } },
        )
        return { output: stdout + stderr, status }
      },
  )

test.for(Object.entries(SERVERS))(
  'while Angular builds, a server with %s needs no settings, and logs nothing about them',
  ([, code], { loaderOf, start }) => {
    const { output, status } = start(code, [loaderOf(LOADER)], true)

    expect([output.trim(), status]).toEqual(['started', 0])
  },
)

test.for([
  ['in the main thread with the loader of Angular', LOADER, false],
  ['in a worker', undefined, true],
  ['in a worker with another loader', 'node_modules/other/register-hooks.js', true],
  [
    'in a worker with another loader of @angular/build',
    'node_modules/@angular/build/src/hooks.js',
    true,
  ],
] as const)(
  'a server without settings does not start %s',
  ([, loader, isWorker], { loaderOf, start }) => {
    const { output, status } = start(SERVERS.Auth, loader ? [loaderOf(loader)] : [], isWorker)

    expect(output).toContain('IDENTITY_AUTHORITY is missing')
    expect(output).not.toContain('started')
    expect(status).toBe(1)
  },
)
