import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  FRAMEWORKS,
  type FrameworkName,
} from '../../../packages/create-identity-web/src/frameworks.ts'
import type { StoreName } from '../../../packages/create-identity-web/src/stores.ts'
import type { TenantName } from '../../../packages/create-identity-web/src/tenants.ts'
import {
  emptyProject,
  installPackages,
  openProject,
  tarballOf,
  type Project,
} from '../../hosts/support/project.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
/** The line of Node.js for frameworks that do not run on Node.js 20. */
const NEWER_NODE = 24
const projects = `${root}.artifacts/create`

/** Unpacks `create-identity-web` as npm does. @returns The path of its program. */
export function unpackCommand(): string {
  // It finds its own packages in the node_modules of the repository.
  const folder = `${projects}/command-${process.pid}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const tarball = tarballOf('create-identity-web')
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
  return `${folder}/bin/create-identity-web.mjs`
}

/** The choices of a project. */
export interface ProjectChoice {
  readonly framework: FrameworkName
  readonly tenant: TenantName
  readonly store?: StoreName
  /** The line of Node.js that runs its commands. The default fits the framework. */
  readonly node?: number | undefined
}

/** Creates a project for Entra ID, and changes some of its files as its tests need them. */
export function newProject(
  framework: FrameworkName,
  change: (project: Project) => void = () => undefined,
  node?: number,
): Project {
  const project = createProject(unpackCommand(), { framework, tenant: 'entra-id', node })
  change(project)
  return project
}

/**
 * Creates a project with the command, and installs the packed libraries. The projects of a framework share their packages.
 *
 * @param program - The path of the command.
 */
export function createProject(
  program: string,
  {
    framework,
    tenant,
    store = 'cookies',
    node = FRAMEWORKS[framework].node === undefined ? undefined : NEWER_NODE,
  }: ProjectChoice,
): Project {
  const created = `${projects}/new/${framework}/shop`
  const folder = `${projects}/${framework}`
  rmSync(created, { recursive: true, force: true })
  mkdirSync(dirname(created), { recursive: true })
  const choice = ['--framework', framework, '--tenant', tenant, '--store', store]
  const args = [created, ...choice, '--no-install']
  openProject(projects, node).run(['node', program, ...args])
  emptyProject(folder)
  cpSync(created, folder, { recursive: true })
  installPackages(folder, node)
  return openProject(folder, node)
}
