import type { Task } from './browser.js'

/** Returns the page with the next task. @param stuck - The URL for a browser that does not come back. */
export function taskResponse(
  { id, text }: Pick<Task<never>, 'id' | 'text'>,
  path: string,
  stuck: string,
): Response {
  return toPage(
    `<p>${escape(text)}</p>
<p><a id="next" data-check="${escape(id)}" href="${escape(path)}">Continue</a></p>
<p>If you do not come back to this page, open <a href="${stuck}">${stuck}</a>. The check then fails, and the next one starts.</p>`,
  )
}

/** Returns the page while checks run without the browser. It loads itself again. */
export function waitResponse(): Response {
  return toPage('<p>Checks are running. Wait a moment.</p><meta http-equiv="refresh" content="1">')
}

/** Returns the last page. */
export function doneResponse(): Response {
  return toPage(
    '<p id="done">Close this page. The terminal shows the results, and the name of the report.</p>',
  )
}

function toPage(main: string): Response {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>identity-web-cli verify</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><h1>identity-web-cli verify</h1>
${main}
</main></body></html>`
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    },
  })
}

const STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:40rem;padding:0 1rem}`

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
