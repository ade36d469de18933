// Reads links and headings of Markdown. The site and the test of the links (test/links.test.ts) share it.

/** A line that starts or ends a block of code. */
const FENCE = /^ {0,8}(`{3,}|~{3,})/

/**
 * Splits a page into lines, and tells which of them are code. Links and headings in code are not links and headings.
 *
 * @returns {{ text: string, isCode: boolean }[]}
 */
export function linesOf(markdown) {
  let fence
  return markdown.split('\n').map((text) => {
    const mark = FENCE.exec(text)?.[1]
    if (fence === undefined) {
      fence = mark
      return { text, isCode: mark !== undefined }
    }
    if (mark?.startsWith(fence) && text.trim() === mark) fence = undefined
    return { text, isCode: true }
  })
}

/** Inline code, a link or image with its target, a reference, and an attribute of HTML. */
const LINK =
  /(`+)(?!`)[^]*?(?<!`)\1(?!`)|(!?\[(?:[^[\]]|\[[^\]]*\])*\]\()([^)\s]+)((?:\s+"[^"]*")?\))|^([ \t]*\[[^\]]+\]:[ \t]+)(\S+)(.*)$|(\s(?:href|src|srcset)=")([^"]+)(")/gm

/** A link in a link text, such as an image that is a link, is found with a second pass. */
const LINKED_IMAGE = /(\[!\[[^\]]*\]\()([^)\s]+)(\))/g

/**
 * Replaces the target of each link and image of a page.
 *
 * @param {string} markdown
 * @param {(target: string) => string} replace
 */
export function replaceLinks(markdown, replace) {
  return chunksOf(markdown)
    .map(({ text, isCode }) => {
      if (isCode) return text
      return text
        .replace(LINKED_IMAGE, (_, before, target, after) => `${before}${replace(target)}${after}`)
        .replace(LINK, (all, _code, ...groups) => {
          const at = [0, 3, 6].find((first) => groups[first + 1] !== undefined)
          if (at === undefined) return all
          return `${groups[at]}${replace(groups[at + 1])}${groups[at + 2]}`
        })
    })
    .join('\n')
}

/** Paragraphs and blocks of code. The text of a link can contain a line break. */
function chunksOf(markdown) {
  const chunks = []
  for (const line of linesOf(markdown)) {
    const last = chunks.at(-1)
    const isBlank = line.text.trim() === ''
    if (last !== undefined && last.isCode === line.isCode && !isBlank && !last.isBlank) {
      last.text += `\n${line.text}`
    } else {
      chunks.push({ ...line, isBlank })
    }
  }
  return chunks
}

/** The targets of the links of a page, in its order. */
export function linksOf(markdown) {
  const targets = []
  replaceLinks(markdown, (target) => {
    targets.push(target)
    return target
  })
  return targets
}

/** The anchor of a heading, as GitHub makes it. The site uses the same anchors. */
export function slugOf(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** The text of a heading without its Markdown. */
function plain(heading) {
  return heading
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/[`*]|(?<=^|\s)_|_(?=\s|$)/g, '')
    .replaceAll(/\\(.)/g, '$1')
}

/**
 * The headings of a page: the level, the text, and the anchor that GitHub gives it.
 *
 * @returns {{ level: number, text: string, anchor: string }[]}
 */
function headingsOf(markdown) {
  const used = new Map()
  return linesOf(markdown).flatMap(({ text: line, isCode }) => {
    const match = isCode ? null : /^(#{1,6})\s+(.+?)\s*#*$/.exec(line)
    if (match === null) return []
    const text = plain(match[2])
    const slug = slugOf(text)
    const count = used.get(slug) ?? 0
    used.set(slug, count + 1)
    return [{ level: match[1].length, text, anchor: count === 0 ? slug : `${slug}-${count}` }]
  })
}

/** The anchors of a page, with those of `<a id>` and of other elements with an id. */
export function anchorsOf(markdown) {
  const ids = linesOf(markdown).flatMap(({ text, isCode }) =>
    isCode ? [] : [...text.matchAll(/<[a-z]+\s[^>]*\b(?:id|name)="([^"]+)"/g)].map((m) => m[1]),
  )
  return new Set([...headingsOf(markdown).map(({ anchor }) => anchor), ...ids])
}

/** Inline code, or a tag that is neither an element of our pages nor a URL. GitHub removes such a tag. */
const UNKNOWN_TAG =
  /(`+)(?!`).*?(?<!`)\1(?!`)|(?<!\\)<(?!\/?(?:details|summary|div|p|a|br|img|picture|source|kbd|sub|sup)\b|(?:https?|mailto):|!--)(?=[a-z/])/gi

/** Escapes the tags in a line of text that are placeholders, such as `<tenant>`. */
export function escapeUnknownTags(line) {
  return line.replace(UNKNOWN_TAG, (all) => (all === '<' ? '&lt;' : all))
}
