// The prose rules as textlint rules. Their data is words.json.
import { readFileSync } from 'node:fs'

const words = JSON.parse(readFileSync(new URL('words.json', import.meta.url), 'utf8'))

/** A regular expression for a phrase (whole words), or for the expression between slashes. */
function expressionOf(pattern) {
  const source = /^\/.*\/$/.test(pattern)
    ? pattern.slice(1, -1)
    : pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return String.raw`(?<![\w/@.-])(?:${source.replaceAll(' ', String.raw`\s+`)})(?![\w/@])`
}

const rulesOf = (entries, isTerm) =>
  entries.flatMap(({ concept, say, not = [], start = [] }) => [
    ...not.map((pattern) => ({
      say,
      concept: isTerm ? concept : undefined,
      everywhere: true,
      pattern,
    })),
    ...start.map((pattern) => ({ say, everywhere: false, pattern })),
  ])

const compiled = (rules) =>
  rules.map(({ everywhere, pattern, ...rule }) => ({
    ...rule,
    everywhere,
    expression: new RegExp((everywhere ? '' : String.raw`^["“(*]*`) + expressionOf(pattern), 'giu'),
  }))

const errors = compiled([...rulesOf(words.terms, true), ...rulesOf(words.phrases)])
const warnings = compiled(rulesOf(words.warnings))

const allowed = new RegExp(words.allow.map(expressionOf).join('|'), 'giu')
/** Hides the quotations of `allow`. */
const withoutQuotations = (text) => text.replaceAll(allowed, (quote) => '_'.repeat(quote.length))

const ABBREVIATION = /\b(?:e\.g|i\.e|etc|vs|cf|No|Mr|Node|Next|Vue)\.$/

/** The sentences of a paragraph and where they start. A colon or a semicolon does not end a sentence. */
export function sentencesOf(text) {
  const found = []
  let start = 0
  const add = (end) => {
    const at = start + /^\s*/.exec(text.slice(start, end))[0].length
    if (at < end) found.push({ at, text: text.slice(at, end) })
    start = end
  }
  for (const match of text.matchAll(/[.!?]["”’)]*(?=\s+["“(]?[\p{Lu}_\d])/gu)) {
    const end = match.index + match[0].length
    if (!ABBREVIATION.test(text.slice(start, end))) add(end)
  }
  add(text.length)
  return found
}

export const countWords = (sentence) =>
  (
    sentence.replaceAll(/\bhttps?:\/\/\S+/g, 'url').match(/[\p{L}\p{N}_][\p{L}\p{N}_'’/.@-]*/gu) ??
    []
  ).length

/** Whether a sentence is not a question, and not a single word in a table. */
const isStatement = (sentence) => !/\?["”’)]*$/.test(sentence) && countWords(sentence) > 2

/** Returns the text of a node as in the file, and the position of each character. Code becomes underscores. */
function textOf(node, target = { text: '', positions: [] }) {
  const add = (text) => {
    target.text += text
    for (let index = 0; index < text.length; index += 1)
      target.positions.push(node.range[0] + index)
  }
  if (node.type === 'Str')
    add(node.raw.replaceAll(/\n[ \t]*>[> \t]*/g, (quote) => ' '.repeat(quote.length)))
  else if (node.type === 'Code') add('_'.repeat(node.raw.length))
  else if (node.type === 'Break' || node.type === 'Html') add(' '.repeat(node.raw.length))
  else for (const child of node.children ?? []) textOf(child, target)
  return target
}

/** Calls `check` with the text of every paragraph, heading and table cell. */
function visitProse(context, check) {
  const visit = (node) => {
    const { text, positions } = textOf(node)
    const report = (index, message) => {
      const padding = context.locator.at(positions[index] - node.range[0])
      context.report(node, new context.RuleError(message, { padding }))
    }
    check(withoutQuotations(text), report)
  }
  const { Syntax } = context
  return { [Syntax.Paragraph]: visit, [Syntax.Header]: visit, [Syntax.TableCell]: visit }
}

function reportPhrases(rules, text, report) {
  const sentences = sentencesOf(text)
  for (const { expression, everywhere, say, concept } of rules) {
    const places = everywhere
      ? [{ at: 0, text }]
      : sentences.filter((sentence) => isStatement(sentence.text))
    for (const place of places) {
      for (const match of place.text.matchAll(expression)) {
        const phrase = match[0].replaceAll(/\s+/g, ' ')
        const about = concept === undefined ? '' : ` (${concept})`
        report(place.at + match.index, `“${phrase}” → ${say}${about}`)
      }
    }
  }
}

export const phrases = (context) =>
  visitProse(context, (text, report) => reportPhrases(errors, text, report))

export const doubtfulPhrases = (context) =>
  visitProse(context, (text, report) => reportPhrases(warnings, text, report))
