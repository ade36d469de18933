// Finds links of the built site that do not lead to a file or to an element. The page of an old address has a link to the new one.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { redirectOf } from './redirects.mjs'

/** @returns {string[]} One line for each wrong link. */
export function checkLinks(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.html'))
  const ids = new Map()
  const texts = new Map()
  for (const file of files) {
    const html = readFileSync(join(folder, file), 'utf8')
    texts.set(file, html)
    ids.set(file, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)))
  }
  const fileOf = (path) =>
    [path, `${path}.html`, posix.join(path, 'index.html')]
      .map((file) => file.replace(/^\//, ''))
      .find((file) => ids.has(file) || isFile(join(folder, file)))
  const faults = new Set()
  for (const [file, html] of texts) {
    const page = `/${file.replace(/(?:(?<=^|\/)index)?\.html$/, '')}`
    for (const [, given] of html.matchAll(/<(?:a|img)\s[^>]*?(?:href|src)="([^"]+)"/g)) {
      const url = new URL(given.replaceAll('&amp;', '&'), `http://site${page}`)
      if (url.host !== 'site') continue
      const target = fileOf(decodeURIComponent(url.pathname))
      const anchor = decodeURIComponent(url.hash.slice(1))
      if (target === undefined) faults.add(`${page} links to ${given}, which does not exist`)
      else if (redirectOf(url.pathname) !== undefined) {
        faults.add(`${page} links to ${given}, which is an old address`)
      } else if (anchor !== '' && ids.get(target)?.has(anchor) === false) {
        faults.add(`${page} links to ${given}, which has no such anchor`)
      }
    }
  }
  return [...faults]
}

const isFile = (path) => existsSync(path) && statSync(path).isFile()
