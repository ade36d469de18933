import { basename, resolve } from 'node:path'
import { problemOfName } from './project/package-name.js'
import { assertEmpty } from './project/write-project.js'
import { messageForUser } from './usage-error.js'

/** Returns the name of the package in a folder. */
export function nameOfFolder(folder: string): string {
  return basename(resolve(folder))
}

/**
 * Returns why a project cannot be created in a folder.
 *
 * @param name - The name of the package. The default is the name of the folder.
 */
export function problemOfFolder(
  folder: string,
  name: string = nameOfFolder(folder),
): string | undefined {
  const problem = problemOfName(name)
  if (problem !== undefined) return problem
  try {
    assertEmpty(resolve(folder))
    return undefined
  } catch (error) {
    const message = messageForUser(error)
    if (message === undefined) throw error
    return message
  }
}
