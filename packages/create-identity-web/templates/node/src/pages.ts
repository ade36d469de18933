import { readFileSync } from 'node:fs'
import type { Claims } from 'identity-web/fetch'

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8')

/** Returns the page for everybody, which users see again after the sign-out. */
export function home(): string {
  return layout(
    'Welcome',
    `<p>This page is for everybody. Sign in to see your account.</p>
<nav>${link('/account', 'Sign in')}</nav>`,
  )
}

/** Returns the page of a signed-in user. */
export function account(
  claims: Claims,
  signOut: string,
  // #region azure-ad-b2c
  editProfile?: string,
  // #endregion azure-ad-b2c
): string {
  const links = [
    // #region graph
    link('/call_api', 'Call Microsoft Graph'),
    // #endregion graph
    // #region oidc
    link('/user_info', 'Call the UserInfo endpoint'),
    // #endregion oidc
    // #region azure-ad-b2c
    editProfile === undefined ? '' : link(editProfile, 'Edit your profile'),
    // #endregion azure-ad-b2c
    link(signOut, 'Sign out'),
  ]
  const rows = Object.entries(claims).map(
    ([claim, value]) =>
      `<tr><th scope="row">${escape(claim)}</th><td>${escape(show(value))}</td></tr>`,
  )
  return layout(
    `Hello, ${nameOf(claims)}`,
    `<p>You are signed in. Your identity provider has sent these claims about you.</p>
<nav>${links.join('')}</nav>
<table><caption>Your claims</caption><tbody>${rows.join('')}</tbody></table>`,
  )
}

// #region graph
/** Returns the page that shows the response of an API. */
export function api(status: number, body: object): string {
  return layout(
    'Your profile in Microsoft Graph',
    `<p>The API was called with your access token. It returned the status ${status}.</p>
<nav>${link('/account', 'Back')}</nav>
<pre>${escape(JSON.stringify(body, undefined, 2))}</pre>`,
  )
}

// #endregion graph
// #region oidc
/** Returns the page that shows the current claims of the UserInfo endpoint. */
export function userInfo(claims: object): string {
  return layout(
    'Your profile at the identity provider',
    `<p>The UserInfo endpoint was called with your access token. It returned your current claims.</p>
<nav>${link('/account', 'Back')}</nav>
<pre>${escape(JSON.stringify(claims, undefined, 2))}</pre>`,
  )
}

// #endregion oidc
function layout(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escape(title)}</title>
    <style>${style}</style>
  </head>
  <body>
    <main>
      <h1>${escape(title)}</h1>
      ${content}
    </main>
  </body>
</html>
`
}

function link(href: string, text: string): string {
  return `<a href="${escape(href)}">${escape(text)}</a>`
}

/** Providers do not all send the same claims. */
function nameOf({ name, preferred_username: username, upn, sub }: Claims): string {
  return [name, username, upn].find((claim) => typeof claim === 'string') ?? sub
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Text of a claim can contain HTML. Every text in a page must pass through this function. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
