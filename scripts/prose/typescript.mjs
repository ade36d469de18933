// The prose of a TypeScript file as Markdown: docstrings, comments, and strings that people read.
import ts from 'typescript'

/** Text that knows where in the file each of its characters is. */
class MappedText {
  text = ''
  positions = []

  add(text, position, isLiteral = true) {
    this.text += text
    for (let index = 0; index < text.length; index += 1)
      this.positions.push(isLiteral ? position + index : position)
  }

  /** Ends the paragraph. */
  end(position) {
    this.add('\n\n', position, false)
  }
}

const DIRECTIVE =
  /^\s*(?:@ts-|oxlint-|eslint-|prettier-|v8 |c8 |istanbul |#region|#endregion|\/? ?<reference|[@#]__)/

/** Adds a comment's line, with links to symbols as code spans of the same length. */
function addLine(target, line, position) {
  target.add(
    line.replaceAll(/\{@(\w+[^{}`\n]*)\}/g, (_all, link) => `\`@${link}\``),
    position,
  )
}

const SKIPPED = new Set(['see', 'module', 'default', 'defaultValue'])
const TAG = /^@(\w+)[ \t]*/
/** A tag's name is not prose, and neither is the name of the parameter. */
function tagLength(line) {
  const tag = TAG.exec(line)
  if (tag === null) return 0
  const named = /^(?:\{[^}]*\}\s*)?\[?[\w$.]+(?:=[^\]]*)?\]?\s+-\s+/.exec(line.slice(tag[0].length))
  return tag[0].length + (named?.[0].length ?? 0)
}

function addBlockComment(target, comment, position) {
  const body = comment.slice(2, -2)
  if (DIRECTIVE.test(body)) return addReason(target, body, position + 2)
  let start = position + 2
  let isSkipped = false
  for (const raw of body.split('\n')) {
    const prefix = /^\s*\*? ?/.exec(raw)[0].length
    const line = raw.slice(prefix)
    const tag = TAG.exec(line)?.[1]
    if (tag !== undefined) {
      isSkipped = SKIPPED.has(tag)
      target.end(start)
    }
    const skip = tagLength(line)
    if (!isSkipped) addLine(target, line.slice(skip).trimEnd(), start + prefix + skip)
    target.add('\n', start + raw.length, false)
    start += raw.length + 1
  }
  target.end(position)
}

/** Adds the reason of a directive: `oxlint-disable-next-line rule -- reason`. */
function addReason(target, directive, position) {
  const at = directive.indexOf(' -- ')
  if (at >= 0) addLine(target, directive.slice(at + 4), position + at + 4)
  target.end(position)
}

/** Every comment, in the order of the file. */
function commentsOf(sourceFile) {
  const { text } = sourceFile
  const found = new Map()
  const add = (ranges) => ranges?.forEach((range) => found.set(range.pos, range))
  const visit = (node) => {
    if (ts.isJsxText(node)) return
    if (node.kind >= ts.SyntaxKind.FirstToken && node.kind <= ts.SyntaxKind.LastToken) {
      add(ts.getLeadingCommentRanges(text, node.pos))
      add(ts.getTrailingCommentRanges(text, node.end))
      return
    }
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode)
      return
    node.getChildren(sourceFile).forEach(visit)
  }
  visit(sourceFile)
  return [...found.values()].toSorted((a, b) => a.pos - b.pos)
}

function addComments(target, sourceFile) {
  const { text } = sourceFile
  const lineOf = (position) => sourceFile.getLineAndCharacterOfPosition(position).line
  let lastLine = -2
  for (const { pos, end, kind } of commentsOf(sourceFile)) {
    if (kind === ts.SyntaxKind.MultiLineCommentTrivia) {
      addBlockComment(target, text.slice(pos, end), pos)
      continue
    }
    const prefix = /^\/\/+ ?/.exec(text.slice(pos, end))[0].length
    const line = text.slice(pos + prefix, end)
    if (lineOf(pos) !== lastLine + 1) target.end(pos)
    lastLine = lineOf(pos)
    if (DIRECTIVE.test(line)) addReason(target, line, pos + prefix)
    else {
      addLine(target, line, pos + prefix)
      target.add('\n', end, false)
    }
  }
  target.end(text.length)
}

const ESCAPES = { n: '\n', t: ' ', r: '\n' }
/** Adds the text of a literal (its source, without the quotes) as a reader sees it. */
function addLiteral(target, source, position) {
  for (const match of source.matchAll(/\\(u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[^])|[^\\]+/gi)) {
    const escape = match[1]
    if (escape === undefined) target.add(match[0], position + match.index)
    else {
      const code = /^[ux]\{?([\da-f]+)/i.exec(escape)?.[1]
      const character = code
        ? String.fromCodePoint(parseInt(code, 16))
        : (ESCAPES[escape] ?? escape)
      target.add(character, position + match.index, false)
    }
  }
}

const isString = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
const isConcatenation = (node) =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken
const holdsString = (node) =>
  isString(node) || (isConcatenation(node) && (holdsString(node.left) || holdsString(node.right)))

/** Adds a string expression. A value in it becomes a code span. Calls `visit` with the values. */
function addString(target, node, sourceFile, visit) {
  const literal = (part, opening, closing) => {
    const start = part.getStart(sourceFile) + opening
    addLiteral(target, sourceFile.text.slice(start, part.end - closing), start)
  }
  const value = (part) => {
    target.add('`x`', part.getStart(sourceFile), false)
    visit(part)
  }
  if (ts.isStringLiteralLike(node)) literal(node, 1, 1)
  else if (ts.isTemplateExpression(node)) {
    literal(node.head, 1, 2)
    for (const span of node.templateSpans) {
      value(span.expression)
      literal(span.literal, 1, ts.isTemplateTail(span.literal) ? 1 : 2)
    }
  } else if (isConcatenation(node) && holdsString(node)) {
    addString(target, node.left, sourceFile, visit)
    addString(target, node.right, sourceFile, visit)
  } else value(node)
}

const CODE =
  /=>|\bfunction\b|\bconst \w+ =|\blocal \w+ =|[{;]\s*[\w-]+:[^;{}]*[;}]|redis\.call|-src '|charset=|^\s*(SELECT|INSERT|CREATE|DELETE) /
const isProse = (text) =>
  /\s/.test(text) && !CODE.test(text) && (text.match(/[A-Za-z][a-z'’-]+/g) ?? []).length >= 3

const BLOCK_TAG =
  /<(?:style|script)\b[^]*?<\/(?:style|script)>|<\/?(?:html|head|body|title|meta|main|div|p|h\d|ul|ol|li|dl|dt|dd|form|label|input|button|table|tr|td|th|thead|tbody|select|option|section|header|footer|br|hr|pre|details|summary|fieldset|legend|!doctype)\b[^>]*>/gi
/** Adds a string as one paragraph, or as those of its HTML elements. Code in it becomes a code span. */
function addParagraphs(target, string) {
  const paragraphs = string.text.replaceAll(BLOCK_TAG, (tag) => '\n'.repeat(tag.length))
  const inline = paragraphs
    .replaceAll(
      /<code>(.*?)<\/code>/g,
      (all, code) => `\`${code.replaceAll('`', "'")}${' '.repeat(11)}\``,
    )
    .replaceAll(/<\/?[a-z][^<>]*>/g, (tag) => ' '.repeat(tag.length))
  let start = 0
  for (const paragraph of inline.split(/\n\s*\n/)) {
    const at = inline.indexOf(paragraph, start)
    start = at + paragraph.length
    if (!isProse(paragraph)) continue
    for (let index = 0; index < paragraph.length; index += 1)
      if (target.text.at(-1) !== '\n' || !/\s/.test(paragraph[index]))
        target.add(paragraph[index], string.positions[at + index], false)
    target.end(string.positions[at])
  }
}

function addStrings(target, sourceFile) {
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return
    if (holdsString(node)) {
      const string = new MappedText()
      addString(string, node, sourceFile, visit)
      addParagraphs(target, string)
    } else if (ts.isTaggedTemplateExpression(node)) {
      if (!ts.isIdentifier(node.tag) || node.tag.text !== 'html') return
      visit(node.template)
    } else ts.forEachChild(node, visit)
  }
  visit(sourceFile)
}

/** Returns Markdown and the position in `code` of each of its characters. */
export function proseOf(code, file) {
  const sourceFile = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, false)
  const target = new MappedText()
  addComments(target, sourceFile)
  addStrings(target, sourceFile)
  return target
}
