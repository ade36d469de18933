/** A page, and the content security policy that it needs. */
export interface Html {
  readonly html: string
  readonly contentSecurityPolicy: string
}

/** The content of a page. Strings are plain text and are escaped. */
export interface PageContent {
  readonly title: string
  readonly paragraphs: readonly string[]
  /** The items of a list, for example problems of the configuration. */
  readonly list?: readonly string[]
  /** Shown to developers only. */
  readonly developer?: readonly string[]
  readonly links?: readonly { readonly text: string; readonly href: string }[]
  /** A button that posts to a URL. */
  readonly button?: { readonly text: string; readonly action: string }
  /** Small print for the support team. */
  readonly footer?: string
}

const STYLE = `
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f3f4f6,#16181d);color:light-dark(#1b1f24,#e6e8eb)}
main{box-sizing:border-box;width:min(36rem,calc(100% - 2rem));margin:1rem;padding:2rem;border-radius:12px;background:light-dark(#fff,#20242b);box-shadow:0 1px 3px #0003}
h1{margin:0 0 1rem;font-size:1.4rem;line-height:1.3}
p,li{overflow-wrap:anywhere}
a,button{font:inherit;display:inline-block;margin:.5rem .75rem 0 0;padding:.5rem 1rem;border:0;border-radius:6px;background:#0b5cad;color:#fff;text-decoration:none;cursor:pointer}
a+a{background:none;color:inherit;box-shadow:inset 0 0 0 1px currentColor}
a:focus-visible,button:focus-visible{outline:3px solid #f5a524;outline-offset:2px}
aside{margin-top:1.5rem;padding:.75rem 1rem;border-left:4px solid #f5a524;background:light-dark(#fff8e6,#2e2716)}
footer{margin-top:1.5rem;font-size:.85rem;opacity:.75}`

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
export function renderPage(content: PageContent): Html {
  const { title, paragraphs, list = [], developer = [], links = [], button, footer } = content
  const each = (texts: readonly string[], tag: string): string =>
    texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('\n')
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    each(paragraphs, 'p'),
    list.length > 0 ? `<ul>${each(list, 'li')}</ul>` : '',
    button === undefined
      ? ''
      : `<form method="post" action="${escapeHtml(button.action)}"><button>${escapeHtml(button.text)}</button></form>`,
    links
      .map(({ text, href }) => `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`)
      .join('\n'),
    developer.length > 0
      ? `<aside aria-label="For developers"><strong>For developers</strong> (not shown in production)${each(developer, 'p')}</aside>`
      : '',
    footer === undefined ? '' : `<footer>${escapeHtml(footer)}</footer>`,
  ]
  return renderDocument({ title, main: body.filter((part) => part !== '').join('\n') })
}

/** The content of a page as HTML. */
export interface DocumentContent {
  /** Plain text. It is escaped. */
  readonly title: string
  /** HTML. Values from outside must be escaped in it. */
  readonly main: string
  /** CSS that is added to the common style. */
  readonly style?: string
  /** JavaScript that may send requests to this origin. It must be a constant. */
  readonly script?: string
}

/** Renders a page. The content security policy allows only its style and its script, by a random nonce. */
export function renderDocument({ title, main, style = '', script }: DocumentContent): Html {
  const nonce = Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) =>
    word.toString(36),
  ).join('')
  const scriptElement = script === undefined ? '' : `<script nonce="${nonce}">${script}</script>\n`
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${STYLE}${style}</style>
</head>
<body>
<main>
${main}
</main>
${scriptElement}</body>
</html>
`
  const scriptPolicy =
    script === undefined ? '' : `script-src 'nonce-${nonce}'; connect-src 'self'; `
  const contentSecurityPolicy = `default-src 'none'; style-src 'nonce-${nonce}'; ${scriptPolicy}base-uri 'none'; frame-ancestors 'none'`
  return { html, contentSecurityPolicy }
}
