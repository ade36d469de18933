import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ANGULAR_VERSION, FRAMEWORKS } from '../frameworks.js'
import { STORES } from '../stores.js'
import { TENANTS, type Tenant } from '../tenants.js'
import type { Choice } from './choice.js'
import { envExample, envFile } from './env.js'
import { joinLists } from './join-lists.js'
import { MANAGER_FILES } from './manager-files.js'
import { readme } from './readme.js'
import { selectRegions } from './regions.js'
import { storeFile } from './store-file.js'

/** A file of a new project. */
export interface ProjectFile {
  /** The path below the folder of the project, with slashes. */
  readonly path: string
  readonly text: string
  /** Whether only the user may read it. */
  readonly isSecret: boolean
}

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url))
/** The pages that only some projects have, and their region. */
const REGION_OF_PAGE: Readonly<Record<string, string>> = {
  call_api: 'graph',
  photo: 'entra-id',
  user_info: 'oidc',
}
/** The lines of `.gitignore`, with the files of variables of other environments, such as `production.env`. */
const IGNORED = ['node_modules', '.env*', '*.env', '!.env.example']
/** The name of the application in the templates. */
const NAME = 'my-app'
const FIRST_ACCOUNT = TENANTS['entra-id'].account

/**
 * Returns the files of a new project.
 *
 * @param version - The version of identity-web and identity-web-dev that the project uses.
 */
export function createFiles(choice: Choice, version: string): ProjectFile[] {
  const framework = FRAMEWORKS[choice.framework]
  const tenant = TENANTS[choice.tenant]
  const store = STORES[choice.store]
  const regions = [
    choice.tenant,
    ...(tenant.api === 'graph' ? ['graph'] : []),
    choice.store,
    ...(store === undefined ? [] : ['store']),
    ...framework.folders,
    framework.opens ?? 'runtime',
  ]
  const files = new Map<string, string>()
  for (const folder of ['all', ...framework.folders]) {
    for (const path of filesOf(join(TEMPLATES, folder))) {
      const text = prepare(readTemplate(folder, path), regions)
      files.set(path, text.replaceAll(NAME, choice.name))
    }
  }
  for (const path of files.keys()) {
    const page = /call[_-]api|photo|user[_-]info/.exec(path)?.[0]
    if (page !== undefined && !regions.includes(REGION_OF_PAGE[page.replace('-', '_')] ?? ''))
      files.delete(path)
  }
  files.set(framework.style, readTemplate('shared', 'style.css'))
  files.set(framework.favicon, readTemplate('shared', 'favicon.svg'))
  files.set(framework.claims, readTemplate('shared', 'src/claims.ts'))
  if (store !== undefined) {
    const text = prepare(readTemplate(choice.store, 'src/store.ts'), regions)
    files.set(framework.store, storeFile(text, choice.framework))
  }
  const { settings, skip, generated = [] } = MANAGER_FILES[choice.packageManager] ?? {}
  if (settings !== undefined) {
    const skipped = skip === undefined ? [] : (framework.skippedScripts ?? []).map(skip)
    files.set(settings.path, settings.text + skipped.join(''))
  }
  const ignored = [...IGNORED, ...framework.generated, ...generated]
  files.set('.gitignore', `${ignored.join('\n')}\n`)
  files.set('.env', envFile(choice))
  files.set('.env.example', envExample(choice))
  files.set('README.md', readme(choice, [...files.keys()]))
  return [...files].map(([path, text]) => ({
    path,
    text: adapt({ path, text }, { choice, tenant, version }),
    isSecret: path === '.env',
  }))
}

/** The choice and the version, which some files contain. */
interface Details {
  readonly choice: Choice
  readonly tenant: Tenant
  readonly version: string
}

function adapt({ path, text }: { path: string; text: string }, details: Details): string {
  const { choice, tenant, version } = details
  if (path === 'package.json') {
    const manifest = withStore(text, choice)
      .replaceAll(/("identity-web(?:-dev)?": )"\*"/g, `$1"^${version}"`)
      .replaceAll(/("@angular\/[\w-]+": )"\*"/g, `$1"${ANGULAR_VERSION}"`)
    return tenant.envFor === 'entra'
      ? manifest
      : manifest.replace('identity-web-dev --', `identity-web-dev --env-for ${tenant.envFor} --`)
  }
  if (!path.startsWith('test/')) return text
  return text
    .replaceAll(/(?<=get\(')(?=\/\w)/g, FRAMEWORKS[choice.framework].dataFolder ?? '')
    .replaceAll(`'${FIRST_ACCOUNT.as}'`, `'${tenant.account.as}'`)
    .replaceAll(FIRST_ACCOUNT.shown, tenant.account.shown)
    .replaceAll(TENANTS['entra-id'].authority, tenant.authority)
}

/** Adds the packages of the store to package.json, in the order in which npm writes them. */
function withStore(text: string, { store }: Choice): string {
  const { dependencies, devDependencies } = STORES[store] ?? {}
  const manifest = JSON.parse(text) as Record<'dependencies' | 'devDependencies', object>
  const sorted = (own: object, added?: object): object =>
    Object.fromEntries(
      Object.entries({ ...own, ...added }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )
  const all = {
    ...manifest,
    dependencies: sorted(manifest.dependencies, dependencies),
    devDependencies: sorted(manifest.devDependencies, devDependencies),
  }
  return `${JSON.stringify(all, undefined, 2)}\n`
}

/** Returns a template with the regions of a project. */
function prepare(template: string, regions: readonly string[]): string {
  return joinLists(tidy(selectRegions(template, regions)))
}

/** Removes the blank lines around a region that is not there. */
function tidy(text: string): string {
  return `${text.replaceAll(/\n{3,}/g, '\n\n').trimEnd()}\n`
}

function readTemplate(folder: string, path: string): string {
  return readFileSync(join(TEMPLATES, folder, path), 'utf8')
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
