// Bun and Deno, for the tests. They come from npm, but not as a dependency of the repository,
// because they have 200 MB: `npm ci` would take much longer for everybody.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('runtimes/', import.meta.url))

/** Returns the runtimes that run a program of JavaScript, each with the command that starts it. Installs missing ones. */
export function findRuntimes() {
  installRuntimes()
  return [
    { name: 'Node.js', command: process.execPath, args: [] },
    { name: 'Bun', command: programOf('@oven', 'bin/bun'), args: [] },
    { name: 'Deno', command: programOf('@deno', 'deno'), args: ['run', '-A', '--quiet'] },
  ]
}

/** Installs Bun and Deno, unless they are already installed. */
export function installRuntimes() {
  const installed = `${folder}node_modules/.package-lock.json`
  const lock = `${folder}package-lock.json`
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.error('Installing Bun and Deno…')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** Returns the program in the package of this platform, because the scripts that would link it do not run. */
function programOf(scope, path) {
  const packages = join(folder, 'node_modules', scope)
  const program = join(packages, readdirSync(packages)[0], path)
  chmodSync(program, 0o755)
  return program
}

/** Returns the version that a runtime prints. */
export function versionOf({ command }) {
  return /\d+\.\d+\.\d+/.exec(execFileSync(command, ['--version'], { encoding: 'utf8' }))[0]
}
