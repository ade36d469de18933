// The old addresses of pages. maintain/site/redirects.json maps each of them to a page or a section of today.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const file = new URL('../redirects.json', import.meta.url)

/** The new path by the old one, both without the slash at the start. The first page of a folder ends with a slash. */
export const redirects = new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8'))))

/** The path that an old one leads to. `undefined` for the path of a page of today. */
export function redirectOf(pathname) {
  const path = pathname.slice(1).replace(/(?:(?<=\/)index)?\.html$/, '')
  const target = redirects.get(path) ?? redirects.get(`${path}/`)
  return target === undefined ? undefined : `/${target}`
}

/** Writes a page for each old address, for hosts that only serve files. */
export function writeRedirects(folder) {
  for (const [from, target] of redirects) {
    const page = join(folder, from.endsWith('/') ? `${from}index.html` : `${from}.html`)
    if (existsSync(page)) throw new Error(`/${from} of maintain/site/redirects.json is a page.`)
    mkdirSync(dirname(page), { recursive: true })
    writeFileSync(page, redirectPage(`/${target}`))
  }
}

const redirectPage = (path) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>This page has moved</title>
<link rel="canonical" href="${path.replace(/#.*/, '')}">
<meta http-equiv="refresh" content="0; url=${path}">
</head>
<body><p>This page is now at <a href="${path}">${path}</a>.</p></body>
</html>
`
