import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The folder of the programs, after {@link installPrograms}. */
export const programs = `${root}.artifacts/cold-start/`

/**
 * Copies the programs and the packages that they import to a folder, as npm installs them for a user. The copy of
 * openid-client is the one that our import loads.
 */
export function installPrograms() {
  rmSync(programs, { recursive: true, force: true })
  cpSync(fileURLToPath(new URL('programs/', import.meta.url)), programs, { recursive: true })
  const dependencies = {}
  for (const name of ['openid-client', 'oauth4webapi', 'jose']) {
    copyPackage(`${root}node_modules/${name}`, name)
    dependencies[name] = '*'
  }
  for (const part of ['package.json', 'dist'])
    copyPackage(`${root}packages/identity-web/${part}`, `identity-web/${part}`)
  writeFileSync(
    `${programs}package.json`,
    JSON.stringify({ type: 'module', dependencies: { ...dependencies, 'identity-web': '*' } }),
  )
}

function copyPackage(source, target) {
  cpSync(source, `${programs}node_modules/${target}`, { recursive: true, dereference: true })
}
