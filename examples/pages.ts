// The pages that all examples share.

import { readFileSync } from 'node:fs'
import type { Claims } from 'identity-web/fetch'

const STYLE = readFileSync(new URL('style.css', import.meta.url), 'utf8')
const MARK = readFileSync(new URL('mark.svg', import.meta.url), 'utf8')

/** The links of the page. It does not show a link that is `undefined`. */
export interface Links {
  readonly callApi: string | undefined
  readonly editProfile: string | undefined
  readonly devices?: string | undefined
  readonly signOut: string
}

/** Claims about the token. The page shows the claims about the user first. */
const ABOUT_THE_TOKEN = [
  'aud',
  'iss',
  'iat',
  'nbf',
  'exp',
  'nonce',
  'aio',
  'rh',
  'sid',
  'uti',
  'ver',
]

export function claimsPage(claims: Claims, links: Links): string {
  const rows = userFirst(claims).map(
    ([claim, value]) =>
      `<tr><th scope="row">${escape(claim)}</th><td>${escape(asText(value))}</td></tr>`,
  )
  return layout(
    `Hello, ${nameOf(claims)}`,
    `<p>You are signed in. These are the claims of your ID token.</p>
${nextSteps(links)}
<table><caption>Your claims</caption><tbody>${rows.join('\n')}</tbody></table>`,
    {
      nav: [
        ['Home', '/'],
        ['Call an API', links.callApi],
        ['Edit your profile', links.editProfile],
        ['Your devices', links.devices],
      ],
      current: '/',
      user: nameOf(claims),
      signOut: links.signOut,
    },
  )
}

function userFirst(claims: Claims): [claim: string, value: unknown][] {
  const entries = Object.entries(claims)
  const isLast = ([claim]: [string, unknown]): boolean => ABOUT_THE_TOKEN.includes(claim)
  return [...entries.filter((entry) => !isLast(entry)), ...entries.filter(isLast)]
}

/** Returns the best name in the claims. AD FS sends `upn` instead of `name`. */
export function nameOf({ name, preferred_username: username, upn, sub }: Claims): string {
  return [name, username, upn].find((value) => typeof value === 'string') ?? sub
}

// The demo sets DEMO_PROVIDER to the URL of its development provider. With your tenant, the page does not have this list.
function nextSteps({ callApi, editProfile, devices }: Links): string {
  const provider = process.env['DEMO_PROVIDER']
  if (provider === undefined) return ''
  const steps = [
    callApi && 'Choose <b>Call an API</b>. The app gets an access token for you.',
    editProfile && 'Choose <b>Edit your profile</b>. Your new name appears on this page.',
    devices && 'Sign in with another browser, choose <b>Your devices</b>, and end its session.',
    'Sign out, and sign in with another account. The claims are different.',
    `Open the ${link('development provider', provider)}. It shows the requests and the tokens of this app, and it can simulate failures.`,
    'Change <code>src/app</code> of this example. You can guard a page with <code>roles</code>, for example.',
  ]
  const items = steps.filter((step) => step !== undefined).map((step) => `<li>${step}</li>`)
  return `<section class="tip" aria-labelledby="next"><h2 id="next">Try this next</h2><ul>${items.join('\n')}</ul></section>`
}

function link(text: string, href: string | undefined, isCurrent = false): string {
  if (href === undefined) return ''
  return `<a href="${escape(href)}"${isCurrent ? ' aria-current="page"' : ''}>${escape(text)}</a>`
}

/** The page with the response of an API. */
export async function apiPage(
  claims: Claims,
  signOut: string,
  response: Response,
): Promise<string> {
  return layout(
    'The response of the API',
    `<p>The API was called with your access token. It returned status ${response.status}:</p>
<pre>${escape(indented(await response.text()))}</pre>`,
    {
      nav: [
        ['Home', '/'],
        ['Call an API', '/call_api'],
      ],
      current: '/call_api',
      user: nameOf(claims),
      signOut,
    },
  )
}

/** The header of a page. */
export interface Header {
  /** The name of the application. */
  readonly app?: string
  /** The pages of the application. The header does not show a link without a path. */
  readonly nav?: readonly (readonly [text: string, path: string | undefined])[]
  /** The path of this page, which the header marks. */
  readonly current?: string
  /** The name of the signed-in user. */
  readonly user?: string
  readonly signOut?: string
}

/** A page with the style of the examples. */
export function layout(
  title: string,
  body: string,
  { app = 'Demo app', nav = [], current, user, signOut }: Header = {},
): string {
  const pages = nav.map(([text, path]) => link(text, path, path === current))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(MARK)}">
<style>
${STYLE}</style>
</head>
<body>
<header>
<a class="app" href="/">${MARK.trim().replace('<svg', '<svg aria-hidden="true"')}${escape(app)}</a>
${pages.length === 0 ? '' : `<nav aria-label="Pages">${pages.join(' ')}</nav>`}
<div class="user">${user === undefined ? '' : userOf(user)}
${signOut === undefined ? '' : `<a class="button quiet" href="${escape(signOut)}">Sign out</a>`}</div>
</header>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`
}

function userOf(name: string): string {
  const [first = '', ...others] = name.split(' ').map(([initial = '']) => initial)
  const initials = first + (others.at(-1) ?? '')
  return `<span class="picture" aria-hidden="true">${escape(initials)}</span><span class="name">${escape(name)}</span>`
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
