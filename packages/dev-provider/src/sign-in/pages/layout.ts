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
  readonly isWide?: boolean
  /** The URLs that forms of the page can lead to, including redirects. */
  readonly formTargets?: readonly string[]
  /** The URLs that the page loads in iframes for front-channel sign-out. */
  readonly frameTargets?: readonly string[]
  /**
   * The script of the page. It must be a constant, because the Content-Security-Policy contains its
   * hash.
   */
  readonly script?: string
}

// A single string, because a formatter that adds a space would change the hash in the policy.
const styleElement: Html = { html: `<style>${stylesheet}</style>` }
const styleHash = cspHash(stylesheet)

/** Creates the response for a page. */
export function toPage(options: PageOptions): ProviderResponse {
  const { html: body } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${options.title} - development provider</title>
        ${styleElement}
      </head>
      <body>
        <div class="notice" role="note">
          Development provider without passwords. Do not expose it to a network.
        </div>
        <main class="${options.isWide === true ? 'wide' : ''}" data-page="${options.name}">
          ${options.main}
        </main>
        <footer>identity-web-dev simulates Microsoft Entra ID on your machine</footer>
        ${options.script !== undefined && { html: `<script>${options.script}</script>` }}
      </body>
    </html> `
  return {
    status: options.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(options),
      'cache-control': 'no-store',
      'referrer-policy': 'strict-origin',
      'x-content-type-options': 'nosniff',
    },
    body,
  }
}

function contentSecurityPolicy(options: PageOptions): string {
  const targets = (options.formTargets ?? []).map(toSource)
  const frames = (options.frameTargets ?? []).map(toSource)
  return [
    "default-src 'none'",
    `style-src ${styleHash}`,
    // Chromium applies form-action to redirects after a form, so the policy must contain the URL of
    // the app.
    ["form-action 'self'", ...new Set(targets)].join(' '),
    ...(options.script === undefined ? [] : [`script-src ${cspHash(options.script)}`]),
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
  return isWeb && !url.hostname.startsWith('[') ? url.origin : url.protocol
}

function cspHash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
}
