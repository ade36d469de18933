/** Returns the page with the next task. */
export function taskResponse({
  id,
  title,
  text,
  path,
  stuck,
}: {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly path: string
  readonly stuck: string
}): Response {
  return toPage(
    title,
    `<p>${escape(text)}</p>
<p><a id="next" class="button" data-check="${escape(id)}" href="${escape(path)}">Continue</a></p>
<p class="soft">If you do not come back to this page, open <a href="${escape(stuck)}">${escape(stuck)}</a>. The check then fails, and the next one starts.</p>`,
  )
}

/** Returns a page with a form. The browser posts it to the path. */
export function formResponse(text: string, path: string, button: string): Response {
  return toPage(
    'Sign out',
    `<p>${escape(text)}</p>
<form id="next" method="post" action="${escape(path)}"><button class="button">${escape(button)}</button></form>`,
  )
}

/** Returns the page while checks run without the browser. It loads itself again. */
export function waitResponse(title: string): Response {
  return toPage(title, '<p>Checks are running. Wait a moment.</p>', 1)
}

/** Returns the last page. */
export function doneResponse(): Response {
  return toPage(
    'The run is complete',
    '<p id="done">Close this page. The terminal shows the results, and the name of the report.</p>',
  )
}

function toPage(title: string, main: string, refreshSeconds?: number): Response {
  const refresh =
    refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}
<title>identity-web-cli verify</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1>
${main}
</main></body></html>`
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    },
  })
}

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:10vh auto;max-width:36rem;padding:0 1rem}
.button{background:#0b57d0;border:0;border-radius:.3rem;color:#fff;cursor:pointer;display:inline-block;font:inherit;padding:.5rem 1rem;text-decoration:none}
.soft{opacity:.75}`

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
