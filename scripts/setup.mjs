// Prepares the repository for the other scripts. It only uses Node.js, because packages may not be installed yet.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The folder of the maintainer's programs, whose packages `npm ci` in the root does not install. */
export const maintain = `${root}maintain/`

/** The absolute path of a file that somebody named. npm starts programs in the folder of their package.json. */
export const givenPath = (path) => resolve(process.env.INIT_CWD ?? '', path)

/** Runs a command in the repository and ends this process with its code when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error !== undefined) console.error(`${command}: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}

/** Installs the npm packages of a folder's lockfile unless they are already installed. `args` are those of `npm ci`. */
export function installPackages(folder = root, args = []) {
  const lock = `${folder}package-lock.json`
  const installed = `${folder}node_modules/.package-lock.json`
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.log('Installing the npm packages…')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...args], { cwd: folder })
}

/**
 * Compiles the packages. This takes a second or two when they are up to date. It runs only once, because tests start
 * several demos at the same time, and a demo must not write files that another one is loading.
 */
export function build() {
  if (process.env.IDENTITY_WEB_IS_BUILT) return
  run('npm', ['run', 'build', '--silent'])
  process.env.IDENTITY_WEB_IS_BUILT = 'yes'
}

/** Where Debian installs packages of Python. */
const pythonPackages = '/usr/lib/python3/dist-packages'

/** The programs that the tests need besides Node.js: the Debian package and the path of a file in it. */
const tools = [
  { name: 'chromium', path: process.env.CHROMIUM_PATH || '/usr/bin/chromium' },
  { name: 'openssl', path: '/usr/bin/openssl' },
  { name: 'redis-server', path: '/usr/bin/redis-server' },
  { name: 'postgresql', path: postgresPath() },
  { name: 'pgbouncer', path: '/usr/sbin/pgbouncer' },
  { name: 'python3-msal', path: `${pythonPackages}/msal` },
]

/** The programs that only `npm run -C maintain interop:python` needs. */
const interopTools = [
  { name: 'azure-cli', path: '/usr/bin/az' },
  { name: 'python3-flask', path: `${pythonPackages}/flask` },
  { name: 'python3-flask-session', path: `${pythonPackages}/flask_session` },
  { name: 'python3-msgspec', path: `${pythonPackages}/msgspec` },
]

/** The server is in a folder for each version. The folder does not contain a server if only the client is installed. */
function postgresPath() {
  const folder = '/usr/lib/postgresql'
  const versions = existsSync(folder) ? readdirSync(folder) : []
  const servers = versions.map((version) => `${folder}/${version}/bin/postgres`)
  return servers.find((path) => existsSync(path)) ?? folder + '/postgres'
}

/** Installs the missing programs if this process runs as root on Debian. By default, it installs those of the tests. */
export function installTools(names = tools.map(({ name }) => name)) {
  const isPossible = process.platform === 'linux' && process.getuid?.() === 0
  const all = [...tools, ...interopTools]
  const missing = names.filter((name) => !existsSync(all.find((tool) => tool.name === name).path))
  if (missing.length === 0 || !isPossible) return
  if (spawnSync('apt-get', ['--version']).status !== 0) return
  console.log(`Installing ${missing.join(', ')}…`)
  const options = { stdio: ['ignore', 'ignore', 'inherit'] }
  run('apt-get', ['update', '-qq'], options)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    ...options,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
