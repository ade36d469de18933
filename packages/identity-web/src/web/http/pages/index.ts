// The pages: error, no access, setup, signed out, confirm sign-out.
import { howToTry } from '#start-error'
import type { Environment } from '../../../host-traits.ts'
import { AUTH } from '../../../options/auth-options.ts'
import type { ErrorPage, ForbiddenPage } from '../../../options/page-options.ts'
import type { CheckResults, ConfigurationProblem } from '../../../options/problems.ts'
import { isUnset, shortMessage } from '../../../options/problems.ts'
import { entryOf } from '../../../options/rows.ts'
import type { PageFrame } from './frame.ts'
import type { Action, DeveloperNote, Html } from './html.ts'
import { escapeHtml, renderDocument, renderPage } from './html.ts'
import type { NextStep } from './situations.ts'

/** An error page: its content, its next steps, and the note for developers, which is not set in production. */
export interface ShownError {
  readonly content: ErrorPage
  readonly steps: readonly NextStep[] | undefined
  readonly developer: DeveloperNote | undefined
}

const NEXT_STEPS: readonly NextStep[] = ['tryAgain', 'backToApp', 'contactSupport']

export function errorPage(
  frame: PageFrame,
  { content, steps = NEXT_STEPS, developer }: ShownError,
): Html {
  const { code, title, message, correlationId: id, time } = content
  const { texts } = frame
  const lines = id ? [texts.correlationId.replace('{id}', () => id)] : []
  return renderPage(frame, {
    title,
    paragraphs: [message],
    actions: steps.flatMap((step) => toAction(frame, content, step)),
    developer,
    footer: { lines: [texts.detailsForSupport, code, ...lines], time },
  })
}

function toAction({ texts }: PageFrame, content: ErrorPage, step: NextStep): Action[] {
  const { tryAgainUrl, homeUrl, adminConsentUrl, supportUrl } = content
  const urls = {
    // Both would open the same page.
    tryAgain: tryAgainUrl === homeUrl ? undefined : tryAgainUrl,
    backToApp: homeUrl,
    approve: adminConsentUrl,
    contactSupport: supportUrl,
  }
  const href = urls[step]
  return href === undefined ? [] : [{ text: texts[step], href }]
}

/**
 * Returns the URL of the support. A `mailto:` URL without a query gets a subject.
 *
 * @param given - The values that the support team can find in the log: the code, the correlation ID and the time. The ID can
 *   come from a URL, so only its letters, digits and hyphens are used.
 */
export function supportUrlOf(
  { supportUrl, appName = '' }: PageFrame,
  given: { readonly [Name in 'code' | 'id' | 'time']?: string | undefined },
): string | undefined {
  const values = new Map(
    Object.entries(given).map(([name, value = '']) => [name, value.replaceAll(/[^\w.:-]/g, '')]),
  )
  const url = supportUrl?.replaceAll(/\{(\w+)\}/g, (_, name: string) => values.get(name) ?? '')
  if (url === undefined || !/^mailto:[^?]*$/i.test(url)) return url
  const subject = [appName, ...values.values()].filter((value) => value !== '').join(' ')
  return `${url}?subject=${encodeURIComponent(subject)}`
}

function toSupport({ texts }: PageFrame, href: string | undefined): Action[] {
  return href === undefined ? [] : [{ text: texts.contactSupport, href }]
}

/** The page for users who are signed in and not allowed, and the note for developers. */
export interface ShownDenial {
  readonly content: ForbiddenPage
  readonly developer: DeveloperNote | undefined
}

export function forbiddenPage(frame: PageFrame, { content, developer }: ShownDenial): Html {
  const { title, message, homeUrl, loginUrl, supportUrl } = content
  const { texts } = frame
  return renderPage(frame, {
    title,
    paragraphs: [message],
    actions: [
      { text: texts.backToApp, href: homeUrl },
      { text: texts.anotherAccount, href: loginUrl },
      ...toSupport(frame, supportUrl),
    ],
    developer,
  })
}

/** The settings of an application with problems. */
export interface Setup extends CheckResults {
  /** The options in the code. */
  readonly options: object
  readonly variables: Environment
  /** The redirect URI, or an example. */
  readonly redirectUri: URL
  readonly docsUrl: string | undefined
}

