import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openProject, type Project } from '../../hosts/support/project.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const program = `${root}packages/create-identity-web/bin/create-identity-web.mjs`

/**
 * Creates a project with the packages of the repository.
 *
 * @param options - The options of the command. The default is a project for Express and Entra ID.
 */
export function createLinkedProject(
  onCleanup: (remove: () => void) => void,
  options: readonly string[] = [],
): Project {
  // Below the repository, so that npm and Vitest find the same files as in a real project.
  mkdirSync(`${root}.artifacts`, { recursive: true })
  const parent = mkdtempSync(`${root}.artifacts/create-`)
  onCleanup(() => rmSync(parent, { recursive: true, force: true, maxRetries: 9 }))
  const folder = join(parent, 'shop')
  execFileSync(process.execPath, [program, folder, '--yes', '--no-install', ...options], {
    stdio: 'pipe',
  })
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'))
  return openProject(folder)
}
