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
  if (node === undefined || isSupported(running, node)) return
  throw new UsageError(
    `${title} needs Node.js ${node.join(', ')} or later, but you use ${running}. Install a newer version, or choose another framework.`,
  )
}

/** Whether a version is in one of the lines, or newer than all of them. */
function isSupported(version: string, lines: readonly string[]): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const last = Number.parseInt(lines.at(-1) ?? '', 10)
  return lines.some((line) => {
    const [ownMajor = 0, ownMinor = 0, ownPatch = 0] = line.split('.').map(Number)
    if (major !== ownMajor) return major > last
    return minor > ownMinor || (minor === ownMinor && patch >= ownPatch)
  })
}
