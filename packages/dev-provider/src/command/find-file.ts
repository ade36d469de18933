import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { readlink, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path'

/**
 * Returns the absolute path of a file, after all symbolic links. The file does not have to exist.
 *
 * A link in a project must not lead to a path outside of the project. Otherwise, a repository of somebody else could
 * contain a link `.env` to a file of the user, which a command would read or replace. A link outside of projects, such
 * as `/tmp` of macOS, belongs to the user.
 *
 * @param folder - The folder that relative paths start from. If the folder does not belong to a project, the folder
 *   itself counts as the project.
 * @param given - The path of the file.
 * @throws TypeError when a link leaves its project.
 */
export async function findFile(folder: string, given: string): Promise<string> {
  const start = await realpath(folder)
  const path = resolve(start, given)
  const names = relative(parse(path).root, path).split(sep)
  let found = parse(path).root
  for (const [index, name] of names.entries()) {
    const next = join(found, name)
    if (lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink() !== true) {
      found = next
      continue
    }
    const target = await targetOf(next)
    const own = isInside(start, found) ? start : undefined
    // Without a project, the file itself can be a link to a file in its folder.
    const root = projectOf(found) ?? own ?? (index === names.length - 1 ? found : undefined)
    if (root !== undefined && !isInside(root, target)) {
      throw new TypeError(
        `${given} is or contains a symbolic link to ${target}. This target is outside of the project in ${root}, so the command does not read or write it. Replace the link with a file, or set the option to the path of the target.`,
      )
    }
    found = target
  }
  return found
}

/**
 * Returns the folder of the project that contains a folder: the repository, or else the workspace, or else the package. The
 * packages of a repository can share a file of variables.
 */
function projectOf(folder: string): string | undefined {
  const folders = [folder]
  for (let parent = dirname(folder); parent !== folders.at(-1); parent = dirname(parent))
    folders.push(parent)
  const withFile = (name: string): string | undefined =>
    folders.find((each) => existsSync(join(each, name)))
  return withFile('.git') ?? folders.find(isWorkspace) ?? withFile('package.json')
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

/** Returns the path of the file behind all symbolic links. */
async function targetOf(path: string): Promise<string> {
  const found = await ifExists(realpath(path))
  if (found !== undefined) return found
  // A file that does not exist yet, or a link to one. Its folder can be a link too.
  const parent = await ifExists(realpath(dirname(path)))
  const next = await readlink(path).catch(() => undefined)
  if (parent === undefined) return path
  return next === undefined ? join(parent, basename(path)) : targetOf(resolve(parent, next))
}

/** Returns the result for a file, or `undefined` if the file does not exist. */
async function ifExists<T>(found: Promise<T>): Promise<T | undefined> {
  return found.catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined
    throw error
  })
}
