import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { readlink, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../command/usage-error.js'

/**
 * Returns the absolute path of a file, after all symbolic links. The file does not have to exist.
 *
 * A link must not leave the project. Otherwise, a repository of somebody else could contain a link `.env` to a file of the user,
 * whose variables would be read or replaced. A path outside the project that the user writes is not a link, so it is allowed.
 *
 * @param folder - The folder that relative paths start from.
 * @param given - The path of the file.
 * @throws UsageError when a link leaves the project.
 */
export async function findFile(folder: string, given: string): Promise<string> {
  const path = resolve(await realpath(folder), given)
  const target = await targetOf(path)
  const root = await rootFor(projectOf(await realpath(folder)), path)
  if (root === undefined || isInside(root, target)) return target
  throw new UsageError(
    `${given} is or contains a symbolic link to ${target}, which is outside of the project in ${root}. The command does not read or write such a file. Replace the link with a file, or write the path ${target} instead.`,
  )
}

/** The folder that the links of a path must not leave. `undefined` if the folder of the file does not exist. */
async function rootFor(project: string, path: string): Promise<string | undefined> {
  // The user named a folder elsewhere, so only the file in it can be a link of somebody else.
  if (!isInside(project, path)) return realpath(dirname(path)).then(projectOf, () => undefined)
  let folder = project
  // The folder before the first link, because the project can be in a folder of other projects.
  for (const name of relative(project, dirname(path)).split(sep)) {
    const next = join(folder, name)
    if (lstatSync(next, { throwIfNoEntry: false })?.isDirectory() !== true) break
    folder = next
  }
  return projectOf(folder)
}

/**
 * Returns the folder of the project that contains a folder: the repository, or else the workspace, or else the package. The
 * packages of a repository can share a file of variables.
 */
function projectOf(folder: string): string {
  const folders = [folder]
  for (let parent = dirname(folder); parent !== folders.at(-1); parent = dirname(parent))
    folders.push(parent)
  const withFile = (name: string): string | undefined =>
    folders.find((each) => existsSync(join(each, name)))
  return withFile('.git') ?? folders.find(isWorkspace) ?? withFile('package.json') ?? folder
}

function isWorkspace(folder: string): boolean {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return true
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return Object.hasOwn(Object(manifest) as object, 'workspaces')
  } catch {
    return false
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** The file that a path means, after all symbolic links. */
async function targetOf(path: string): Promise<string> {
  const found = await ifExists(realpath(path))
  if (found !== undefined) return found
  // A file that does not exist yet, or a link to one. Its folder can be a link too.
  const parent = await ifExists(realpath(dirname(path)))
  const next = await readlink(path).catch(() => undefined)
  if (parent === undefined) return path
  return next === undefined ? join(parent, basename(path)) : targetOf(resolve(parent, next))
}

/** Returns `undefined` for a file that does not exist. */
export async function ifExists<T>(found: Promise<T>): Promise<T | undefined> {
  return found.catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined
    throw error
  })
}
