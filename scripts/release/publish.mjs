// `node scripts/release/publish.mjs TESTED REBUILT`: publishes each version that npm does not have yet, with provenance, and
// sets a Git tag. With `--dry-run`, npm publishes nothing. `npm run release` wrote the tarballs into both folders.
//
// The release workflow runs it in a job that npm trusts, so it uses only Node.js, Git and npm. The first folder is of a job
// that ran the tests, and with them the code of many other packages, which could have changed the tarballs. The second
// one is of a job that only built them.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { publishedPackages } from '../packages.mjs'

const {
  values: { 'dry-run': isDryRun },
  positionals: [tested, rebuilt],
} = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: false } },
})

const releases = publishedPackages(process.cwd()).map(({ name, manifest: { version } }) => ({
  name,
  version,
  tarball: `${name}-${version}.tgz`,
}))
// Nothing is published unless all of them are right.
const problems = releases.flatMap(({ tarball }) => {
  const paths = [join(tested, tarball), join(rebuilt, tarball)]
  const missing = paths.filter((path) => !existsSync(path))
  if (missing.length > 0) return missing.map((path) => `${path} is missing.`)
  const [one, other] = paths.map(hashOf)
  return one === other
    ? []
    : [
        `${paths.join(' and ')} are different. Either the build does not always write the same files, or something changed one of them. Compare their contents before you release.`,
      ]
})
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
for (const release of releases) publish(release)

/** Publishes a package, unless npm has this version. A version such as 1.0.0-rc.1 gets the tag `rc` instead of `latest`. */
function publish({ name, version, tarball }) {
  const path = join(rebuilt, tarball)
  const [, line = 'latest'] = /^[^-+]+-([a-z]+)/.exec(version) ?? []
  const args = ['publish', path, '--provenance', '--access', 'public', '--tag', line]
  if (isDryRun) {
    execFileSync('npm', [...args, '--dry-run', '--loglevel=error'], { stdio: 'inherit' })
    console.log(`✓ ${name}@${version} would get the tag ${line}: ${hashOf(path)}`)
    return
  }
  const known = spawnSync('npm', ['view', `${name}@${version}`, 'version'], { encoding: 'utf8' })
  if (known.stdout.trim() === version) {
    console.log(`✓ ${name}@${version} is on npm already`)
    return
  }
  execFileSync('npm', args, { stdio: 'inherit' })
  execFileSync('git', ['tag', `${name}@${version}`])
  console.log(`✓ ${name}@${version} is published: ${hashOf(path)}`)
}

/** Returns the hash of a file, as npm shows it. */
function hashOf(path) {
  return `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`
}
