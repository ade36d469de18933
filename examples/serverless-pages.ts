// The pages of the examples of serverless platforms. They have relative links, so that they work below every path.

export function homePage(): string {
  return page(
    'Welcome',
    '<p>Sign in to see your account.</p><p><a class="button" href="account">Sign in</a></p>',
    './',
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
    `${saved}
<form method="post" action="account">
<label>Note <input name="note" required></label>
<button>Save</button>
</form>`,
    'account',
    userOf(name, logoutPath),
  )
}

export function apiPage(name: string | undefined, logoutPath: string, body: unknown): string {
  return page(
    'The response of the API',
    `<pre>${escape(JSON.stringify(body, null, 2))}</pre>`,
    'call_api',
    userOf(name, logoutPath),
  )
}

const PAGES = [
  ['Home', './'],
  ['My account', 'account'],
  ['Call an API', 'call_api'],
] as const

const MARK =
  '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#2352c0" fill-rule="evenodd" d="M8 0h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8Zm8 4.5a6.5 6.5 0 0 0-2.9 12.3c-2 2-3.5 4.7-4.3 8A1.8 1.8 0 0 0 10.6 27h10.8A1.8 1.8 0 0 0 23.2 24.8c-.8-3.3-2.3-6-4.3-8A6.5 6.5 0 0 0 16 4.5Z"/></svg>'

function page(title: string, content: string, current: string, user = ''): string {
  const links = PAGES.map(
    ([text, path]) =>
      `<a href="${path}"${path === current ? ' aria-current="page"' : ''}>${text}</a>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
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
a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px }
header { display: flex; align-items: center; gap: .5rem 1rem; min-height: 4rem; padding: .75rem clamp(1rem, 3vw, 2.5rem); border-bottom: 1px solid var(--line); background: var(--card) }
.app { display: flex; flex: none; align-items: center; gap: .6rem; color: inherit; font-weight: 650; text-decoration: none }
.app img, .app svg { width: 1.75rem; height: 1.75rem }
nav { display: flex; flex: 1 1 auto; flex-wrap: wrap; gap: .25rem }
nav a { padding: .35rem .6rem; border-radius: 8px; color: var(--muted); text-decoration: none }
nav a:hover, nav a[aria-current='page'] { background: var(--tint); color: var(--accent) }
.user { display: flex; flex: 0 1000 auto; align-items: center; gap: .75rem; min-width: 9rem; margin-inline-start: auto; white-space: nowrap }
.name { overflow: hidden; text-overflow: ellipsis }
.picture { display: grid; flex: none; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: 50%; background: var(--tint); color: var(--accent); font-size: .875rem; font-weight: 650 }
@media (max-width: 49rem) { header { flex-wrap: wrap } nav { order: 1; flex-basis: 100%; margin-inline: -.6rem } }
@media (max-width: 30rem) { .name { display: none } }
main { max-width: 52rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 3.5rem) clamp(1rem, 3vw, 2rem) 4rem }
h1 { margin: 0 0 1rem; font-size: clamp(1.75rem, 5vw, 2.5rem); letter-spacing: -.02em; line-height: 1.15; overflow-wrap: anywhere }
p { margin: 0 0 1.5rem; color: var(--muted); overflow-wrap: anywhere }
h1 + p { margin-top: -.5rem; font-size: 1.125rem }
section, table, pre { width: 100%; margin: 0 0 1.5rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card) }
section, pre { padding: 1rem 1.25rem; overflow-wrap: anywhere }
pre { white-space: pre-wrap }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin: 0 0 1.5rem }
label { font-weight: 550 }
input { min-width: 0; padding: .5rem .75rem; border: 1px solid var(--muted); border-radius: 8px; background: var(--card); color: inherit; font: inherit }
button, .button { padding: .5rem 1.1rem; border: 1px solid var(--accent); border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 550; text-decoration: none; cursor: pointer }
.quiet { border-color: var(--line); background: var(--card); color: var(--text) }
.quiet:hover { border-color: var(--accent) }
</style>
</head>
<body>
<header>
<a class="app" href="./">${MARK}Example</a>
<nav aria-label="Pages">${links.join('')}</nav>
${user}
</header>
<main>
<h1>${escape(title)}</h1>
${content}
</main>
</body>
</html>`
}

function userOf(name = 'stranger', logoutPath: string): string {
  const initials = name.split(' ').map(([initial]) => initial)
  return `<div class="user"><span class="picture" aria-hidden="true">${escape(initials.join(''))}</span>
<span class="name">${escape(name)}</span>
<a class="button quiet" href="${escape(logoutPath)}">Sign out</a></div>`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
