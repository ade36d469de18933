// The tabs of frameworks and of package managers, which remember the choice of the reader.
//
// In the Markdown, the code of all frameworks is between two comments, each below the name of its framework in bold, so that
// GitHub shows all of it. A block that installs packages with npm is enough: the other package managers follow from it.
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

/** The verbs of `npm install` and `npm uninstall`, and the option for packages that only the development needs. */
const PACKAGE_MANAGERS = {
  npm: { install: 'npm install', uninstall: 'npm uninstall', dev: '-D' },
  pnpm: { install: 'pnpm add', uninstall: 'pnpm remove', dev: '-D' },
  yarn: { install: 'yarn add', uninstall: 'yarn remove', dev: '-D' },
  bun: { install: 'bun add', uninstall: 'bun remove', dev: '-d' },
}

/** What a reader chooses once, by the name in attributes and in the storage of the browser. */
export const GROUPS = {
  framework: { label: 'Framework', names: FRAMEWORKS },
  packages: { label: 'Package manager', names: Object.keys(PACKAGE_MANAGERS) },
}

/** The name of a choice in attributes and in the storage of the browser. */
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
function htmlOf({ id, tabs }, group = 'framework') {
  const names = tabs.map(({ name }) => name)
  const known = new Set(names.filter((name) => GROUPS[group].names.includes(name)))
  if (known.size < Math.max(names.length, 2)) {
    throw new Error(`These are not different frameworks: ${names.join(', ')}.`)
  }
  return [
    `<ChoiceTabs group="${group}" id="${id}" names="${names.join('|')}">`,
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
    '</ChoiceTabs>',
  ]
}

/** A block of commands that starts at the left, which only installs or removes packages. */
const INSTALLATION = /^```sh\n((?:npm (?:un)?install .+\n)+)```$/gm

/** Replaces each block of commands that install packages with npm by tabs with the same commands of each package manager. */
export function convertInstallations(markdown) {
  let count = 0
  return markdown.replaceAll(INSTALLATION, (all, commands) => {
    const tabs = Object.entries(PACKAGE_MANAGERS).map(([name, { install, uninstall, dev }]) => ({
      name,
      body: [
        '```sh',
        commands
          .trimEnd()
          .replaceAll(/^npm install/gm, install)
          .replaceAll(/^npm uninstall/gm, uninstall)
          .replaceAll(' -D ', ` ${dev} `),
        '```',
      ],
    }))
    return htmlOf({ id: `installation-${(count += 1)}`, tabs }, 'packages').join('\n')
  })
}

/** Hides the panels that the reader did not choose. Without a script in the browser, all of them are visible. */
export function stylesOfTabs() {
  const rules = ['html.has-script .choice-tabs > .panel ~ .panel { display: none }']
  for (const [group, { names }] of Object.entries(GROUPS)) {
    for (const value of names.map(valueOf)) {
      const panel = `html.has-script[data-${group}="${value}"] .${group}-tabs[data-values~="${value}"] > .panel`
      rules.push(
        `${panel}:not([data-value="${value}"]) { display: none }`,
        `${panel}[data-value="${value}"] { display: block }`,
      )
    }
  }
  return `${rules.join('\n')}\n`
}
