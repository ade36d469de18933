import { FRAMEWORKS, type FrameworkName } from './frameworks.js'
import { UsageError } from './usage-error.js'

/**
 * Checks that the packages of a framework run on this version of Node.js. Otherwise, they fail with unclear errors.
 *
 * @param running - A version such as `20.19.4`.
 * @throws UsageError when the version is too old.
 */
export function assertNodeVersion(
  name: FrameworkName,
  running: string = process.versions.node,
): void {
  const { title, node } = FRAMEWORKS[name]
  if (node === undefined || !isOlder(running, node)) return
  throw new UsageError(
    `${title} needs Node.js ${node} or later, but you use ${running}. Install a newer version, or choose another framework.`,
  )
}

function isOlder(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}
