// The names of the packages on npm. Anybody can publish a package under a free name, so a maintainer reserves all of
// them before the first release.
//
// `node scripts/release/names.mjs` publishes an empty version 0.0.0 under each name that npm does not know, with the
// login of the person who runs it. With `--dry-run`, it publishes nothing.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { publishedPackages } from '../packages.mjs'
import { FILE, missingUrls, readUrls, urlFields } from './urls.mjs'

/**
 * Returns one sentence for each package whose name is free, or belongs to another project.
 *
 * @param packages - The packages, from `publishedPackages`.
 * @param urls - The public URLs. npm shows the repository of each package.
 */
export function problemsOfNames(packages, urls) {
  return packages.flatMap(({ name, folder }) => {
    const found = repositoryOnNpm(name)
    if (found === undefined)
      return [
        `The name ${name} is not reserved on npm. Run npm login, and then node scripts/release/names.mjs.`,
      ]
    const own = urlFields(urls, folder).repository?.url
    if (found === own) return []
    return [
      `npm's package ${name} names the repository ${found || '(none)'} instead of ${own}. If it belongs to somebody else, choose another name. If it is yours, correct ${FILE}.`,
    ]
  })
}

/** Returns the URL of the repository that npm shows for a package, or undefined if npm does not know the package. */
function repositoryOnNpm(name) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', name, '--json'], {
    encoding: 'utf8',
  })
  if (status === 0) {
    const shown = JSON.parse(stdout)
    return (Array.isArray(shown) ? shown.at(-1) : shown).repository?.url ?? ''
  }
  if (stdout.includes('"E404"')) return undefined
  throw new Error(`npm could not look up ${name}: ${stderr.trim()}`)
}

function reserve({ name, folder, manifest: { description, license } }, urls, args) {
  const placeholder = mkdtempSync(join(tmpdir(), 'reserve-'))
  const fields = { name, version: '0.0.0', description, license, ...urlFields(urls, folder) }
  writeFileSync(join(placeholder, 'package.json'), JSON.stringify(fields, null, 2))
  writeFileSync(
    join(placeholder, 'README.md'),
    `# ${name}\n\nThis version is empty. It reserves the name until the first release.\n`,
  )
  execFileSync('npm', ['publish', placeholder, '--access', 'public', ...args], {
    stdio: 'inherit',
  })
  rmSync(placeholder, { recursive: true })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = process.argv.slice(2)
  const urls = readUrls(process.cwd())
  const missing = missingUrls(urls)
  if (missing.length > 0) {
    console.error(`Write into ${FILE} first: ${missing.join(', ')}.`)
    process.exit(1)
  }
  for (const one of publishedPackages(process.cwd()))
    if (repositoryOnNpm(one.name) === undefined) reserve(one, urls, args)
    else console.log(`npm has ${one.name} already.`)
}
