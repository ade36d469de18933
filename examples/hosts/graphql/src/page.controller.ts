import { Controller, Get, Header } from '@nestjs/common'

/** A page whose script sends queries. Everybody can open it. */
@Controller()
export class PageController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE
  }
}

const MARK =
  '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#2352c0" fill-rule="evenodd" d="M8 0h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8Zm8 4.5a6.5 6.5 0 0 0-2.9 12.3c-2 2-3.5 4.7-4.3 8A1.8 1.8 0 0 0 10.6 27h10.8A1.8 1.8 0 0 0 23.2 24.8c-.8-3.3-2.3-6-4.3-8A6.5 6.5 0 0 0 16 4.5Z"/></svg>'

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphQL with sign-in</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(MARK)}">
<style>
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f7fb, #0f1217); --card: light-dark(#ffffff, #191e26);
  --text: light-dark(#181c25, #e8ebf1); --muted: light-dark(#545d6e, #a5aebd);
  --line: light-dark(#dbe0ea, #303744); --accent: light-dark(#2352c0, #94b4ff);
  --on-accent: light-dark(#ffffff, #0c1832); --tint: light-dark(#edf2ff, #232b3b);
  font: 1rem/1.5 system-ui, sans-serif;
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px }
header { display: flex; align-items: center; gap: .5rem 1rem; min-height: 4rem; padding: .75rem clamp(1rem, 3vw, 2.5rem); border-bottom: 1px solid var(--line); background: var(--card) }
.app { display: flex; flex: none; align-items: center; gap: .6rem; color: inherit; font-weight: 650; text-decoration: none }
.app img, .app svg { width: 1.75rem; height: 1.75rem }
main { max-width: 52rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 3.5rem) clamp(1rem, 3vw, 2rem) 4rem }
h1 { margin: 0 0 1rem; font-size: clamp(1.75rem, 5vw, 2.5rem); letter-spacing: -.02em; line-height: 1.15; overflow-wrap: anywhere }
p { margin: 0 0 1.5rem; color: var(--muted); overflow-wrap: anywhere }
h1 + p { margin-top: -.5rem; font-size: 1.125rem }
section, table, pre { width: 100%; margin: 0 0 1.5rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card) }
section, pre { padding: 1rem 1.25rem; overflow-wrap: anywhere }
pre { white-space: pre-wrap }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin: 0 0 1.5rem }
button, .button { padding: .5rem 1.1rem; border: 1px solid var(--accent); border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 550; text-decoration: none; cursor: pointer }
</style>
</head>
<body>
<header><a class="app" href="/">${MARK}GraphQL</a></header>
<main>
<h1>GraphQL with sign-in</h1>
<form>
<button type="button">hello</button>
<button type="button">displayName</button>
<button type="button">report</button>
</form>
<pre role="status">Choose a query.</pre>
<script type="module">
const output = document.querySelector('pre')

for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', async () => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ ' + button.textContent + ' }' }),
    })
    const { data, errors } = await response.json()
    // The user must sign in or consent, and then returns to this page.
    const loginUrl = errors?.[0].extensions.loginUrl
    if (loginUrl) location.assign(loginUrl)
    else output.textContent = JSON.stringify(errors ? errors[0].extensions.code : data)
  })
}
</script>
</main>
</body>
</html>`
