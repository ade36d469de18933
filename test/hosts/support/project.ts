import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { versionsIn } from '../../aliases.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const packed = `${root}.artifacts/packages`

/** A copy of an example outside the workspace, with the packed library and its own packages, as a user has it. */
export interface Project {
  readonly folder: string
  /** Runs a command, such as the build, and returns its output. @throws Error with the output if it fails. */
  run(command: readonly string[], env?: Environment): string
  /** Starts a server, and waits until it responds at `url`. */
  start(command: readonly string[], url: string, env?: Environment): Promise<RunningServer>
  /** Returns the text of a file. */
  read(path: string): string
  /** Writes a file of the project, for example `.env`. */
  write(path: string, text: string): void
  /** Replaces texts of a file. @throws Error if the file does not contain one of them. */
  edit(
    path: string,
    ...changes: readonly (readonly [before: string | RegExp, after: string])[]
  ): void
}

export type Environment = Readonly<Record<string, string>>

export interface RunningServer {
  readonly url: string
  /** What the server has printed. */
  output(): string
  close(): Promise<void>
}

/**
 * Copies `examples/<name>` to `.artifacts/hosts/<name>`, and installs the packages of its lockfile and the libraries of `npm pack`.
 * Installed packages stay there for the next run, until they change.
 *
 * @param node - The line of Node.js that runs the commands of the example. The default is that of the tests.
 */
export function installExample(name: string, node?: number): Project {
  const all = `${root}.artifacts/hosts`
  const folder = `${all}/${name}`
  emptyProject(folder)
  cpSync(`${root}examples/${name}`, folder, {
    recursive: true,
    filter: (path) => !/[/\\](node_modules|\.artifacts)$/.test(path),
  })
  for (const shared of ['mark.svg', 'pages.ts', 'serverless-pages.ts', 'style.css'])
    cpSync(`${root}examples/${shared}`, `${all}/${shared}`)
  const project = openProject(folder, node)
  if (process.env['IDENTITY_WEB_VERSIONS'] === undefined) {
    // The copy is in `.artifacts`, as the packed libraries are.
    project.edit('package-lock.json', ['../../.artifacts/', '../../'])
    const isReady = { IDENTITY_WEB_IS_BUILT: 'yes', IDENTITY_WEB_IS_PACKED: 'yes' }
    project.run(['node', `${root}scripts/trees.mjs`, folder], isReady)
    installBun(folder)
  } else {
    rmSync(join(folder, 'package-lock.json'))
    installPackages(folder, node)
  }
  return project
}

/** Removes the files of a project, but not its packages. */
export function emptyProject(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const entry of readdirSync(folder))
    if (entry !== 'node_modules' && entry !== 'package-lock.json')
      rmSync(join(folder, entry), { recursive: true, force: true })
}

/**
 * Installs the packages of a project, and the libraries of `npm pack`. Packages that an earlier run installed stay, unless the
 * dependencies have changed.
 */
export function installPackages(folder: string, node?: number): void {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8')
  const { dependencies, devDependencies } = JSON.parse(withTarballs(manifest)) as Record<
    string,
    object
  >
  const needed = JSON.stringify({ dependencies, devDependencies })
  const stamp = join(folder, 'node_modules/.installed-for')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== needed) {
    for (const entry of ['node_modules', 'package-lock.json'])
      rmSync(join(folder, entry), { recursive: true, force: true })
    writeFileSync(join(folder, 'package.json'), withTarballs(manifest))
    const options = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
    // Nobody has looked at the scripts of the newest versions yet.
    if (process.env['IDENTITY_WEB_VERSIONS'] !== undefined) options.push('--ignore-scripts')
    openProject(folder, node).run(['npm', 'install', ...options])
    installBun(folder)
    writeFileSync(stamp, needed)
  }
  for (const tarball of libraries()) {
    const target = join(folder, 'node_modules', packageOf(tarball))
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true })
    runIn(folder, ['tar', '-xzf', join(packed, tarball), '-C', target, '--strip-components=1'])
  }
}

/** npm does not run the script of Bun, which copies the program that the tests start. */
function installBun(folder: string): void {
  const bun = join(folder, 'node_modules/bun/install.js')
  if (existsSync(bun)) runIn(folder, ['node', bun])
}

