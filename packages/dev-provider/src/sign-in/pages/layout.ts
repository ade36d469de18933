import { createHash } from 'node:crypto'
import type { ProviderResponse } from '../../protocol/http.js'
import { html, type Html } from './html.js'
import { stylesheet } from './stylesheet.js'

/** The options of a page. */
export interface PageOptions {
  /** The name in `data-page`, for programs that read the pages, such as `signIn()`. */
  readonly name: string
  readonly title: string
  readonly main: Html
  readonly status?: number
  /** Additional rules for the stylesheet. They must be a constant, like the script. */
  readonly style?: string
  /** The URLs that forms of the page can lead to, including redirects. */
  readonly formTargets?: readonly string[]
  /** The URLs that the page loads in iframes for front-channel sign-out. */
  readonly frameTargets?: readonly string[]
  /**
   * The script of the page. It must be a constant, because the Content-Security-Policy contains its
   * hash.
   */
  readonly script?: string
  /** `true` if the script sends requests to the provider. */
  readonly isLive?: boolean
}

/** Each page contains this comment once. `insertBanner` replaces it. */
const BANNER_PLACE = '<!-- banner -->'

const FORM_PLACE = '<!-- banner form -->'

// The mark of the project. It is that of scripts/face/mark.svg.
const LOGO =
  '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#2352c0" fill-rule="evenodd" d="M8 0h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8Zm8 4.5a6.5 6.5 0 0 0-2.9 12.3c-2 2-3.5 4.7-4.3 8A1.8 1.8 0 0 0 10.6 27h10.8A1.8 1.8 0 0 0 23.2 24.8c-.8-3.3-2.3-6-4.3-8A6.5 6.5 0 0 0 16 4.5Z"/></svg>'

const ICON = `data:image/svg+xml,${encodeURIComponent(LOGO)}`

/** The developer's pages, which every page links to. */
const LINKS = [
  ['/', 'Home'],
  ['/dev/requests', 'Requests'],
  ['/dev/switches', 'Switches'],
] as const

/** Creates the response for a page. */
export function toPage(options: PageOptions): ProviderResponse {
  // A single string, because a formatter that adds a space would change the hash in the policy.
  const style = stylesheet + (options.style ?? '')
  const { html: body } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${options.title} - development provider</title>
        ${{ html: `<link rel="icon" href="${ICON}" /><style>${style}</style>` }}
      </head>
      <body>
        <header>
          ${{ html: BANNER_PLACE }}
          <p class="notice">
            This development provider does not use passwords. Do not expose it to a network.
          </p>
          ${options.style !== undefined && navigationBar(options.name)}
        </header>
        <main class="${options.style === undefined ? '' : 'board'}" data-page="${options.name}">
          ${options.main}
        </main>
        <footer>
          <nav aria-label="Pages of the development provider">
            ${LINKS.map(([path, label]) => html`<a href="${path}">${label}</a>`)}
          </nav>
          <p>identity-web-dev simulates Microsoft Entra ID on your machine</p>
        </footer>
        ${{ html: FORM_PLACE }}
        ${options.script !== undefined && { html: `<script>${options.script}</script>` }}
      </body>
    </html> `
  return {
    status: options.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(options, style),
      'cache-control': 'no-store',
      'referrer-policy': 'strict-origin',
      'x-content-type-options': 'nosniff',
    },
    body,
  }
}

/** Creates the bar of the developer's pages, which marks the current page. */
function navigationBar(current: string): Html {
  return html`<nav class="bar" aria-label="Developer pages">
    <b
      >${{ html: LOGO }} <span>Identity for TypeScript <small>Development provider</small></span></b
    >
    ${LINKS.map(
      ([path, label]) =>
        html`<a
          href="${path}"
          ${label.toLowerCase() === current && { html: 'aria-current="page"' }}
        >
          ${label}
        </a>`,
    )}
  </nav>`
}

/**
 * Returns a response with a banner above its page. Responses that are not pages stay the same.
 *
 * The form of the banner is the last one of the page, because programs send the first form.
 */
export function insertBanner(
  response: ProviderResponse,
  banner: { readonly content: Html; readonly form: Html },
): ProviderResponse {
  if (response.headers['content-security-policy'] === undefined) return response
  if (typeof response.body !== 'string') return response
  const body = response.body
    .replace(BANNER_PLACE, () => banner.content.html)
    .replace(FORM_PLACE, () => banner.form.html)
  return { ...response, body }
}

function contentSecurityPolicy(options: PageOptions, style: string): string {
  const targets = (options.formTargets ?? []).map(toSource)
  const frames = (options.frameTargets ?? []).map(toSource)
  return [
    "default-src 'none'",
    `style-src ${cspHash(style)}`,
    'img-src data:',
    // Chromium applies form-action to redirects after a form, so the policy must contain the URL of
    // the app.
    ["form-action 'self'", ...new Set(targets)].join(' '),
    ...(options.script === undefined ? [] : [`script-src ${cspHash(options.script)}`]),
    ...(options.isLive === true ? ["connect-src 'self'"] : []),
    ...(frames.length === 0 ? [] : [`frame-src ${[...new Set(frames)].join(' ')}`]),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Converts a URI to a CSP source. A custom scheme becomes a scheme source. So does an IPv6 host,
 * which CSP does not support.
 */
function toSource(uri: string): string {
  const url = new URL(uri)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  if (!isWeb || url.hostname.startsWith('[')) return url.protocol
  // An app on this machine may forward the response to another port, as it does for a preview.
  const isLocal = /^(localhost|127\.0\.0\.1)$/.test(url.hostname)
  return isLocal ? `${url.protocol}//${url.hostname}:*` : url.origin
}

const hashes = new Map<string, string>()

/** Returns the CSP source of a constant style or script. Each is hashed once. */
function cspHash(content: string): string {
  const known = hashes.get(content)
  if (known !== undefined) return known
  const hash = `'sha256-${createHash('sha256').update(content).digest('base64')}'`
  hashes.set(content, hash)
  return hash
}
