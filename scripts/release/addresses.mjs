// The public addresses of the project. addresses.json contains them once, and each package gets them when it is staged.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const FILE = 'scripts/release/addresses.json'

/** What npm must show for a package. `funding` may stay empty. */
const REQUIRED = ['repository', 'homepage', 'bugs']
const KNOWN = [...REQUIRED, 'funding']

/** Returns the addresses that are not empty. */
export function readAddresses(repository) {
  const all = JSON.parse(readFileSync(join(repository, FILE), 'utf8'))
  for (const [name, value] of Object.entries(all)) {
    if (!KNOWN.includes(name)) throw new Error(`${FILE}: ${name} is not known. Remove it.`)
    if (value !== '' && !isHttps(value))
      throw new Error(`${FILE}: ${name} must be an address that starts with https://.`)
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

const isHttps = (value) => value.startsWith('https://') && URL.canParse(value)

/** Returns the names of the addresses that a release needs and that are empty. */
export function missingAddresses(addresses) {
  return REQUIRED.filter((name) => addresses[name] === undefined)
}

/** The fields of package.json for the addresses. Fields whose address does not exist are left out. */
export function addressFields({ repository, homepage, bugs, funding }, folder) {
  return {
    ...(homepage !== undefined && { homepage }),
    ...(repository !== undefined && {
      repository: { type: 'git', url: `git+${repository}.git`, directory: folder },
    }),
    ...(bugs !== undefined && { bugs: { url: bugs } }),
    ...(funding !== undefined && { funding }),
  }
}
