// A page for each error code, from the tables of docs/errors.md and docs/microsoft-errors.md. The library links to them.
import { linesOf } from './markdown.mjs'

/** Splits a row of a table into its cells. `\|` is a character of a cell. */
const cellsOf = (row) =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())

/**
 * The rows of the tables of a page whose first cell is only a code.
 *
 * @returns {{ code: string, cells: { name: string, text: string }[] }[]}
 */
export function codesOf(markdown) {
  const codes = []
  let head
  let before = ''
  for (const { text, isCode } of linesOf(markdown)) {
    const isRow = !isCode && text.startsWith('|')
    if (isRow && head === undefined) {
      head = cellsOf(text)
      before = head[0]
    } else if (isRow && ['code', '`error`'].includes(before)) {
      const [first, ...rest] = cellsOf(text)
      const code = /^`(\w+)`$/.exec(first)?.[1]
      const cells = rest.map((cell, at) => ({ name: head[at + 1], text: cell }))
      if (code !== undefined) codes.push({ code, cells })
    } else if (!isRow) {
      head = undefined
    }
  }
  return codes
}

const capital = (text) => text[0].toUpperCase() + text.slice(1)

/**
 * The pages of the codes of a guide: the path on the site, and the Markdown with links relative to docs/.
 *
 * @param {string} file - `docs/errors.md` or `docs/microsoft-errors.md`.
 */
export function errorPages(file, markdown) {
  const guide = file.slice('docs/'.length)
  const title = guide === 'errors.md' ? 'Errors' : "Microsoft's error codes"
  const pages = new Map()
  for (const { code, cells } of codesOf(markdown)) {
    // An API can return `interaction_required` too. It is the same error, so it is on the same page.
    const known = pages.get(code)
    const details = cells.map(({ name, text }) => `## ${capital(name)}\n\n${text}\n`).join('\n')
    if (known !== undefined) {
      const list = cells.map(({ name, text }) => `- ${capital(name)}: ${text}`).join('\n')
      pages.set(
        code,
        known.replace('\n## See also', `\n## As an error of an API\n\n${list}\n\n## See also`),
      )
      continue
    }
    const other =
      guide === 'errors.md'
        ? '- [Run in production](operate.md): where you find the log, and what its lines contain.'
        : `- Microsoft's description: [${code}](${microsoftUrl(code)}).`
    pages.set(
      code,
      `# ${code}\n\n${details}\n## See also\n\n- [${title}](${guide}): all codes.\n${other}\n`,
    )
  }
  return new Map([...pages].map(([code, text]) => [`errors/${code}`, text]))
}

function microsoftUrl(code) {
  return code.startsWith('AADB2C')
    ? 'https://learn.microsoft.com/azure/active-directory-b2c/error-codes'
    : `https://login.microsoftonline.com/error?code=${code.replace('AADSTS', '')}`
}
