// The pages that all examples share.

import type { Claims } from 'identity-web/fetch'

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
<nav>${link('Call an API', links.callApi)} ${link('Edit your profile', links.editProfile)} ${link('Your devices', links.devices)} ${link('Sign out', links.signOut)}</nav>
${nextSteps(links)}
<table><caption>Your claims</caption><tbody>${rows.join('\n')}</tbody></table>`,
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
  return `<section aria-labelledby="next"><h2 id="next">Try this next</h2><ul>${items.join('\n')}</ul></section>`
}

function link(text: string, href: string | undefined): string {
  return href === undefined ? '' : `<a href="${escape(href)}">${escape(text)}</a>`
}

export function apiPage(status: number, body: string): string {
  return layout(
    'The response of the API',
    `<p>The API was called with your access token. It returned status ${status}:</p>
<pre>${escape(indented(body))}</pre>
<nav><a href="/">Back</a></nav>`,
  )
}

/** A page with the style of the examples. */
export function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)}</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
nav a, button { display: inline-block; margin: 0 .5rem 1rem 0; padding: .5rem 1rem; border: 0; border-radius: 6px; background: #0b5cad; color: #fff; font: inherit; text-decoration: none; cursor: pointer }
label { display: block; font-weight: 500 }
input { box-sizing: border-box; width: 100%; margin-bottom: 1rem; padding: .5rem; font: inherit }
:focus-visible { outline: 3px solid #f5a524; outline-offset: 2px }
table { width: 100%; border-collapse: collapse }
caption { text-align: left; font-weight: 600; padding: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid #8884; overflow-wrap: anywhere }
th { font-weight: 500; white-space: nowrap }
section { margin: 1rem 0; padding: .25rem 1.25rem .5rem; border-left: 4px solid #0b5cad; background: #8881 }
h2 { font-size: 1.1rem; margin: .5rem 0 }
pre { padding: 1rem; border-radius: 6px; background: #8882; white-space: pre-wrap; overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>${escape(title)}</h1>
${body}
</body>
</html>
`
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
