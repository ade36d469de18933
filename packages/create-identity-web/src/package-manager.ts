/** A program that installs packages and runs scripts. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun'

/**
 * Returns the package manager that runs this process.
 *
 * @param userAgent - The variable `npm_config_user_agent`, for example `pnpm/10.0.0 npm/? node/v22.0.0 linux x64`.
 */
export function detectPackageManager(userAgent = ''): PackageManager {
  const name = userAgent.split('/')[0]
  return name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : 'npm'
}

/** Returns the command that runs a program of the installed packages. It never downloads one, because anybody can publish a name. */
export function programCommand(manager: PackageManager, program: string): string {
  if (manager === 'pnpm') return `pnpm exec ${program}`
  return manager === 'npm' ? `npx --no-install ${program}` : `${manager} run ${program}`
}

/** Returns the command that runs a script of package.json. */
export function runCommand(manager: PackageManager, script: string): string {
  // `bun test` is the test runner of Bun, not the script.
  if (manager === 'bun') return `bun run ${script}`
  if (manager === 'npm' && script !== 'test' && script !== 'start') return `npm run ${script}`
  return `${manager} ${script}`
}
