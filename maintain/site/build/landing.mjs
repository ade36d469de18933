// The parts of the landing page that come from other pages, so that they are never older than those: the code of each framework
// from its guide, and from README.md the installation, what we tested, the license and the origin.
import { readUrls } from '../../../scripts/release/urls.mjs'
import { root } from '../../../scripts/setup.mjs'
import { linesOf, replaceLinks } from './markdown.mjs'
import { FRAMEWORKS, valueOf } from './tabs.mjs'

/** The guides whose names do not follow from the framework. AWS Lambda shares the guide of Azure Functions. */
const GUIDES = {
  Express: 'sign-in',
  'Next.js': 'next',
  'Request and Response': 'fetch',
  'Azure Functions': 'serverless',
  'AWS Lambda': undefined,
}
const LANGUAGES = /^```(?:tsx?|vue|astro)$/

/**
 * Replaces the comments of the landing page by these parts.
 *
 * @param {string} markdown - maintain/site/index.md.
 * @param {(file: string) => string} read - Reads a file of the repository.
 * @param {{ repository?: string }} urls - Those of scripts/release/urls.json.
 */
export function completeLanding(markdown, read, urls = readUrls(root)) {
  const parts = {
    '<!-- code of each framework -->': () => codeOfFrameworks(read),
    '<!-- what we tested -->': () => introductionOf(read('README.md')).at(-2),
    '<!-- license and origin -->': () => introductionOf(read('README.md')).at(-1),
    '<!-- installation -->': () => installationOf(sectionOf(read('README.md'), 'Install'), urls),
    '<!-- tested against what, and when -->': () =>
      sectionOf(read('README.md'), 'Tested against what, and when'),
  }
  return Object.entries(parts).reduce((text, [comment, make]) => {
    if (!text.includes(comment)) throw new Error(`The landing page does not contain ${comment}.`)
    return text.replace(comment, make)
  }, markdown)
}

function codeOfFrameworks(read) {
  const tabs = FRAMEWORKS.flatMap((name) => {
    const guide = name in GUIDES ? GUIDES[name] : valueOf(name)
    if (guide === undefined) return []
    const code = filesUntilGuard(read(`docs/${guide}.md`))
      .join('\n\n')
      // The column is narrower than that of the guide.
      .replaceAll('IDENTITY_AUTHORITY and the others', 'environment variables')
    return [`**${name}**\n\n${code}\n\nThe guide: [${name}](../../docs/${guide}.md).`]
  })
  return `<!-- tabs -->\n\n${tabs.join('\n\n')}\n\n<!-- /tabs -->`
}

/** The first blocks of code of a guide, up to the first page with a guard. */
function filesUntilGuard(markdown) {
  const blocks = []
  let block
  for (const { text, isCode } of linesOf(markdown)) {
    if (block === undefined && isCode && LANGUAGES.test(text)) block = [text]
    else if (block !== undefined) block.push(text)
    if (block === undefined || block.length === 1 || text !== '```') continue
    blocks.push(block.join('\n'))
    if (blocks.at(-1).includes('loginRequired')) break
    block = undefined
  }
  return blocks
}

/** The paragraphs above the first section of README.md. */
function introductionOf(markdown) {
  const [text] = markdown.split('\n## ')
  return withLinks(text.trim()).split('\n\n')
}

/** The text below a heading. */
function sectionOf(markdown, heading) {
  const [, text] = markdown.split(`\n## ${heading}\n`)
  if (text === undefined) throw new Error(`README.md does not contain the heading "${heading}".`)
  return withLinks(text.replace(/\n## .*/s, '').trim())
}

/** Changes the links, so that they start from the folder of the landing page. */
const withLinks = (text) =>
  replaceLinks(text, (target) => (/^(?:#|https:)/.test(target) ? target : `../../${target}`))

/**
 * The command and what it does. It runs in a clone, and a reader of README.md sees the address of the repository, but a reader of
 * the site does not.
 */
function installationOf(section, { repository }) {
  const text = section.split('\n\n').slice(0, 2).join('\n\n')
  if (repository === undefined) return text
  return text.replace('```sh\n', `$&git clone ${repository}.git identity-web\ncd identity-web\n`)
}
