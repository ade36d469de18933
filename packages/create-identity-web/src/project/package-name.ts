const LONGEST = 214
/** npm does not accept them as names of packages. */
const RESERVED = new Set(['node_modules', 'favicon.ico'])

/**
 * Returns why npm does not accept a package name.
 *
 * @returns A sentence with another name, or `undefined` if the name is valid.
 */
export function problemOfName(name: string): string | undefined {
  if (RESERVED.has(name)) return `npm reserves the name ${name}. Choose another name.`
  if (/^[a-z0-9~-][a-z0-9._~-]*$/.test(name) && name.length <= LONGEST) return undefined
  const better = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[-._]+/, '')
    .slice(0, LONGEST)
  const example = better === '' ? 'my-app' : better
  return `The name "${name}" is not valid for a package. Use lower-case letters, digits and hyphens, for example ${example}.`
}
