import { spawn } from 'node:child_process'
import type { PackageManager } from './package-manager.js'

/** Installs the packages of a project. @returns Whether it succeeded. */
export function installPackages(folder: string, manager: PackageManager): Promise<boolean> {
  const child = spawn(manager, ['install'], {
    cwd: folder,
    stdio: 'inherit',
    // Windows starts npm only through its shell.
    shell: process.platform === 'win32',
  })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
