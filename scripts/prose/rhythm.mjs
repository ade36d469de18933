// Counts the rhythm of prose: many short sentences in a row sound like a machine, and the words that join sentences carry reasons.
import { countWords, sentencesOf } from './rules.mjs'

const SHORT = 7
const RATHER_SHORT = 10
const CONNECTIVES =
  /\b(?:because|so that|but|however|instead|unless|although|though|whereas|otherwise)\b/giu

/** The rates that `rateRhythm` prints, and their goals. */
const GOALS = [
  { name: 'short', unit: '% of sentences ≤ 7 words', goal: 20, isMet: (value) => value <= 20 },
  { name: 'third', unit: '% third short one in a row', goal: 10, isMet: (value) => value <= 10 },
  { name: 'joined', unit: 'connectives per 1,000 words', goal: 7, isMet: (value) => value >= 7 },
  { name: 'library', unit: '“the library” per 1,000', goal: 1, isMet: (value) => value <= 1 },
]

/** Returns the paragraphs and items of lists, without code, tables, headings, names of tabs and comments. Code in a line becomes one word. */
function paragraphsOf(markdown) {
  const paragraphs = []
  let current = ''
  const end = () => {
    if (current.trim() !== '') paragraphs.push(current.trim())
    current = ''
  }
  const text = markdown
    .replace(/^---\n[^]*?\n---\n/, '')
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/^ *(`{3,}|~{3,})[^]*?^ *\1.*$/gm, '\n')
  for (const line of text.split('\n')) {
    const isProse =
      !/^\s*(?:$|\||#|<\/?\w+[^>]*>(?:<summary>.*)?\s*$|\*\*[^*]+\*\*$|:::|\[[^\]]+\]:)/.test(line)
    const item = /^\s*(?:[-*]|\d+\.)\s+/.exec(line)
    if (!isProse || item !== null) end()
    if (isProse) current += ` ${line.slice(item?.[0].length ?? 0).replace(/^\s*>\s?/, '')}`
  }
  end()
  return paragraphs.map((paragraph) =>
    paragraph
      .replaceAll(/`[^`]+`/g, 'code')
      .replaceAll(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
      .replaceAll(/[*_]{1,3}(\S(?:[^*_]*\S)?)[*_]{1,3}/g, '$1'),
  )
}

function countPage(counts, markdown) {
  let row = 0
  for (const paragraph of paragraphsOf(markdown)) {
    for (const { text } of sentencesOf(paragraph)) {
      const words = countWords(text)
      if (words === 0) continue
      row = words <= RATHER_SHORT ? row + 1 : 0
      counts.sentences += 1
      counts.short += words <= SHORT ? 1 : 0
      counts.third += row >= 3 ? 1 : 0
    }
    counts.words += countWords(paragraph)
    counts.joined += paragraph.match(CONNECTIVES)?.length ?? 0
    counts.library += paragraph.match(/\bthe library\b/giu)?.length ?? 0
  }
  return counts
}

/** Returns one line for the pages together, and whether they meet all goals. */
export function rateRhythm(pages) {
  const none = { words: 0, sentences: 0, short: 0, third: 0, joined: 0, library: 0 }
  const { words, sentences, ...counts } = pages.reduce(countPage, none)
  const rates = {
    short: (100 * counts.short) / sentences,
    third: (100 * counts.third) / sentences,
    joined: (1000 * counts.joined) / words,
    library: (1000 * counts.library) / words,
  }
  const line = GOALS.map(({ name, unit, goal, isMet }) => {
    const mark = isMet(rates[name]) ? '' : ` (goal ${goal})`
    return `${rates[name].toFixed(1)} ${unit}${mark}`
  }).join(' · ')
  return { line, isMet: GOALS.every(({ name, isMet }) => isMet(rates[name])) }
}
