// The tabs of frameworks. In the Markdown, the code of all frameworks is between two comments, each below the name of its
// framework in bold, so that GitHub shows all of it. The plugin vitepress-plugin-tabs needs another syntax, and remembers the choice.
import { linesOf } from './markdown.mjs'

const START = '<!-- tabs -->'
const END = '<!-- /tabs -->'

/** Throws an error if the site cannot show a block as tabs. */
export function convertTabs(markdown) {
  let names
  const out = linesOf(markdown).map(({ text, isCode }) => {
    const name = isCode ? undefined : /^\*\*(.+)\*\*$/.exec(text)?.[1]
    if (!isCode && text === START && names === undefined) {
      names = new Set()
      return ':::tabs key:framework'
    }
    if (!isCode && text === END && names?.size > 1) {
      names = undefined
      return ':::'
    }
    if (!isCode && [START, END].includes(text)) throw new Error(`${text} is not expected here.`)
    if (names === undefined) return text
    if (name === undefined && (names.size > 0 || text === '')) return text
    if (name === undefined) throw new Error(`"${text}" comes before the name of the first tab.`)
    if (names.has(name)) throw new Error(`A block has two tabs for ${name}.`)
    names.add(name)
    return `== ${name}`
  })
  if (names !== undefined) throw new Error(`${START} without ${END}`)
  return out.join('\n')
}
