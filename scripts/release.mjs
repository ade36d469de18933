// `npm run release`: publishes the versions that npm does not have yet. With --dry-run, it checks them only.
// Reads the packages of the current folder.
import { readdirSync, readFileSync } from 'node:fs'
import { run } from './setup.mjs'

const REQUIRED = ['repository', 'homepage', 'bugs', 'license', 'author', 'keywords', 'description']

const isEmpty = (value) => value === undefined || value.length === 0

/** The published packages, with the fields that they lack. */
function incompletePackages() {
  return readdirSync('packages')
    .map((folder) => `packages/${folder}/package.json`)
    .map((file) => ({ file, manifest: JSON.parse(readFileSync(file, 'utf8')) }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ file, manifest }) => ({
      file,
      missing: REQUIRED.filter((field) => isEmpty(manifest[field])),
    }))
    .filter(({ missing }) => missing.length > 0)
}

const incomplete = incompletePackages()
for (const { file, missing } of incomplete)
  console.error(`${file} does not contain: ${missing.join(', ')}. Add them, then release.`)
if (incomplete.length > 0) process.exit(1)

const options = { cwd: process.cwd() }
run('npm', ['run', 'build'], options)
run('npm', ['run', 'check:package'], options)
run('npm', ['run', 'test:long'], options)
if (process.argv.includes('--dry-run'))
  console.log('The packages are ready. --dry-run: not published.')
else run('npx', ['changeset', 'publish'], options)