/** The kinds of tenants, and the variables that name the provider. */
const TENANTS: Readonly<Record<string, string>> = {
  'Microsoft Entra ID': 'IDENTITY_AUTHORITY=https://login.microsoftonline.com/<tenant ID>',
  'Microsoft Entra External ID': 'IDENTITY_AUTHORITY=https://<tenant>.ciamlogin.com',
  'Azure AD B2C':
    'IDENTITY_B2C_TENANT_NAME=<tenant>\nIDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW=<user flow>',
  'AD FS': 'IDENTITY_AUTHORITY=https://<host>/adfs',
  'Another OpenID Connect provider': 'IDENTITY_OIDC_AUTHORITY=<issuer>',
}

/** The application of the default configuration of the development provider. */
const DEVELOPMENT = `IDENTITY_AUTHORITY=http://localhost:5100/c0000000-0000-4000-8000-000000000001
IDENTITY_CLIENT_ID=11111111-2222-4333-8444-555555555555
IDENTITY_CLIENT_SECRET=dev-secret-not-for-production`

const SETUP_STYLE = `
header,main{max-width:44rem}
ul{margin:0 0 1.5rem;padding:0;list-style:none}
li{margin:.5rem 0;padding-inline-start:1.75rem;text-indent:-1.5rem}
li::before{display:inline-block;width:1.5rem;text-indent:0;content:attr(data-mark)/"";color:var(--muted);font-weight:650}
[data-mark=✓]::before{color:var(--good)}
[data-mark=✗]::before{color:var(--bad)}
[data-mark=○]{color:var(--muted);font-size:.875rem}
h2{margin:0 0 .5rem;font-size:1.125rem}
details{border-top:1px solid var(--line);padding:.75rem 0}
summary{font-weight:550}
details>:not(summary){margin:.75rem 0 0}
code{padding:.1em .25em;border-radius:4px;background:var(--tint);font:.875rem ui-monospace,monospace;box-decoration-break:clone}
pre{padding:.75rem 1rem;border-radius:8px;background:var(--tint);font:.875rem/1.6 ui-monospace,monospace;white-space:pre-wrap;user-select:all}`

/**
 * The page with the problems of the configuration: the settings with their state, and settings to copy. It is for
 * developers and therefore in English. It does not show values of settings, because some are secrets.
 */
export function configurationPage(frame: PageFrame, setup: Setup): Html {
  const { problems, warnings, docsUrl } = setup
  const title = 'Almost done: configure sign-in'
  const items = [
    ...[...setNames(setup)].map((name) => ['✓', `\`${name}\` is set`]),
    ...problems.map((problem) => ['✗', shortMessage(problem) + moreAbout(problem)]),
    ...warnings.map((warning) => ['○', warning]),
  ].map(([mark = '', text = '']) => `<li data-mark="${mark}">${withCode(text)}</li>`)
  const main = `<h1 tabindex="-1" autofocus>${title}</h1>
<p>Add the missing settings, correct the wrong ones, and restart the application. This page is not shown in production.</p>
<ul>
${items.join('\n')}
</ul>
${copyBlocks(setup)}
${docsUrl ? `<p><a href="${escapeHtml(docsUrl)}">More about configuration errors</a></p>` : ''}`
  return renderDocument({ ...frame, language: 'en' }, { title, main, style: SETUP_STYLE })
}

/** Companies at Entra ID often prefer a credential without a secret. */
function moreAbout({ option, isMissing }: ConfigurationProblem): string {
  const hasChoice = isMissing && option === 'clientCredential'
  return hasChoice ? '. At Entra ID, a certificate or a managed identity works too.' : ''
}

/** The code in messages: what stands in backticks, calls, strings, variables, commands, URLs, imports and names of options. */
const CODE = new RegExp(
  [
    // A call with options ends where the braces end, and not where those of an inner call end.
    String.raw`(\`[^\`]+\`|\b(?:new )?\w+\(\{ .*? \}\)(?! \})|\b\w+\(\w*\)`,
    String.raw`\bimport \{ .*? \} from '[^']+'|(?<!\w)'[^']+'|"[^"]+"|\b[A-Za-z]\w*_\w+(?:=\w+)?`,
    String.raw`\bnpm (?:ci|run \w+|install \S+ \S*[\w"])|https?:\/\/[^\s,]+[^\s,.)]|\bidentity-web(?:\/[\w-]+)+`,
    // A message that starts with a small letter starts with an option.
    String.raw`\b[a-z]\w*(?:[A-Z.]\w+)+(?:\[\d+\])?|^[a-z]\w*(?= )|(?<=in the code: |has no option )\w+|\w+(?= from the code))`,
  ].join('|'),
)

