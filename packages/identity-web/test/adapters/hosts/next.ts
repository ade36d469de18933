import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
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
import { versionsIn } from '../../../../../test/aliases.ts'
import { freePort } from '../../support/port.ts'
import { startProgram } from '../../support/program.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const root = here('../../../../..')

/** An application of Next.js, built. */
export interface NextBuild {
  /** Returns the responses of `fetch` that Next.js stored on the disk. */
  storedFetches(): string[]
  /** Serves it, with settings that are read now. */
  start(
    environment: Readonly<Record<string, string>>,
  ): Promise<{ readonly url: URL; close(): Promise<void> }>
}

/** The folders that a sign-in, a refresh and a server action do not need. */
const MORE_PAGES = [
  '[[...page]]',
  'cached',
  'calling',
  'failing',
  'guarded',
  'links',
  'slow',
  'static',
]

/**
 * Builds a copy of `next-app`, because Next.js writes its files next to the sources.
 *
 * @param version - Of Next.js; before 16 the proxy is a middleware, on the edge runtime.
 * @param isBrief - Whether to build only the pages for `nextCases` with `isBrief`, which takes less time. It has `forbidden.tsx`.
 */
export async function buildNext(
  version: 15 | 16,
  {
    basePath = '',
    isBrief = false,
  }: { readonly basePath?: string; readonly isBrief?: boolean } = {},
): Promise<NextBuild> {
  const { folder, program, settings } = prepare('next-app', version, { basePath, isBrief })
  if (isBrief) {
    for (const name of MORE_PAGES)
      rmSync(join(folder, 'app', name), { recursive: true, force: true })
  }
  await promisify(execFile)(process.execPath, [program, 'build'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      ...settings,
      ...(isBrief && version === 15 && { MINIFY: 'no' }),
    },
  })
  const fetches = join(folder, '.next/cache/fetch-cache')
  return {
    storedFetches: () =>
      existsSync(fetches)
        ? readdirSync(fetches).map((file) => readFileSync(join(fetches, file), 'utf8'))
        : [],
    async start(environment) {
      const port = await freePort()
      const args = [program, 'start', '--port', String(port)]
      const server = await startProgram(process.execPath, args, 'Ready in', {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          ...settings,
          ...environment,
        },
      })
      return { url: new URL(`http://localhost:${port}`), close: () => server.end() }
    },
  }
}

/** Builds `next-static-app`, which cannot be built, and returns the output. */
export function failToBuildNext(version: 15 | 16): Promise<string> {
  const { folder, program, settings } = prepare('next-static-app', version)
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, 'build'],
      { cwd: folder, env: { PATH: process.env['PATH'], ...settings } },
      (error, stdout, stderr) =>
        resolve(`${error === null ? 'The build succeeded.' : ''}${stdout}${stderr}`),
    )
  })
}

/** Copies an application to a new folder, and returns how to run Next.js there. */
function prepare(
  app: 'next-app' | 'next-static-app',
  version: 15 | 16,
  {
    basePath = '',
    isBrief = false,
  }: { readonly basePath?: string; readonly isBrief?: boolean } = {},
) {
  const site = app === 'next-app' ? 'next' : 'next-static'
  const folder = join(root, `.artifacts/${site}-${version}${isBrief ? '-brief' : ''}`)
  rmSync(folder, { recursive: true, force: true })
  cpSync(here(`../${app}`), folder, { recursive: true })
  // Its packages are large, and only the long suites need them.
  const [name, tree] = version === 15 ? ['next15', join(root, 'maintain')] : ['next', root]
  const others = process.env['IDENTITY_WEB_VERSIONS']
  const installed = join(
    others !== undefined && name in versionsIn(others) ? others : tree,
    'node_modules',
    name,
  )
  let next = join(root, 'node_modules/next')
  if (installed !== next) {
    next = join(folder, 'node_modules/next')
    // It finds its own parts by the name `next` only.
    link(installed, next)
    // Its compiler is beside it if npm did not put it into the package.
    const compiler = join(installed, '../@next')
    if (existsSync(compiler)) link(compiler, join(folder, 'node_modules/@next'))
  }
  if (version === 15 && existsSync(join(folder, 'proxy.ts'))) {
    const proxy = readFileSync(join(folder, 'proxy.ts'), 'utf8')
    writeFileSync(
      join(folder, 'middleware.ts'),
      proxy.replace('export async function proxy', 'export async function middleware'),
    )
    rmSync(join(folder, 'proxy.ts'))
  }
  return {
    folder,
    program: join(next, 'dist/bin/next'),
    settings: {
      // Not that of the tests.
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      BASE_PATH: basePath,
      ...(isBrief && { AUTH_INTERRUPTS: 'yes' }),
    } as const,
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
