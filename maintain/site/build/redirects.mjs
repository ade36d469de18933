// Addresses that lead to a page or a section of today: the old ones of pages, and those of error codes, which messages contain.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { read } from './pages.mjs'

const file = new URL('../redirects.json', import.meta.url)
/** A row of a table that starts with an error code. */
const CODE = /^(\| *)`(\w+)`(?= *\|)/gm
const PAGES_OF_CODES = ['errors', 'microsoft-errors']

/** Gives each error code of a page an anchor, which a link of a message leads to. */
export const withAnchors = (page, markdown) =>
  PAGES_OF_CODES.includes(page) ? markdown.replaceAll(CODE, '$1<a id="$2"></a>`$2`') : markdown

/** The new path by the old one, both without the slash at the start. The first page of a folder ends with a slash. */
export const redirects = new Map([
  ...PAGES_OF_CODES.toReversed().flatMap((page) =>
    [...read(`docs/${page}.md`).matchAll(CODE)].map(([, , code]) => [
      `errors/${code}`,
      `${page}#${code}`,
    ]),
  ),
  ...Object.entries(JSON.parse(readFileSync(file, 'utf8'))),
])

/** Writes a page for each of them, so that every host of files can serve them. */
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
