import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The folder of the package. */
const PACKAGE: string = fileURLToPath(new URL('../..', import.meta.url))

const DIST = `${PACKAGE}dist/`
const registry = ts.createDocumentRegistry()

/** What an editor shows where a function is called, for one of its signatures. */
export interface ShownSignature {
  /** The signature, as the editor prints it. */
  readonly label: string
  readonly description: string
  /** The names of the parameters. */
  readonly parameters: readonly string[]
  /** The names of the parameters with documentation. */
  readonly documented: readonly string[]
  /** The texts of the tags, by the name of the tag. */
  readonly tags: Readonly<Record<string, readonly string[]>>
}

/** What an editor shows at a call, and for the name of the function. */
export interface ShownCall {
  readonly call: string
  readonly signatures: readonly ShownSignature[]
  readonly hover: ShownSignature
}

/** A property of an option, a context or another type that the package exports. */
export interface ShownMember {
  readonly name: string
  readonly description: string
  readonly isOptional: boolean
  readonly hasDefault: boolean
}

/** An expression that gives an application something of the package. */
export interface Expression {
  readonly code: string
  /** The object of a method. */
  readonly owner: string
  readonly isCallable: boolean
}

/** TypeScript's language service, with a file that imports an entry point of the package as it was built. */
export class Editor {
  readonly #file: string
  readonly #service: ts.LanguageService
  readonly #head: string
  #content: string
  #version = 0

  /** @param entry - For example `identity-web/express`. */
  constructor(entry: string) {
    // Its own name, because editors share what they have read.
    this.#file = `${PACKAGE}test/package/opened-${entry.replace('/', '-')}.ts`
    this.#head = `import * as m from '${entry}'\ndeclare function value<T>(): T\n`
    this.#content = this.#head
    const options: ts.CompilerOptions = {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
    }
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [this.#file],
      getScriptVersion: (name) => (name === this.#file ? String(this.#version) : '0'),
      getScriptSnapshot: (name) => {
        const content = name === this.#file ? this.#content : ts.sys.readFile(name)
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
      },
      getCurrentDirectory: () => dirname(this.#file),
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (name) => name === this.#file || ts.sys.fileExists(name),
      readFile: (name) => (name === this.#file ? this.#content : ts.sys.readFile(name)),
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      realpath: ts.sys.realpath ?? ((path) => path),
    }
    this.#service = ts.createLanguageService(host, registry)
  }

  /** Returns the exported names of every entry point. They come from one program, because each takes seconds to read. */
  static exportedNames(): ReadonlyMap<string, readonly string[]> {
    const entries = entryPoints()
    const editor = new Editor(entries[0] ?? '')
    editor.#write(entries.map((entry, index) => `import * as m${index} from '${entry}'\n`).join(''))
    const names = entries.map((_, index) => editor.#exported(index).map(({ name }) => name))
    return new Map(entries.map((entry, index) => [entry, names[index] ?? []]))
  }

  /**
   * Returns what applications get from entry points: the exported values, the members of exported classes, and those of the
   * contexts and other objects that their members return or pass to handlers.
   */
  static expressions(entries: readonly string[]): ReadonlyMap<string, readonly Expression[]> {
    const editor = new Editor(entries[0] ?? '')
    editor.#write(entries.map((entry, index) => `import * as m${index} from '${entry}'\n`).join(''))
    return new Map(entries.map((entry, index) => [entry, editor.#expressions(index)]))
  }

  #expressions(index: number): Expression[] {
    const of = (owner: string, type: ts.Type): Expression[] =>
      this.#membersOf(type).map((member) => ({
        code: `${owner}.${member.name}`,
        owner,
        isCallable: this.#checker.getTypeOfSymbol(member).getCallSignatures().length > 0,
      }))
    return this.#exported(index).flatMap((exported) => {
      const symbol = this.#resolve(exported)
      const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0
      const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0
      // Applications do not get options. They write them.
      const isGiven = isClass || /(Context|^Either)$/.test(exported.name)
      const shape = this.#checker.getDeclaredTypeOfSymbol(symbol)
      const members = isGiven ? of(valueOf(symbol, shape), shape) : []
      if (!isValue) return members
      const type = this.#checker.getTypeOfSymbol(symbol)
      const code = `m.${exported.name}`
      const isCallable = type.getCallSignatures().length > 0
      return [{ code, owner: 'm', isCallable }, ...of(code, type), ...members]
    })
  }

  #write(content: string): void {
    this.#content = content
    this.#version += 1
  }

