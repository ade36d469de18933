// The pages have relative links, so that they work below every path.

export function homePage(): string {
  return page(
    'Welcome',
    '<p>Sign in to see your account.</p><p><a href="account">My account</a></p>',
  )
}

export function accountPage(
  name: string | undefined,
  logoutPath: string,
  note: string | undefined,
): string {
  const saved = note === undefined ? '' : `<p role="status">Saved: ${escape(note)}</p>`
  return page(
    `Hello, ${name ?? 'stranger'}`,
    `<nav><a href="./">Home</a> <a href="call_api">Call an API</a> <a href="${escape(logoutPath)}">Sign out</a></nav>
${saved}
<form method="post" action="account">
<label>Note <input name="note" required></label>
<button>Save</button>
</form>`,
  )
}

export function apiPage(body: unknown): string {
  return page(
    'The response of the API',
    `<nav><a href="account">My account</a></nav><pre>${escape(JSON.stringify(body, null, 2))}</pre>`,
  )
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
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
<h1>${escape(title)}</h1>
${content}
</main></body>
</html>`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
