import { readFileSync } from 'node:fs'
import type { Claims } from 'identity-web/fetch'
import { emailOf, initialsOf, nameOf } from './claims.ts'

/** HTML. Other values in the template `html` are escaped, because a claim can contain a script. */
export class Html extends String {}

const html = (parts: TemplateStringsArray, ...values: readonly unknown[]) =>
  new Html(String.raw(parts, ...values.map((value) => escape(value))))

function escape(value: unknown = ''): string {
  if (Array.isArray(value)) return value.map((item) => escape(item)).join('')
  if (value instanceof Html) return value.toString()
  return String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')
const icon = new Html(read('favicon.svg'))
const style = new Html(`<style>${read('style.css')}</style>`)

/** The page for everybody, which users see again after the sign-out. */
export const home = html`<h1>Welcome to my-app</h1>
  <p>This application signs you in, and shows your account and the pages for your role.</p>`

/** The page of the signed-in user. */
export const account = (
  claims: Claims,
  // #region azure-ad-b2c
  editUrl?: string,
  // #endregion azure-ad-b2c
) =>
  html`<h1>Hello, ${nameOf(claims)}</h1>
    <p>You are signed in as ${emailOf(claims)}.</p>
    <!-- #region azure-ad-b2c -->
    <p>${editUrl && html`<a class="button" href="${editUrl}">Edit your profile</a>`}</p>
    <!-- #endregion azure-ad-b2c -->
    <details>
      <summary>The claims of your ID token</summary>
      <pre>${JSON.stringify(claims, undefined, 2)}</pre>
    </details>`

// #region graph
/** The page with the response of Microsoft Graph. */
export const graph = (profile: unknown) =>
  html`<h1>Your profile in Microsoft Graph</h1>
    <p>The application called Microsoft Graph with your access token.</p>
    <pre>${JSON.stringify(profile, undefined, 2)}</pre>`

// #endregion graph
// #region oidc
/** The page with the response of the UserInfo endpoint. */
export const currentClaims = (current: unknown) =>
  html`<h1>Your profile at the identity provider</h1>
    <p>The application called the UserInfo endpoint with your access token.</p>
    <pre>${JSON.stringify(current, undefined, 2)}</pre>`

// #endregion oidc
/** The page for users with the role. */
export const admin = html`<h1>Administration</h1>
  <p>You see this page because you have the role Todos.Admin.</p>`

/** The page for users without the role. */
export const forbidden = (loginUrl: string, signOut: string) => {
  const content = html`<h1>You may not see this page</h1>
    <p>It is for users with the role Todos.Admin. <a href="/account">See who is signed in</a></p>
    <a class="button primary" href="${loginUrl}">Use another account</a>`
  return layout('Not allowed', content, html`<a class="button" href="${signOut}">Sign out</a>`)
}

/** The user in the header. Without a picture, users see their initials. */
export function userOf(claims: Claims | undefined, signOut: string) {
  if (claims === undefined) return html`<a class="button primary" href="/account">Sign in</a>`
  return html`<div class="user">
    <span class="picture">${initialsOf(claims)}</span>
    <!-- #region entra-id -->
    <i style="background-image: url(/photo)"></i>
    <!-- #endregion entra-id -->
    <span>${nameOf(claims)}</span>
    <a class="button" href="${signOut}">Sign out</a>
  </div>`
}

/** The parts that all pages share. */
export function layout(title: string, content: Html, user?: Html): string {
  const link = (href: string, text: string) =>
    html`<a href="${href}" ${text === title ? html`aria-current="page"` : ''}>${text}</a>`
  return html`<!doctype html>
    <html lang="en">
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title} · my-app</title>
      <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(String(icon))}" />
      ${style}
      <header>
        <a class="app" href="/">${icon}my-app</a>
        <nav>
          ${link('/account', 'Account')}
          <!-- #region graph -->
          ${link('/call_api', 'Microsoft Graph')}
          <!-- #endregion graph -->
          <!-- #region oidc -->
          ${link('/user_info', 'UserInfo')}
          <!-- #endregion oidc -->
          ${link('/admin', 'Administration')}
        </nav>
        ${user}
      </header>
      <main>${content}</main>
    </html>`.toString()
}