/** Escapes a message for the terminal, and shows its code as code. */
function withCode(text: string): string {
  const parts = text.split(CODE).map(escapeHtml)
  return parts
    .map((part, index) => (index % 2 === 0 ? part : `<code>${part.replaceAll('`', '')}</code>`))
    .join('')
}

/** Returns the names of the settings that have a value and no problem: the option in the code, or else its variable. */
function setNames({ problems, options, variables }: Setup): Set<string> {
  const wrong = new Set(problems.map(({ variable }) => variable))
  const names = Object.entries(AUTH.options).map(([option, { variable = '', members }]) => {
    const isOther = members !== undefined || !variable.startsWith('IDENTITY_')
    if (isOther || wrong.has(variable)) return ''
    if (entryOf(options, option)[1]) return option
    return variables[variable] ? variable : ''
  })
  return new Set(names.filter((name) => name !== ''))
}

/** Returns the settings to copy: for the development provider, and for each kind of tenant. */
function copyBlocks({ problems, redirectUri }: Setup): string {
  // The other parts of a URL can contain a password.
  const { origin, pathname } = redirectUri
  const uri = `IDENTITY_REDIRECT_URI=${origin}${pathname}`
  // If the block had a placeholder, applications would have a secret that everybody knows.
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
  const common = `IDENTITY_CLIENT_ID=<client ID>\nIDENTITY_CLIENT_SECRET=<client secret>\n${uri}\nIDENTITY_SESSION_SECRET=${secret}`
  const [advice = '', command = ''] = howToTry(origin + pathname).split('\n\n')
  const pre = (text: string): string => `<pre>${escapeHtml(text.trim())}</pre>`
  const tenants = Object.entries(TENANTS).map(
    ([name, issuer]) =>
      `<details><summary>${name}</summary>${pre(`${issuer}\n${common}`)}</details>`,
  )
  return `<h2>Settings to copy</h2>
<details${isUnset(problems) ? ' open' : ''}><summary>Development provider: try the application now, without an account</summary>
<p>This provider passes the settings to the application. ${withCode(advice)}</p>${pre(command)}
<p>If you start the provider alone with <code>npx --no-install identity-web-dev</code>, set these variables:</p>${pre(`${DEVELOPMENT}\n${uri}`)}</details>
${tenants.join('\n')}`
}

/** The page of a wrong configuration in production. It does not say what is wrong. */
export function unavailablePage(frame: PageFrame): Html {
  const { siteUnavailableTitle, siteUnavailableMessage } = frame.texts
  return renderPage(frame, {
    title: siteUnavailableTitle,
    paragraphs: [siteUnavailableMessage],
    actions: toSupport(frame, supportUrlOf(frame, {})),
  })
}

export function loggedOutPage(frame: PageFrame, loginUrl: string): Html {
  const { signedOutTitle, signedOutMessage, signIn } = frame.texts
  return renderPage(frame, {
    title: signedOutTitle,
    paragraphs: [signedOutMessage],
    actions: [{ text: signIn, href: loginUrl }],
  })
}

/** The URLs of the page that asks before a sign-out. */
export interface ConfirmLogoutUrls {
  readonly logoutUrl: string
  readonly homeUrl: string
}

export function confirmLogoutPage(
  frame: PageFrame,
  { logoutUrl, homeUrl }: ConfirmLogoutUrls,
): Html {
  const { confirmSignOutTitle, confirmSignOutMessage, signOut, backToApp } = frame.texts
  return renderPage(frame, {
    title: confirmSignOutTitle,
    paragraphs: [confirmSignOutMessage],
    actions: [
      { text: signOut, postTo: logoutUrl },
      { text: backToApp, href: homeUrl },
    ],
  })
}
