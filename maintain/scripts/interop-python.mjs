// `npm run interop:python`: runs MSAL Python and the Python library `identity` with Flask against the development
// provider. `npm run interop:python -- FOLDER` uses the library in that folder, for example a clone of its repository.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { givenPath, installTools, run } from '../../scripts/setup.mjs'

installTools(['python3-msal', 'python3-flask', 'python3-flask-session', 'python3-msgspec'])

const [folder = download()] = process.argv.slice(2)
run('npx', ['vitest', 'run', '--project', 'slow', 'packages/dev-provider/test/python'], {
  env: { ...process.env, PYTHON_IDENTITY_FOLDER: givenPath(folder) },
})

/** Installs the library from PyPI into a temporary folder. The other packages come from Debian. */
function download() {
  const target = mkdtempSync(join(tmpdir(), 'python-identity-'))
  process.on('exit', () => rmSync(target, { recursive: true, force: true }))
  run('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', target, 'identity'])
  return target
}
