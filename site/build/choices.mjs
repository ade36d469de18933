// The switchers of frameworks and tenants. In the Markdown, the variants are `<details>` elements, which GitHub shows as
// sections to open. On the site they become tabs that remember the choice of the reader.
import { linesOf } from './markdown.mjs'

/** The names that a `<summary>` can have, in the order of the menus. */
export const CHOICES = {
  framework: [
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
  ],
  tenant: ['Entra ID', 'External ID', 'Azure AD B2C', 'AD FS', 'OpenID Connect'],
}

export const LABELS = { framework: 'Framework', tenant: 'Tenant' }

/** The name of a choice in attributes and in the storage of the browser. */
export const valueOf = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

const kindOf = (name) => Object.keys(CHOICES).find((kind) => CHOICES[kind].includes(name))

/**
 * Replaces each group of `<details>` elements whose summaries are all frameworks, or all tenants, by a switcher. Other
 * `<details>` elements stay as they are.
 */
export function convertChoices(markdown) {
  const lines = linesOf(markdown)
  const out = []
  for (let index = 0; index < lines.length; index += 1) {
    const group = groupAt(lines, index)
    if (group === undefined) {
      out.push(lines[index].text)
    } else {
      out.push(...htmlOf(group))
      index = group.end
    }
  }
  return out.join('\n')
}

/** The `<details>` elements that follow each other from a line on. */
function groupAt(lines, start) {
  const options = []
  let kind
  let end = start
  for (let index = start; index < lines.length; index += 1) {
    if (lines[index].text.trim() === '' && options.length > 0) continue
    const option = detailsAt(lines, index)
    if (option === undefined || (kind ??= kindOf(option.name)) === undefined) break
    if (kindOf(option.name) !== kind) break
    options.push(option)
    index = option.end
    end = option.end
  }
  return options.length === 0 ? undefined : { kind, options, end }
}

function detailsAt(lines, start) {
  if (lines[start].isCode || !/^<details( open)?>/.test(lines[start].text)) return undefined
  let head = lines[start].text
  let first = start
  if (!head.includes('<summary>')) head += lines[(first += 1)]?.text ?? ''
  const name = /<summary>([^<]+)<\/summary>\s*$/.exec(head)?.[1]?.trim()
  if (name === undefined) return undefined
  const end = lines.findIndex(
    ({ text, isCode }, at) => at > first && !isCode && text === '</details>',
  )
  if (end === -1) throw new Error(`<details> without </details>: ${name}`)
  return { name, end, body: lines.slice(first + 1, end).map(({ text }) => text) }
}

function htmlOf({ kind, options }) {
  const names = options.map(({ name }) => name).join('|')
  return [
    `<ChoiceTabs kind="${kind}" names="${names}">`,
    ...options.flatMap(({ name, body }) => [
      `<div class="option" data-value="${valueOf(name)}"><p class="option-name">${name}</p>`,
      '',
      ...body,
      '',
      '</div>',
    ]),
    '</ChoiceTabs>',
  ]
}

/** Hides the variants that the reader did not choose. Without a script in the browser, all of them are visible. */
export function stylesOfChoices() {
  const rules = ['html.has-script .choice > .option ~ .option { display: none }']
  for (const [kind, names] of Object.entries(CHOICES)) {
    for (const value of names.map(valueOf)) {
      const choice = `html.has-script[data-${kind}="${value}"] .choice[data-values~="${value}"] > .option`
      rules.push(
        `${choice}:not([data-value="${value}"]) { display: none }`,
        `${choice}[data-value="${value}"] { display: block }`,
      )
    }
  }
  return `${rules.join('\n')}\n`
}
