import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Installs packages in a folder of their own, without their scripts. */
export function installInFolder(folder, packages, options = []) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const args = ['install', ...quiet, ...options, ...packages]
  execFileSync('npm', args, { cwd: folder, stdio: 'inherit' })
}
