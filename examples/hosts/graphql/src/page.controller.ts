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
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1rem }
button { font: inherit; padding: .4rem .6rem; background: #0b5cad; color: #fff; border: 0; border-radius: .25rem }
pre { overflow: auto; background: #f3f3f3; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere }
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
