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
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>identity-web-cli verify</title><link rel="icon" href="data:image/svg+xml,${encodeURIComponent(MARK)}"><style>${STYLE}</style></head>
<body><header>${MARK}identity-web-cli verify</header><main><h1>${escape(title)}</h1>
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

// The mark and the colors of the project. They are those of scripts/face.
const MARK =
  '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#2352c0" fill-rule="evenodd" d="M8 0h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8Zm8 4.5a6.5 6.5 0 0 0-2.9 12.3c-2 2-3.5 4.7-4.3 8A1.8 1.8 0 0 0 10.6 27h10.8A1.8 1.8 0 0 0 23.2 24.8c-.8-3.3-2.3-6-4.3-8A6.5 6.5 0 0 0 16 4.5Z"/></svg>'

const STYLE = `:root{color-scheme:light dark;--accent:light-dark(#2352c0,#94b4ff);--line:light-dark(#dbe0ea,#303744);--muted:light-dark(#545d6e,#a5aebd)}
*{box-sizing:border-box}
body{background:light-dark(#f5f7fb,#0f1217);color:light-dark(#181c25,#e8ebf1);font:1rem/1.5 system-ui,sans-serif;margin:0}
header{align-items:center;background:light-dark(#ffffff,#191e26);border-bottom:1px solid var(--line);display:flex;font-weight:650;gap:.6rem;min-height:4rem;padding:.75rem clamp(1rem,4vw,2.5rem)}
header svg{height:1.75rem;width:1.75rem}
main{margin:0 auto;max-width:52rem;padding:clamp(1.5rem,6vw,3.5rem) clamp(1rem,4vw,2rem)}
h1{font-size:1.75rem;letter-spacing:-.02em;line-height:1.15;margin:0 0 1rem}
a{color:var(--accent)}
.button{background:var(--accent);border:0;border-radius:8px;color:light-dark(#ffffff,#0c1832);cursor:pointer;display:inline-block;font:inherit;font-weight:550;padding:.5rem 1.1rem;text-decoration:none}
.soft{color:var(--muted)}
:focus-visible{border-radius:4px;outline:3px solid var(--accent);outline-offset:2px}`

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
