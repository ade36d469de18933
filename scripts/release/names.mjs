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
 * Returns one sentence for each package whose name is free, or belongs to somebody else.
 *
 * @param packages - The packages, from `publishedPackages`.
 * @param urls - The public URLs. A package can name any repository, so its owner is compared.
 */
export function problemsOfNames(packages, { npm }) {
  const own = npm.slice(npm.lastIndexOf('/') + 1).replace('~', '')
  return packages.flatMap(({ name }) => {
    const owners = ownersOnNpm(name)
    if (owners === undefined)
      return [
        `The name ${name} is not reserved on npm. Run npm login, and then node scripts/release/names.mjs.`,
      ]
    if (owners.includes(own)) return []
    return [
      `npm's package ${name} belongs to ${owners.join(', ')} instead of ${own}. If this is not a maintainer, choose another name. Else correct npm in ${FILE}.`,
    ]
  })
}

/** Returns the users who may publish a package, or undefined if npm does not know the package. */
function ownersOnNpm(name) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', name, '--json'], {
    encoding: 'utf8',
  })
  if (status === 0) {
    const shown = [JSON.parse(stdout)].flat().at(-1)
    // npm writes each as "name <address>".
    return shown.maintainers.map((one) => (one.name ?? one).split(' ')[0])
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
    if (ownersOnNpm(one.name) === undefined) reserve(one, urls, args)
    else console.log(`npm has ${one.name} already.`)
}
