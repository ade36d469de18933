import { installPackages, installTools, maintain, run } from '../../scripts/setup.mjs'

/** The tables of the benchmarks are the only output. */
const QUIET = { stdio: ['ignore', 'ignore', 'inherit'] }

/**
 * Installs missing peers and databases, and builds the packages.
 *
 * @param needsPeers - Whether a part needs other people's packages.
 */
export function prepare({ needsPeers }) {
  installPackages()
  if (needsPeers) {
    installTools(['redis-server', 'postgresql'])
    installPackages(maintain)
  }
  // `npm test` has built the packages already.
  if (process.env.IDENTITY_WEB_IS_BUILT) return
  run('npm', ['run', 'build', '-w', 'identity-web', '-w', 'identity-web-dev'], QUIET)
}
