import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { installTools } from '../scripts/setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * Installs missing peers and Redis, and builds the packages.
 *
 * @param needsPeers - Whether a part needs the packages of this folder.
 */
export function prepare({ needsPeers }) {
  if (needsPeers) {
    installTools(['redis-server'])
    if (!isInstalled()) run(['ci', '--no-audit', '--no-fund'], here)
  }
  // `npm test` has built the packages already.
  if (process.env.IDENTITY_WEB_IS_BUILT) return
  run(['run', 'build', '-w', 'identity-web', '-w', 'identity-web-dev'], root)
}

function isInstalled() {
  // npm writes this file last. If it is missing or old, the installation is incomplete or out of date.
  const installed = `${here}node_modules/.package-lock.json`
  return (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(`${here}package-lock.json`).mtimeMs
  )
}

function run(args, cwd) {
  console.error(`npm ${args.join(' ')}`)
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}
