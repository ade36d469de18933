import { execFile } from 'node:child_process'
import {
  cpSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '../../support/port.ts'
import { startProgram } from '../../support/program.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const root = here('../../../../..')

/** An application of Next.js, built. */
export interface NextBuild {
  /** Serves it, with settings that are read now. */
  start(
    environment: Readonly<Record<string, string>>,
  ): Promise<{ readonly url: URL; close(): Promise<void> }>
}

/**
 * Builds `next-app`, in a folder of its own: Next.js writes beside the sources.
 *
 * @param version - Of Next.js; before 16 the proxy is a middleware, on the edge runtime.
 */
export async function buildNext(version: 15 | 16, basePath = ''): Promise<NextBuild> {
  const folder = join(root, `.artifacts/next-${version}`)
  rmSync(folder, { recursive: true, force: true })
  cpSync(here('../next-app'), folder, { recursive: true })
  let next = join(root, 'node_modules/next')
  if (version === 15) {
    next = join(folder, 'node_modules/next')
    // It finds its own parts by the name `next` only.
    link(join(root, 'node_modules/next15'), next)
    const proxy = readFileSync(join(folder, 'proxy.ts'), 'utf8')
    writeFileSync(
      join(folder, 'middleware.ts'),
      proxy.replace('export async function proxy', 'export async function middleware'),
    )
    rmSync(join(folder, 'proxy.ts'))
  }
  const program = join(next, 'dist/bin/next')
  const settings = {
    // Not that of the tests.
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    BASE_PATH: basePath,
  } as const
  await promisify(execFile)(process.execPath, [program, 'build'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...settings },
  })
  return {
    async start(environment) {
      const port = await freePort()
      const args = [program, 'start', '--port', String(port)]
      const server = await startProgram(process.execPath, args, 'Ready in', {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          // `npm test` measures the coverage of the adapter with it: see scripts/coverage.mjs.
          NODE_V8_COVERAGE: process.env['IDENTITY_WEB_COVERAGE'] ?? '',
          ...settings,
          ...environment,
        },
      })
      return { url: new URL(`http://localhost:${port}`), close: () => server.end() }
    },
  }
}

function link(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) link(source, target)
    else linkSync(source, target)
  }
}
