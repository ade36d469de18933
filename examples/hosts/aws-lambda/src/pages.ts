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
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
h1 { font-size: 1.6rem; line-height: 1.25 }
nav { display: flex; flex-wrap: wrap; gap: 1rem; margin-bottom: 1rem }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end }
input, button { font: inherit; padding: .4rem .6rem }
button { background: #0b5cad; color: #fff; border: 0; border-radius: .25rem }
a { color: #0b5cad }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f3f3; padding: 1rem }
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
