// HTML of pages: escaping, security policy, right-to-left.
import type { FrameLogo, PageFrame } from './frame.ts'
import { STYLE } from './style.ts'

/** A page, its language, and the content security policy that it needs. */
export interface Html {
  readonly html: string
  readonly language: string
  readonly contentSecurityPolicy: string
}

/** A link, or a button that posts to a URL. */
export type Action =
  | { readonly text: string; readonly href: string }
  | { readonly text: string; readonly postTo: string }

/** The message of an error for developers, with the change to make. */
export interface DeveloperNote {
  readonly hint: string | undefined
  /** It can contain text of the provider. */
  readonly message: string
  /** The page of the documentation about the error. */
  readonly docsUrl: string | undefined
}

/** The content of a page. Strings are plain text and are escaped. */
export interface PageContent {
  readonly title: string
  readonly paragraphs: readonly string[]
  /** The next steps of the user. The first one is the recommended step. */
  readonly actions?: readonly Action[]
  /** A note that only developers see. */
  readonly developer?: DeveloperNote | undefined
  /** The small print for the support team. */
  readonly footer?: Footer
}

/** The lines before the time of a page, and this time in ISO 8601. */
export interface Footer {
  readonly lines: readonly string[]
  readonly time: string
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes a string for use between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}

/** Renders a page from plain text. */
export function renderPage(frame: PageFrame, content: PageContent): Html {
  const { title, paragraphs, actions = [], developer, footer } = content
  const body = [
    // The focus makes a screen reader read the page from its heading.
    `<h1 tabindex="-1" autofocus>${escapeHtml(title)}</h1>`,
    toParagraphs(paragraphs),
    actions.length > 0 ? `<div class="actions">\n${toButtons(actions)}\n</div>` : '',
    developer === undefined ? '' : renderDeveloperNote(developer),
    footer === undefined ? '' : renderFooter(frame, footer),
  ]
  return renderDocument(frame, { title, main: body.filter((part) => part !== '').join('\n') })
}

function toParagraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')
}

function toButtons(actions: readonly Action[]): string {
  return actions
    .map((action, index) => {
      const style = index === 0 ? ' class="primary"' : ''
      const text = escapeHtml(action.text)
      return 'href' in action
        ? `<a href="${escapeHtml(action.href)}"${style}>${text}</a>`
        : `<form method="post" action="${escapeHtml(action.postTo)}"><button${style}>${text}</button></form>`
    })
    .join('\n')
}

/**
 * Renders the footer, with the time as visitors write it. It is in UTC, because only a script knows their time zone, and
 * error pages do not allow scripts. The style keeps the time on one line if there is room.
 */
function renderFooter({ language }: PageFrame, { lines, time }: Footer): string {
  const format = { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' } as const
  const text = new Date(time).toLocaleString(language, format)
  return `<footer>${toParagraphs(lines)}
<p><time datetime="${escapeHtml(time)}">${escapeHtml(text)}</time></p></footer>`
}

/**
 * Renders the note for developers. The remedy comes first. The text of the provider is collapsed, because developers
 * rarely need it.
 */
function renderDeveloperNote({ hint, message, docsUrl }: DeveloperNote): string {
  const text = escapeHtml(message)
  const content =
    hint === undefined
      ? `<p>${text}</p>`
      : `<p>${escapeHtml(hint)}</p>\n<details><summary>The whole error</summary><p>${text}</p></details>`
  const link =
    docsUrl === undefined
      ? ''
      : `\n<p><a href="${escapeHtml(docsUrl)}" rel="noreferrer">More about this error</a></p>`
  return `<section class="developer" lang="en" dir="ltr" aria-label="For developers">
<p><strong>For developers</strong> (not shown in production)</p>
${content}${link}
</section>`
}

/** The content of a page as HTML. */
export interface DocumentContent {
  /** The title, as plain text. It is escaped. */
  readonly title: string
  /** The HTML of the content. Values from outside must already be escaped. */
  readonly main: string
  /** The CSS that is added to the common style. */
  readonly style?: string
  /** The JavaScript of the page. It may send requests to this origin, and must be a constant. */
  readonly script?: string
  /** The HTML of additional elements in the head. Values from outside must already be escaped. */
  readonly head?: string
}

/** Renders a page. The content security policy allows only its style, its logo and its script, by a random nonce. */
export function renderDocument(frame: PageFrame, content: DocumentContent): Html {
  const { language, appName, logo, colors } = frame
  const { title, main, style = '', script, head = '' } = content
  const nonce = Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) =>
    word.toString(36),
  ).join('')
  const html = `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(appName === undefined ? title : `${title} · ${appName}`)}</title>
<style nonce="${nonce}">${STYLE}${colors}${style}</style>
${head}</head>
<body>
${renderHeader(logo, appName)}<main>
${main}
</main>
${script === undefined ? '' : `<script nonce="${nonce}">${script}</script>\n`}</body>
</html>
`
  const policies = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === undefined ? [] : [`script-src 'nonce-${nonce}'`, "connect-src 'self'"]),
    ...(logo === undefined ? [] : [`img-src ${logo.source}`]),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return { html, language, contentSecurityPolicy: policies.join('; ') }
}

/** Returns the logo of the application, or its name. Screen readers read the name instead of the logo. */
function renderHeader(logo: FrameLogo | undefined, appName = ''): string {
  const name = escapeHtml(appName)
  if (logo === undefined) return name === '' ? '' : `<header>${name}</header>\n`
  return `<header><img src="${escapeHtml(logo.url)}" alt="${name}" referrerpolicy="no-referrer"></header>\n`
}

/** The scripts that are written from right to left. */
const RIGHT_TO_LEFT = new Set('Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa'.split(' '))

/** Returns the direction of a language, because an application can add languages such as Arabic. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr'
}
