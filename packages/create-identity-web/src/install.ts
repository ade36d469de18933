import { spawn, type SpawnOptions } from 'node:child_process'
import type { PackageManager } from './package-manager.js'

/** Installs the packages of a project. @returns Whether it succeeded. */
export function installPackages(folder: string, manager: PackageManager): Promise<boolean> {
  const child = spawn(manager, ['install'], { ...optionsFor(process.platform), cwd: folder })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}

/** Windows starts npm only through its shell, which looks in the current folder first without the variable. */
export function optionsFor(
  platform: NodeJS.Platform,
): Pick<SpawnOptions, 'stdio' | 'shell' | 'env'> {
  if (platform !== 'win32') return { stdio: 'inherit' }
  const env = { ...process.env, NoDefaultCurrentDirectoryInExePath: '1' }
  return { stdio: 'inherit', shell: true, env }
}
