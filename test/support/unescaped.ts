// Finds values that code puts into HTML without escaping them. It knows how our samples look, and not every program.
import ts from 'typescript'

/** A value that could contain HTML of a user. */
export interface Unescaped {
  /** The line in the code, from 0. */
  readonly line: number
  readonly code: string
}

type Chain = readonly ts.Node[]

export function findUnescaped(code: string): Unescaped[] {
  const file = ts.createSourceFile('a.tsx', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found = new Map<number, ts.Node>()
  const visit = (node: ts.Node): void => {
    for (const html of htmlAt(node))
      for (const value of unsafeIn(html, [])) found.set(value.getStart(), value)
    ts.forEachChild(node, visit)
  }
  visit(file)
  const raw = [...code.matchAll(RAW_HTML)].map((match) => ({
    line: code.slice(0, match.index).split('\n').length - 1,
    code: match[0],
  }))
  return [...found.values()]
    .map((node) => ({
      line: file.getLineAndCharacterOfPosition(node.getStart()).line,
      code: node.getText(),
    }))
    .concat(raw)
}

/** What switches the escaping of JSX, Vue, Svelte, Astro and Angular off. */
const RAW_HTML =
  /\bdangerouslySetInnerHTML\b|\bv-html\b|\{@html\b|\bset:html\b|\[innerHTML\]|\bbypassSecurityTrust\w+/g
const MARKUP = /<[a-z!/]/i
/** A content type that browsers do not show as HTML. */
const OTHER_TYPE = /(?:\btype\(|\bcontent-type'[,:]) ?'(?!html|text\/html)/i
const HTML_TYPE = /\btype(?:\(| = )'(?:text\/)?html/
/** The decorator of a route in NestJS. */
const ROUTE = /^@(?:Get|Post|Put|Patch|Delete|All)\(/

/** The expressions that browsers show as HTML because of this node. */
function htmlAt(node: ts.Node): readonly ts.Expression[] {
  if (ts.isTemplateExpression(node) && !ts.isTaggedTemplateExpression(node.parent))
    return MARKUP.test(node.getText().replaceAll(/\$\{.*?\}/gs, '')) ? [node] : []
  if (ts.isBinaryExpression(node)) return isHtmlAssignment(node) ? [node.right] : []
  if (ts.isNewExpression(node)) {
    const [body, init] = node.arguments ?? []
    const isHtml = node.expression.getText() === 'Response' && /text\/html/.test(textOf(init))
    return isHtml && body !== undefined ? [body] : []
  }
  if (ts.isCallExpression(node)) return htmlOfCall(node)
  if (ts.isReturnStatement(node) && node.expression !== undefined)
    return isHtmlResult(node.expression) ? [node.expression] : []
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body))
    return isHtmlResult(node.body) ? [node.body] : []
  return []
}

function htmlOfCall({ expression: callee, arguments: given }: ts.CallExpression) {
  const [first, second] = given
  // The function of the examples that makes a page from a title and HTML.
  if (callee.getText() === 'layout') return second === undefined ? [] : [second]
  if (!ts.isPropertyAccessExpression(callee) || first === undefined) return []
  const name = callee.name.text
  const receiver = /^\w*/.exec(callee.getText())?.[0] ?? ''
  if (name === 'insertAdjacentHTML') return second === undefined ? [] : [second]
  if (name === 'html' && /^(?:c|ctx|context)$/.test(receiver)) return [first]
  if (name === 'write' && receiver === 'document') return [first]
  // Express sends a string as HTML, and without a type, browsers guess.
  if (/^(?:send|end|write)$/.test(name) && /^(?:res|response)$/.test(receiver))
    return OTHER_TYPE.test(withoutSent(textUntil(callee))) ? [] : [first]
  return name === 'send' && receiver === 'reply' && HTML_TYPE.test(textUntil(callee)) ? [first] : []
}

function isHtmlAssignment({ left, operatorToken, right }: ts.BinaryExpression): boolean {
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false
  if (/\.(?:inner|outer)HTML$/.test(left.getText())) return true
  if (left.getText() !== 'ctx.body') return false
  // Koa sends a string as HTML if it starts with `<`.
  return HTML_TYPE.test(textUntil(left)) || (isString(right) && startsWithValue(right))
}

function startsWithValue(text: ts.Expression): boolean {
  return !ts.isTemplateExpression(text) || text.head.text.trim() === ''
}

/** Whether a framework or `identity-web` sends the result of a function as HTML. */
function isHtmlResult(result: ts.Expression): boolean {
  const of = functionOf(result)
  if (of === undefined || /^reply\b/.test(result.getText())) return false
  const before = textUntil(result)
  // Fastify
  if (/\breply\.type/.test(before) && HTML_TYPE.test(before)) return true
  // The options `pages`, and `page` of `deviceCode()`
  if (ts.isPropertyAssignment(of.parent)) {
    const owner = of.parent.parent.parent
    if (of.parent.name.getText() === 'page' || /^pages\b/.test(owner.getText())) return true
  }
  // NestJS on Express, and h3 1: they send objects as JSON.
  const isRoute =
    ts.canHaveDecorators(of) &&
    (ts.getDecorators(of) ?? []).some((decorator) => ROUTE.test(decorator.getText()))
  return (isRoute || /^_?event$/.test(textOf(of.parameters[0]?.name))) && isString(result)
}

function isString(value: ts.Expression): boolean {
  if (isWrapper(value)) return isString(value.expression)
  if (ts.isConditionalExpression(value))
    return isString(value.whenTrue) || isString(value.whenFalse)
  if (ts.isBinaryExpression(value)) return isString(value.left) || isString(value.right)
  return ts.isTemplateExpression(value) || /\.(?:name|message|text\(\))$/.test(value.getText())
}

const ESCAPES = /^(?:escape|escapeHtml|encodeURIComponent)$/
/** `escape` of JavaScript itself encodes for URLs, and shows wrong letters in HTML. */
const HAS_ESCAPE = /\b(?:const |function |import )(?:\{[^}]*)?\bescape\b/
/** Calls whose result is not a string, has no markup, or is a file of the application. */
const HARMLESS =
  /^Buffer\.from$|(?:^|\.)(?:toISOString|toLocaleString|arrayBuffer|downloadToBuffer|readFileSync|readFile)$/
const KEEPS = /\.(?:join|trim|slice|filter)$/
/** Functions of other files that make a page. The values that they insert are found there. */
const PAGE = /^pages\.|^(?:page|render)$|Page$/
/** What docs/pages.md calls safe, paths of the library, constants, numbers, and HTML of other files. */
const SAFE =
  /^(?:language|homeUrl|loginUrl|html|undefined|[A-Z_]+|(?:auth\.)?paths\.\w+|(?:.*\.)?(?:length|status))$/
/** The parameters for HTML of functions that other files call. htmlAt() finds their values. */
const HTML_PARAMETER = /^(?:body|content)$/

/** The values in an expression that are neither escaped nor part of the code. */
function unsafeIn(node: ts.Node, chain: Chain): Chain {
  const inAll = (nodes: readonly ts.Node[]): Chain => nodes.flatMap((part) => unsafeIn(part, chain))
  if (isWrapper(node)) return inAll([node.expression])
  if (ts.isTemplateExpression(node))
    return inAll(node.templateSpans.map(({ expression }) => expression))
  if (ts.isConditionalExpression(node)) return inAll([node.whenTrue, node.whenFalse])
  if (ts.isArrayLiteralExpression(node)) return inAll(node.elements)
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      return inAll([node.right])
    return /^[-*/%<>=!]/.test(node.operatorToken.getText()) ? [] : inAll([node.left, node.right])
  }
  if (ts.isCallExpression(node)) return unsafeInCall(node, chain)
  if (ts.isIdentifier(node)) return unsafeInNamed(node, chain)
  // htmlAt() looks into a new response, objects become JSON, and the tag `html` escapes.
  const isOther =
    ts.isNewExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html')
  return isOther || ts.isLiteralExpression(node) || SAFE.test(node.getText()) ? [] : [node]
}

function isWrapper(node: ts.Node) {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSpreadElement(node)
  )
}

function isEscaping(callee: ts.Expression): boolean {
  const name = callee.getText()
  return ESCAPES.test(name) && (name !== 'escape' || HAS_ESCAPE.test(callee.getSourceFile().text))
}

function unsafeInCall(call: ts.CallExpression, chain: Chain): Chain {
  const callee = call.expression
  const [first, second] = call.arguments
  const name = callee.getText()
  if (isEscaping(callee) || HARMLESS.test(name) || PAGE.test(name)) return []
  if (ts.isPropertyAccessExpression(callee) && first !== undefined) {
    if (callee.name.text === 'map') return unsafeInResult(first, chain) ?? [call]
    if (/^replace(?:All)?$/.test(callee.name.text)) {
      // `'<'`, or a class of characters
      if (/^'<'$|\[[^\]]*</.test(first.getText())) return []
      const replacement = second === undefined ? [] : unsafeInResult(second, chain)
      return [...unsafeIn(callee.expression, chain), ...(replacement ?? unsafeIn(second!, chain))]
    }
  }
  if (ts.isPropertyAccessExpression(callee) && KEEPS.test(name))
    return unsafeIn(callee.expression, chain)
  return unsafeInResult(callee, chain) ?? [call]
}

/** The values in the results of a function, if the file contains it. */
function unsafeInResult(callee: ts.Expression, chain: Chain): Chain | undefined {
  if (isEscaping(callee)) return []
  const declared = ts.isIdentifier(callee) ? declarationOf(callee) : undefined
  const of =
    declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : declared
  const called = of ?? callee
  if (!ts.isFunctionLike(called)) return undefined
  return chain.includes(called)
    ? []
    : resultsOf(called).flatMap((result) => unsafeIn(result, [...chain, called]))
}

/** The values in what a name stands for. */
function unsafeInNamed(name: ts.Identifier, chain: Chain): Chain {
  const declared = declarationOf(name)
  if (declared === undefined || SAFE.test(name.text)) return SAFE.test(name.text) ? [] : [name]
  if (chain.includes(declared)) return []
  const next = [...chain, declared]
  if (ts.isVariableDeclaration(declared) && ts.isIdentifier(declared.name))
    return declared.initializer === undefined ? [name] : unsafeIn(declared.initializer, next)
  if (!ts.isParameter(declared)) return [name]
  const values = valuesOf(declared)
  if (values === undefined) return HTML_PARAMETER.test(name.text) ? [] : [name]
  const unsafe = values.flatMap((value) => unsafeIn(value, next))
  return unsafe.length > 0 && !ts.isIdentifier(declared.name) ? [name] : unsafe
}

/** What the file passes as this parameter. `undefined` if other code can pass something too. */
function valuesOf(parameter: ts.ParameterDeclaration): readonly ts.Expression[] | undefined {
  const of = parameter.parent
  const index = of.parameters.indexOf(parameter)
  if (ts.isCallExpression(of.parent)) {
    const callee = of.parent.expression
    const isPart =
      ts.isPropertyAccessExpression(callee) && /^(?:map|replace)$/.test(callee.name.text)
    return isPart && index === 0 ? [callee.expression] : undefined
  }
  const holder = ts.isVariableDeclaration(of.parent) ? of.parent : of
  const name = textOf(holder.name)
  const statement = ts.findAncestor(holder, ts.isStatement)
  if (/^export\b/.test(textOf(statement)) || !/^\w+$/.test(name)) return undefined
  const found: ts.Expression[] = []
  const visit = (node: ts.Node): void => {
    const value = ts.isCallExpression(node) && node.expression.getText() === name
    if (value && node.arguments[index] !== undefined) found.push(node.arguments[index])
    ts.forEachChild(node, visit)
  }
  visit(of.getSourceFile())
  return found.length === 0 ? undefined : found
}

function declarationOf(name: ts.Identifier): ts.Declaration | undefined {
  for (let scope: ts.Node = name.parent; ; scope = scope.parent) {
    const found = declarationsIn(scope).find(({ name: own }) => namesOf(own).includes(name.text))
    if (found !== undefined || ts.isSourceFile(scope)) return found
  }
}

function declarationsIn(scope: ts.Node): readonly ts.NamedDeclaration[] {
  if (ts.isFunctionLike(scope)) return scope.parameters
  if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) return []
  return scope.statements.flatMap((statement): readonly ts.NamedDeclaration[] => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations
    return ts.isFunctionDeclaration(statement) ? [statement] : []
  })
}

function namesOf(name: ts.Node | undefined): readonly string[] {
  if (name === undefined) return []
  if (!ts.isObjectBindingPattern(name) && !ts.isArrayBindingPattern(name)) return [name.getText()]
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? namesOf(element.name) : [],
  )
}

function resultsOf(of: ts.SignatureDeclaration): readonly ts.Expression[] {
  if (ts.isArrowFunction(of) && !ts.isBlock(of.body)) return [of.body]
  const found: ts.Expression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node !== of) return
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression)
    ts.forEachChild(node, visit)
  }
  visit(of)
  return found
}

function functionOf(node: ts.Node): ts.SignatureDeclaration | undefined {
  return ts.findAncestor(node.parent, ts.isFunctionLike)
}

/** The code of the function up to the end of the node, because it can set a content type. */
function textUntil(node: ts.Expression): string {
  const { text } = node.getSourceFile()
  return text.slice(functionOf(node)?.getStart() ?? 0, node.getEnd())
}

/** Without the lines that sent another response, whose type does not count. */
function withoutSent(text: string): string {
  return text.replaceAll(/^.*\.(?:send|end)\(.*\n/gm, '')
}

function textOf(node: ts.Node | undefined): string {
  return node?.getText() ?? ''
}