/** Returns the functions that run the programs of a project. */
export function openProject(folder: string, node?: number): Project {
  const own: Environment =
    node === undefined ? {} : { PATH: `${nodeFolder(node)}:${process.env['PATH'] ?? ''}` }
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return {
    folder,
    run: (command, env) => runIn(folder, command, { ...own, ...env }),
    start: (command, url, env) => startIn(folder, { command, url, env: { ...own, ...env } }),
    read,
    write,
    edit(path, ...changes) {
      let text = read(path)
      for (const [before, after] of changes) {
        const changed = text.replaceAll(before, () => after)
        if (changed === text) throw new Error(`${path} does not contain ${before}`)
        text = changed
      }
      write(path, text)
    },
  }
}

/** Returns a port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Returns the folder with the program of a line of Node.js, which npx gets from npm. */
export function nodeFolder(line: number): string {
  const args = ['--yes', `--package=node@${line}`, '--call', 'node -p process.execPath']
  return dirname(execFileSync('npx', args, { encoding: 'utf8' }).trim())
}

/** The tarballs of the libraries that an application imports. */
function libraries(): string[] {
  return readdirSync(packed).filter((name) => name.startsWith('identity-web'))
}

/** Returns the tarball of a package that `npm pack` wrote. */
export function tarballOf(name: string): string {
  const found = readdirSync(packed).find((tarball) => packageOf(tarball) === name)
  if (found === undefined)
    throw new Error(`The tarball of ${name} is missing. Run packLibraries().`)
  return join(packed, found)
}

/** `identity-web-1.0.0.tgz` → `identity-web` */
function packageOf(tarball: string): string {
  return tarball.replace(/-\d+\..*$/, '')
}

/**
 * Replaces the versions of the libraries, which are not published yet, with the tarballs, and other versions with those that
 * `npm run -C maintain canary` tries.
 */
export function withTarballs(manifest: string): string {
  const json = JSON.parse(manifest) as Record<string, Record<string, string> | undefined>
  const others = process.env['IDENTITY_WEB_VERSIONS']
  for (const group of ['dependencies', 'devDependencies']) {
    for (const [name, version] of Object.entries(others === undefined ? {} : versionsIn(others)))
      if (json[group]?.[name] !== undefined) json[group][name] = version
    for (const tarball of libraries()) {
      const dependencies = json[group]
      if (dependencies?.[packageOf(tarball)] !== undefined)
        dependencies[packageOf(tarball)] = `file:${join(packed, tarball)}`
    }
  }
  return JSON.stringify(json, undefined, 2)
}

function runIn(
  folder: string,
  [command = '', ...args]: readonly string[],
  env: Environment = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: environmentOf(folder, env),
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `${stdout}\n${stderr}`}`)
  return stdout + stderr
}

async function startIn(
  folder: string,
  {
    command: [command = '', ...args],
    url,
    env = {},
  }: {
    readonly command: readonly string[]
    readonly url: string
    readonly env: Environment | undefined
  },
): Promise<RunningServer> {
  // `npx` and other tools start further processes. A new process group contains all of them, so that `close` ends them too.
  const child = spawn(command, args, {
    cwd: folder,
    env: environmentOf(folder, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output += String(chunk)))
  const close = (): Promise<void> => endGroup(child)
  try {
    await responds(url, child)
  } catch (error) {
    await close()
    throw new Error(`${command} ${args.join(' ')} did not start:\n${output}`, { cause: error })
  }
  return { url, output: () => output, close }
}

/** The example finds its own programs, and none of the repository's settings. */
function environmentOf(folder: string, env: Environment): NodeJS.ProcessEnv {
  const { HOME, TMPDIR, npm_config_cache: cache, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE } = process.env
  const { PATH = process.env['PATH'] ?? '', ...others } = env
  return {
    PATH: `${join(folder, 'node_modules/.bin')}:${PATH}`,
    HOME,
    TMPDIR,
    npm_config_cache: cache,
    // The certificates of a proxy, without which package managers cannot download.
    NODE_EXTRA_CA_CERTS,
    SSL_CERT_FILE,
    CI: 'true',
    ...others,
  }
}

async function responds(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + 60_000
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
    try {
      await fetch(url, { redirect: 'manual' })
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error(`${url} did not respond within a minute.`)
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
  await ended
}
