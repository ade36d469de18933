// What the other scripts need done first. Plain Node.js: on a fresh clone nothing is installed yet.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a command in the repository and ends this process with its code when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error !== undefined) console.error(`${command}: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}

/** Installs the npm packages of the lockfile, where they are not there yet. */
export function installPackages() {
  const lock = `${root}package-lock.json`
  const installed = `${root}node_modules/.package-lock.json`
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.log('Installing the npm packages…')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

/**
 * Compiles the packages; what is current takes a second or two. Once only: the demos that tests start side by side must
 * not write the files that others load.
 */
export function build() {
  if (process.env.IDENTITY_WEB_IS_BUILT) return
  run('npm', ['run', 'build', '--silent'])
  process.env.IDENTITY_WEB_IS_BUILT = 'yes'
}

/** Installs what the tests run besides Node.js: Debian's Chromium, and OpenSSL, which makes certificates. */
export function installTools() {
  if (!process.env.CHROMIUM_PATH) installDebianPackage('chromium')
  installDebianPackage('openssl')
}

/** Installs a Debian package where its command is missing and we may. */
function installDebianPackage(name) {
  const isPossible = process.platform === 'linux' && process.getuid?.() === 0
  if (existsSync(`/usr/bin/${name}`) || !isPossible) return
  if (spawnSync('apt-get', ['--version']).status !== 0) return
  console.log(`Installing ${name}…`)
  const options = { stdio: ['ignore', 'ignore', 'inherit'] }
  run('apt-get', ['update', '-qq'], options)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    ...options,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
