import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BUDGETS } from '../budgets.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Counts the packages that an application installs with ours. It installs the packed library as a user would. */
export function measurePackages() {
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-installed-'))
  try {
    npm(['pack', '-w', 'identity-web', '--pack-destination', folder, '--loglevel=error'], root)
    const { version } = JSON.parse(readFileSync(join(root, 'packages/identity-web/package.json')))
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    npm(
      ['install', `./identity-web-${version}.tgz`, '--prefer-offline', '--no-audit', '--no-fund'],
      folder,
    )
    const { packages } = JSON.parse(
      readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
    )
    const others = Object.keys(packages)
      .map((path) => path.replace(/^.*node_modules\//, ''))
      .filter((name) => name !== 'identity-web')
    return [
      {
        what: `installed with identity-web: ${others.join(', ')}`,
        figure: `${others.length} packages`,
        budget: `≤ ${BUDGETS.packages}`,
        pass: others.length <= BUDGETS.packages,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function npm(args, cwd) {
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}
