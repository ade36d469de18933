// The page with all examples: a picture or the code, the name, and the first sentence of its README.md.
import { mkdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import sharp from 'sharp'
import { root } from '../../../scripts/setup.mjs'
import { firstParagraphOf, titleOf } from './markdown.mjs'
import { FRAMEWORKS } from './tabs.mjs'

/** The pixels of a picture, for cards that are half as wide. */
const WIDTH = 640
const HEIGHT = 480

/** Examples without a page show these lines of a file: the first one starts with the text. */
const CODE = {
  api: ['src/app.ts', 'app.get(', 10],
  compose: ['compose.yaml', '  app:', 10],
  migrations: ['passport-azure-ad/after/app.js', 'const auth = new Auth', 12],
  testing: ['vitest/orders.test.ts', "test('shows", 12],
}

/** Examples of one small application, each in another framework or on another platform. */
const SAME_APPLICATION = [...FRAMEWORKS, 'Angular', 'SolidStart', 'Cloudflare Workers']

const INTRODUCTION = `---
outline: false
aside: false
---

# Examples

Each example is a complete application, which you can run in a clone of the repository. The development provider takes the place
of your tenant, so you do not need an account to try them.`

/**
 * @param {Iterable<string>} files - The README.md of each example.
 * @param {object} repository
 * @param {(file: string) => string} repository.read
 * @param {(file: string) => boolean} repository.exists
 * @returns {string} Markdown with links from the root of the repository.
 */
export function galleryPage(files, { read, exists }) {
  const cards = [...files].map((file) => cardOf(file, { read, exists }))
  const rank = ({ name }) => SAME_APPLICATION.indexOf(name)
  const others = cards.filter((card) => rank(card) === -1)
  const same = cards.filter((card) => rank(card) !== -1)
  return [
    INTRODUCTION,
    '## Applications',
    listOf(others.toSorted((a, b) => b.hasPicture - a.hasPicture)),
    '## Frameworks and platforms',
    listOf(same.toSorted((a, b) => rank(a) - rank(b))).replaceAll(...LAZY),
    '',
  ].join('\n\n')
}

/** For pictures that are not on the first screen. */
const LAZY = ['<img ', '<img loading="lazy" ']

const listOf = (cards) =>
  `<div class="gallery">\n\n${cards.map(({ html }) => html).join('\n\n')}\n\n</div>`

export const pictureOf = (file) => `${posix.dirname(file)}/screenshot.png`
const smallNameOf = (file) => `${posix.basename(posix.dirname(file))}.webp`

/** Writes the pictures of the cards, which are smaller than those of the pages. */
export async function writeSmallPictures(files, folder) {
  mkdirSync(folder, { recursive: true })
  await Promise.all(
    files.map((file) =>
      sharp(join(root, pictureOf(file)))
        .resize(WIDTH, HEIGHT, { position: 'left top' })
        .webp({ quality: 85 })
        .toFile(join(folder, smallNameOf(file))),
    ),
  )
}

function cardOf(file, { read, exists }) {
  const folder = posix.dirname(file)
  const markdown = read(file)
  const name = titleOf(markdown)
    .replace(/ example$/, '')
    .replace(/^Example of the (.)/, (_, letter) => letter.toUpperCase())
  const [first] = firstParagraphOf(markdown).split(/(?<=\.)\s/)
  // The card is a link to the page, which has the links to the files and to the guide.
  const sentence = first.replace(/,? (?:whose code is in|as in the (?:guide|recipe)).*|:$/, '.')
  const hasPicture = exists(pictureOf(file))
  const view = hasPicture
    ? `<img src="/examples/${smallNameOf(file)}" alt="The page of the example" width="${WIDTH}" height="${HEIGHT}">`
    : codeOf(folder, read)
  const html = `<div class="card">
<div class="view">

${view}

</div>

### [${name}](${file})

${sentence}

</div>`
  return { name, html, hasPicture }
}

function codeOf(folder, read) {
  const known = CODE[posix.basename(folder)]
  if (known === undefined) {
    throw new Error(
      `${folder} needs a screenshot.png, or lines in maintain/site/build/gallery.mjs.`,
    )
  }
  const [path, first, count] = known
  const lines = read(`${folder}/${path}`).split('\n')
  const start = lines.findIndex((line) => line.startsWith(first))
  if (start === -1)
    throw new Error(`${folder}/${path} does not have a line that starts with ${first}.`)
  return ['```' + path.split('.').at(-1), ...lines.slice(start, start + count), '```'].join('\n')
}
