// The public URLs of the project. urls.json contains them once, and each package gets them when it is staged.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const FILE = 'scripts/release/urls.json'

/**
 * What npm must show for a package, and the person who publishes: `npm` is a profile, such as
 * https://www.npmjs.com/~somebody. `funding` may stay empty.
 */
const REQUIRED = ['repository', 'homepage', 'bugs', 'npm']
const KNOWN = [...REQUIRED, 'funding']

/** Returns the URLs that are not empty. */
export function readUrls(repository) {
  const all = JSON.parse(readFileSync(join(repository, FILE), 'utf8'))
  for (const [name, value] of Object.entries(all)) {
    if (!KNOWN.includes(name)) throw new Error(`${FILE}: ${name} is not known. Remove it.`)
    if (value !== '' && !isHttps(value))
      throw new Error(`${FILE}: ${name} must be a URL that starts with https://.`)
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

const isHttps = (value) => value.startsWith('https://') && URL.canParse(value)

/** Returns the names of the URLs that a release needs and that are empty. */
export function missingUrls(urls) {
  return REQUIRED.filter((name) => urls[name] === undefined)
}

/** The fields of package.json for the URLs. Fields whose URL does not exist are left out. */
export function urlFields({ repository, homepage, bugs, funding }, folder) {
  return {
    ...(homepage !== undefined && { homepage }),
    ...(repository !== undefined && {
      repository: { type: 'git', url: `git+${repository}.git`, directory: folder },
    }),
    ...(bugs !== undefined && { bugs: { url: bugs } }),
    ...(funding !== undefined && { funding }),
  }
}