  get #program(): ts.Program {
    const program = this.#service.getProgram()
    if (program === undefined) throw new Error('No program.')
    return program
  }

  get #checker(): ts.TypeChecker {
    return this.#program.getTypeChecker()
  }

  #exported(index = 0): ts.Symbol[] {
    const source = this.#program.getSourceFile(this.#file)
    const statement = (source as ts.SourceFile).statements[index] as ts.ImportDeclaration
    const module = this.#checker.getSymbolAtLocation(statement.moduleSpecifier)
    if (module === undefined) throw new Error('The entry point was not found. Build the package.')
    return this.#checker.getExportsOfModule(module)
  }

  #exports(): ts.Symbol[] {
    return this.#exported().map((symbol) => this.#resolve(symbol))
  }

  #resolve(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol
  }

  /**
   * Lists the calls of all functions, constructors and methods, each up to its opening parenthesis. Methods are those of
   * classes, and of the types that members of classes return, such as the guard that `auth.orBearer(api)` returns. The
   * functions of a context are properties, so that handlers can destructure it. An editor shows the documentation of a
   * property in its hover, which `members` checks.
   */
  calls(): string[] {
    const all = this.#exports()
    const calls: string[] = []
    const returned = new Set<string>()
    for (const symbol of all) {
      if (!(symbol.flags & ts.SymbolFlags.Value)) continue
      const type = this.#checker.getTypeOfSymbol(symbol)
      if (type.getCallSignatures().length > 0) calls.push(`m.${symbol.name}(`)
      if (!(symbol.flags & ts.SymbolFlags.Class)) continue
      if (type.getConstructSignatures().length > 0) calls.push(`new m.${symbol.name}(`)
      calls.push(...this.#callsOf(`m.${symbol.name}`, type))
      const instance = this.#checker.getDeclaredTypeOfSymbol(symbol)
      calls.push(...this.#callsOf(valueOf(symbol, instance), instance))
      for (const member of instance.getProperties()) {
        for (const signature of this.#checker.getTypeOfSymbol(member).getCallSignatures()) {
          const result = signature.getReturnType()
          returned.add((result.aliasSymbol ?? result.symbol)?.name ?? '')
        }
      }
    }
    for (const symbol of all) {
      if (symbol.flags & ts.SymbolFlags.Class || !returned.has(symbol.name)) continue
      if (symbol.name.endsWith('Context')) continue
      const type = this.#checker.getDeclaredTypeOfSymbol(symbol)
      calls.push(...this.#callsOf(valueOf(symbol, type), type))
    }
    return calls
  }

  #callsOf(object: string, type: ts.Type): string[] {
    return this.#membersOf(type).flatMap((member) => {
      const memberType = this.#checker.getTypeOfSymbol(member)
      // A function whose type belongs to a framework is passed on to that, and not called.
      const isOurs = memberType
        .getCallSignatures()
        .some((signature) => isInPackage(signature.getDeclaration()))
      return isOurs
        ? [`${object}.${member.name}(`, ...this.#callsOf(`${object}.${member.name}`, memberType)]
        : []
    })
  }

  /** The public members of a type that this package declares. */
  #membersOf(type: ts.Type): ts.Symbol[] {
    return this.#checker
      .getPropertiesOfType(type)
      .filter(
        ({ name, declarations = [] }) =>
          !/^(__|#)/.test(name) &&
          name !== 'prototype' &&
          declarations.some(
            (declaration) =>
              isInPackage(declaration) &&
              !(
                ts.getCombinedModifierFlags(declaration) &
                (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)
              ),
          ),
      )
  }

  /** Returns what the editor shows at each call, for each signature, and for the name of the function. */
  show(calls: readonly string[]): ShownCall[] {
    // One version of the file contains all calls, because TypeScript checks each version from the start.
    const ends: number[] = []
    let content = this.#head
    for (const call of calls) {
      content += call
      ends.push(content.length)
      content += ')\n'
    }
    this.#write(content)
    return calls.map((call, index) => this.#showAt(call, ends[index] ?? 0))
  }

  /** Returns what the editor shows for a name in a line of code. */
  hover(code: string, name: string): string {
    this.#write(this.#head + code)
    const position = this.#head.length + code.lastIndexOf(name)
    return toText(this.#service.getQuickInfoAtPosition(this.#file, position)?.displayParts)
  }

  #showAt(call: string, end: number): ShownCall {
    const items = this.#service.getSignatureHelpItems(this.#file, end, {})?.items ?? []
    const info = this.#service.getQuickInfoAtPosition(this.#file, end - 2)
    return {
      call,
      signatures: items.map((item) => ({
        label: item.parameters.map(({ displayParts }) => toText(displayParts)).join(', '),
        description: toText(item.documentation),
        parameters: item.parameters.map(({ name }) => name),
        documented: item.parameters
          .filter(({ documentation }) => documentation.length > 0)
          .map(({ name }) => name),
        tags: toTags(item.tags),
      })),
      hover: {
        label: toText(info?.displayParts),
        description: toText(info?.documentation),
        parameters: [],
        documented: [],
        tags: toTags(info?.tags),
      },
    }
  }

  /** All exports, and the members of all exported types. */
  members(): ShownMember[] {
    return this.#exports().flatMap((symbol) => [
      this.#show(symbol.name, symbol),
      ...(symbol.flags & ts.SymbolFlags.Type
        ? this.#membersOf(this.#checker.getDeclaredTypeOfSymbol(symbol)).map((member) =>
            this.#show(`${symbol.name}.${member.name}`, member),
          )
        : []),
    ])
  }

  /** The properties of all types that are options of a function, a constructor or a method, and of their properties. */
  options(): ShownMember[] {
    const seen = new Map<string, ts.Symbol>()
    const visit = (type: ts.Type, owner: string): void => {
      if (type.isUnionOrIntersection()) {
        for (const part of type.types) visit(part, owner)
        return
      }
      if (this.#checker.isArrayType(type)) {
        for (const part of this.#checker.getTypeArguments(type as ts.TypeReference)) {
          visit(part, owner)
        }
        return
      }
      // `isTypeParameter()` would narrow all other types to `never`.
      if (type.flags & ts.TypeFlags.TypeParameter) {
        const constraint = type.getConstraint()
        if (constraint !== undefined) visit(constraint, owner)
        return
      }
      // Handlers receive a context, and objects with methods are not options.
      if (!type.isClassOrInterface() && !(type.flags & ts.TypeFlags.Object)) return
      if (type.getCallSignatures().length > 0 || type.isClass()) return
      // A framework's type, to which this package adds members, is not an option.
      if (!(type.symbol?.declarations ?? []).every(isInPackage)) return
      const name = (type.symbol as ts.Symbol | undefined)?.name ?? owner
      for (const member of this.#membersOf(type)) {
        const key = `${name}.${member.name}`
        if (seen.has(key) || member.flags & ts.SymbolFlags.Method) continue
        seen.set(key, member)
        visit(this.#checker.getTypeOfSymbol(member), key)
      }
    }
    for (const symbol of this.#exports()) {
      if (!(symbol.flags & ts.SymbolFlags.Value)) continue
      const type = this.#checker.getTypeOfSymbol(symbol)
      const callables = [
        type,
        ...this.#membersOf(type).map((member) => this.#checker.getTypeOfSymbol(member)),
        ...(symbol.flags & ts.SymbolFlags.Class
          ? this.#membersOf(this.#checker.getDeclaredTypeOfSymbol(symbol)).map((member) =>
              this.#checker.getTypeOfSymbol(member),
            )
          : []),
      ]
      for (const signature of callables.flatMap((callable) => [
        ...callable.getCallSignatures(),
        ...callable.getConstructSignatures(),
      ])) {
        for (const parameter of signature.getParameters()) {
          visit(this.#checker.getTypeOfSymbol(parameter), parameter.name)
        }
      }
    }
    return [...seen].map(([name, member]) => this.#show(name, member))
  }

  #show(name: string, symbol: ts.Symbol): ShownMember {
    return {
      name,
      description: toText(symbol.getDocumentationComment(this.#checker)),
      isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      hasDefault: symbol.getJsDocTags(this.#checker).some((tag) => tag.name === 'defaultValue'),
    }
  }

  /** The completions behind each expression and a dot. One version of the file contains all of them: see `show`. */
  completions(expressions: readonly string[]): string[][] {
    const ends: number[] = []
    let content = this.#head
    for (const expression of expressions) {
      content += `${expression}.`
      ends.push(content.length)
      content += ';\n'
    }
    this.#write(content)
    return ends.map((end) => {
      const found = this.#service.getCompletionsAtPosition(this.#file, end, {})?.entries ?? []
      return found.map(({ name }) => name)
    })
  }
}

/** The entry points of the package, as applications import them. */
export function entryPoints(): string[] {
  const { exports } = JSON.parse(readFileSync(`${PACKAGE}package.json`, 'utf8')) as {
    readonly exports: Readonly<Record<string, unknown>>
  }
  return Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => path.replace(/^\./, 'identity-web'))
}

function valueOf(symbol: ts.Symbol, type: ts.Type): string {
  const parameters = type.aliasTypeArguments ?? (type as ts.InterfaceType).typeParameters ?? []
  const required = parameters.filter((parameter) => !hasDefault(parameter))
  const given = required.length === 0 ? '' : `<${required.map(() => 'any').join(', ')}>`
  return `value<m.${symbol.name}${given}>()`
}

function hasDefault(parameter: ts.Type): boolean {
  const [declaration] = parameter.symbol.declarations ?? []
  return (
    declaration !== undefined &&
    ts.isTypeParameterDeclaration(declaration) &&
    declaration.default !== undefined
  )
}

function isInPackage(declaration: ts.Node | undefined): boolean {
  return declaration?.getSourceFile().fileName.startsWith(DIST) === true
}

function toText(parts: ts.SymbolDisplayPart[] | undefined): string {
  return ts.displayPartsToString(parts)
}

function toTags(tags: readonly ts.JSDocTagInfo[] | undefined): Record<string, string[]> {
  const texts: Record<string, string[]> = {}
  for (const { name, text } of tags ?? []) (texts[name] ??= []).push(toText(text))
  return texts
}
