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

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphQL with sign-in</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 1.5rem }
nav a, button { padding: .5rem 1rem; border: 0; border-radius: 6px; background: #0b5cad; color: #fff; font: inherit; text-decoration: none; cursor: pointer }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }
input { padding: .5rem; font: inherit }
:focus-visible { outline: 3px solid #f5a524; outline-offset: 2px }
pre { padding: 1rem; border-radius: 6px; background: #8882; white-space: pre-wrap; overflow-wrap: anywhere }
</style>
</head>
<body><main>
<h1>GraphQL with sign-in</h1>
<nav>
<button>hello</button>
<button>displayName</button>
<button>report</button>
</nav>
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
</main></body>
</html>`
