// The origins that may be previews.
import { isSecureUrl } from '../authority/index.ts'
import type { Fault } from '../options/rows.ts'

/**
 * Matches an origin with one wildcard in the first label of the host. Two labels must follow, except on this machine.
 */
const WILDCARD = /^https?:\/\/[a-z\d-]*\*[a-z\d-]*((\.[a-z\d-]+){2,}|\.localhost)(:\d+)?$/
/** The characters in one label of a host name. A dot would add a label. */
const LABEL = /^[a-z\d-]+$/

/** The platform domains on which every customer gets a host. */
const SHARED_DOMAINS: ReadonlySet<string> = new Set([
  'a.run.app',
  'amplifyapp.com',
  'app.github.dev',
  'deno.dev',
  'firebaseapp.com',
  'fly.dev',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'ngrok-free.app',
  'ngrok.app',
  'ngrok.io',
  'now.sh',
  'ondigitalocean.app',
  'onrender.com',
  'pages.dev',
  'replit.app',
  'surge.sh',
  'trycloudflare.com',
  'up.railway.app',
  'vercel.app',
  'web.app',
  'workers.dev',
])
/** The platform domains on which all customers' hosts are below a region's name. */
const REGIONAL_DOMAINS = [
  'azurestaticapps.net',
  'azurewebsites.net',
  'cloudapp.azure.com',
  'elasticbeanstalk.com',
]

/** Returns a platform's domain, if an origin allows all its customers' hosts. */
function sharedDomain(value: string): string | undefined {
  const [, rest = ''] = /^https:\/\/\*\.([^:]+)/.exec(value) ?? []
  if (SHARED_DOMAINS.has(rest)) return rest
  return REGIONAL_DOMAINS.find((domain) => rest === domain || rest.endsWith(`.${domain}`))
}

/** Returns the problem with a value of `origins`. */
export function previewOriginFault(value: unknown): Fault | undefined {
  // The wildcard is not part of a host name, so a letter replaces it while the URL is checked.
  const url = typeof value === 'string' ? value.replace('*', 'x') : ''
  if (typeof value !== 'string' || !URL.canParse(url)) return 'is not an origin as browsers send it'
  const { origin } = new URL(url)
  if (!isSecureUrl(url)) return 'must start with https:// (http:// only on localhost)'
  if (origin !== url)
    return 'must be an origin as browsers send it, in lower case and without a path'
  if (value.includes('*') && !WILDCARD.test(value)) {
    return 'may contain only one *. The * must be in the first label of the host, and the host must have at least two other labels'
  }
  const domain = sharedDomain(value)
  return (
    domain && {
      fault: `allows the hosts of all customers of ${domain}`,
      remedy: `Write the parts of the host that belong to you, for example previewRelay({ origins: ['https://shop-*-contoso.${domain}'] }).`,
    }
  )
}

/**
 * Returns whether an origin is one of `origins`. A wildcard replaces the first label of the host, or a part of it.
 *
 * @param origin - A value from outside. Only the spelling that browsers send is accepted, so that another part of a URL
 *   cannot look like the host.
 */
export function isPreviewOrigin(origin: string, allowed: readonly string[]): boolean {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) return false
  return allowed.some((one) => {
    const [start = '', end] = one.split('*')
    if (end === undefined) return one === origin
    if (!origin.startsWith(start) || !origin.endsWith(end)) return false
    return LABEL.test(origin.slice(start.length, -end.length))
  })
}
