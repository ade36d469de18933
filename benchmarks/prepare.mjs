import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))

/** Installs the peers where they are missing, and builds what is measured. */
export function prepare() {
  // npm writes this file last: without it an installation was never finished.
  if (!existsSync(new URL('node_modules/.package-lock.json', import.meta.url))) {
    run(['ci', '--no-audit', '--no-fund'], here)
  }
  run(['run', 'build', '-w', 'identity-web', '-w', 'identity-web-dev'], root)
}

function run(args, cwd) {
  console.error(`npm ${args.join(' ')}`)
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}
