import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { freePort } from '../support/port.ts'
import { startProgram } from '../support/program.ts'

/** A runtime other than Node.js that runs the packages of npm. */
export type RuntimeName = 'Bun' | 'Deno'

/** A program of the folder `programs` that runs in a runtime. */
export interface RunningProgram {
  readonly url: URL
  close(): Promise<void>
}

interface Runtimes {
  findRuntimes(): { readonly name: string; readonly command: string; readonly args: string[] }[]
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
/** The packages that the programs import. */
const PACKAGES = ['express', 'hono', 'ioredis', 'redis']

/**
 * Starts a program in a runtime. The program imports the built package from a folder `node_modules`, as npm installs it.
 *
 * @param variables - Environment variables of the program.
 */
export async function startRuntime(
  name: RuntimeName,
  program: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  const { findRuntimes } = (await import(
    /* @vite-ignore */ new URL('scripts/runtimes.mjs', `file://${root}`).href
  )) as Runtimes
  const runtime = findRuntimes().find((one) => one.name === name)
  if (runtime === undefined) throw new Error(`${name} is not installed.`)
  mkdirSync(`${root}.artifacts/matrix`, { recursive: true })
  const folder = mkdtempSync(`${root}.artifacts/matrix/program-`)
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const file = join(folder, 'program.mjs')
    installPackages(folder)
    await bundle(program, file)
    const port = await freePort()
    const running = await startProgram(runtime.command, [...runtime.args, file], 'ready', {
      cwd: folder,
      env: { ...process.env, ...variables, PORT: String(port) },
    })
    return {
      url: new URL(`http://127.0.0.1:${port}`),
      async close() {
        await running.end('SIGKILL')
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** Deno treats a package outside of `node_modules` as source code, so the library is copied. */
function installPackages(folder: string): void {
  const installed = join(folder, 'node_modules')
  mkdirSync(installed)
  for (const name of PACKAGES) symlinkSync(`${root}node_modules/${name}`, join(installed, name))
  for (const part of ['package.json', 'dist']) {
    cpSync(`${root}packages/identity-web/${part}`, join(installed, 'identity-web', part), {
      recursive: true,
    })
  }
  const dependencies = Object.fromEntries(['identity-web', ...PACKAGES].map((one) => [one, '*']))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies }))
}

async function bundle(program: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    packages: 'external',
    // The paths of the repository's tsconfig lead to the sources.
    tsconfigRaw: {},
    logLevel: 'error',
  })
}
