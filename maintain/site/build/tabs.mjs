// The tabs of frameworks. In the Markdown, the code of all frameworks is between two comments, each below the name of its
// framework in bold, so that GitHub shows all of it. On the site, it becomes tabs that remember the reader's framework.
import { linesOf } from './markdown.mjs'

/** The names that a tab can have, in the order of the menu. */
export const FRAMEWORKS = [
  'Express',
  'Fastify',
  'Koa',
  'Hono',
  'NestJS',
  'Next.js',
  'Nuxt',
  'SvelteKit',
  'Astro',
  'React Router',
  'TanStack Start',
  'Request and Response',
  'Azure Functions',
  'AWS Lambda',
]

/** The name of a framework in attributes and in the storage of the browser. */
export const valueOf = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

const START = '<!-- tabs -->'
const END = '<!-- /tabs -->'

/** Replaces each block between the comments by tabs. Throws an error if the site cannot show a block. */
export function convertTabs(markdown) {
  const out = []
  let block
  let count = 0
  for (const { text, isCode } of linesOf(markdown)) {
    const name = isCode ? undefined : /^\*\*(.+)\*\*$/.exec(text)?.[1]
    if (!isCode && text === START && block === undefined) {
      block = { id: `tabs-${(count += 1)}`, tabs: [] }
    } else if (!isCode && text === END && block !== undefined) {
      out.push(...htmlOf(block))
      block = undefined
    } else if (!isCode && [START, END].includes(text)) {
      throw new Error(`${text} is not expected here.`)
    } else if (block === undefined) {
      out.push(text)
    } else if (name !== undefined) {
      block.tabs.push({ name, body: [] })
    } else if (block.tabs.length > 0) {
      block.tabs.at(-1).body.push(text)
    } else if (text !== '') {
      throw new Error(`"${text}" comes before the name of the first tab.`)
    }
  }
  if (block !== undefined) throw new Error(`${START} without ${END}`)
  return out.join('\n')
}

/** Also without a script, the panels are complete: each of them has its name as a text. */
function htmlOf({ id, tabs }) {
  const names = tabs.map(({ name }) => name)
  const known = new Set(names.filter((name) => FRAMEWORKS.includes(name)))
  if (known.size < Math.max(names.length, 2)) {
    throw new Error(`These are not different frameworks: ${names.join(', ')}.`)
  }
  return [
    `<FrameworkTabs id="${id}" names="${names.join('|')}">`,
    ...tabs.flatMap(({ name, body }) => {
      const value = valueOf(name)
      return [
        `<div class="panel" id="${id}-${value}" role="tabpanel" aria-label="${name}" data-value="${value}"><p class="panel-name">${name}</p>`,
        '',
        ...body,
        '',
        '</div>',
      ]
    }),
    '</FrameworkTabs>',
  ]
}

/** Hides the panels of the other frameworks. Without a script in the browser, all of them are visible. */
export function stylesOfTabs() {
  const rules = ['html.has-script .framework-tabs > .panel ~ .panel { display: none }']
  for (const value of FRAMEWORKS.map(valueOf)) {
    const panel = `html.has-script[data-framework="${value}"] .framework-tabs[data-values~="${value}"] > .panel`
    rules.push(
      `${panel}:not([data-value="${value}"]) { display: none }`,
      `${panel}[data-value="${value}"] { display: block }`,
    )
  }
  return `${rules.join('\n')}\n`
}
