import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findUnescaped } from './support/unescaped.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const SKILLS = 'packages/identity-web/skills'
const TEMPLATES = 'packages/create-identity-web/templates/'

/** Code of a file, with the number of the file's line before its first. */
interface Piece {
  readonly before: number
  readonly code: string
}

const CODE = /\.[cm]?[jt]sx?$/
/** Files whose docstrings contain samples. */
const SOURCES = /^packages\/[\w-]+\/src\/.*\.ts$/
const COMPONENT = /\.(?:vue|svelte|astro|html)$/

function piecesOf(path: string): readonly Piece[] {
  const text = readFileSync(join(root, path), 'utf8')
  const linesUntil = (index: number): number => text.slice(0, index).split('\n').length - 1
  if (path.endsWith('.md'))
    return [...text.matchAll(/^ *```(\w+)\n(.*?)^ *```/gms)]
      .filter(([, language]) => CODE.test(`.${language}`) || COMPONENT.test(`.${language}`))
      .map(({ index, 2: code = '' }) => ({ before: linesUntil(index) + 1, code }))
  if (SOURCES.test(path))
    return [...text.matchAll(/\/\*\*.*?\*\//gs)].flatMap(({ index, 0: comment }) =>
      examplesOf(comment).map(({ before, code }) => ({ before: before + linesUntil(index), code })),
    )
  return [{ before: 0, code: text }]
}

/** The examples of a docstring. */
function examplesOf(comment: string): readonly Piece[] {
  const lines = comment.split('\n').map((line) => line.replaceAll(/^ *\/?\*+\/? ?|\*\/$/g, ''))
  const tags = lines.map((line) => /^@[a-z]\w+/.exec(line)?.[0])
  return tags.flatMap((tag, before) => {
    if (tag !== '@example') return []
    const next = tags.findIndex((other, line) => line > before && other !== undefined)
    const [first = '', ...others] = lines.slice(before, next === -1 ? undefined : next)
    const isFenced = others[0]?.startsWith('```') ?? false
    const code = [isFenced ? '' : first.replace(tag, ''), ...others].join('\n')
    return [{ before, code: code.replaceAll(/^```.*$/gm, '') }]
  })
}

function isSample(path: string): boolean {
  // The reference of the options comes from the docstrings, and the stand-ins of Azure's services send XML.
  if (path === 'docs/options.md' || path.includes('/stand-ins/')) return false
  if (path.endsWith('.md')) return true
  return /^(?:examples|packages\/create-identity-web\/templates)\//.test(path)
    ? CODE.test(path) || COMPONENT.test(path)
    : SOURCES.test(path)
}

test('a sample does not put a value into HTML without escaping it', () => {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  const samples = stdout
    .split('\n')
    .filter((path) => isSample(path) && existsSync(join(root, path)))
  const pieces = samples.flatMap((path) => piecesOf(path).map((piece) => ({ path, ...piece })))
  const found = pieces.flatMap(({ path, before, code }) =>
    findUnescaped(code).map((value) => `${path}:${before + value.line + 1}: ${value.code}`),
  )

  for (const folder of [
    'docs/',
    'packages/identity-web/src/',
    'examples/',
    `${SKILLS}/`,
    TEMPLATES,
  ])
    expect(pieces.filter(({ path }) => path.startsWith(folder)).length).toBeGreaterThan(10)
  expect(found, 'Send text or JSON, or escape these values').toEqual([])
})

const EXPRESS = 'auth.loginRequired((req, res, { user }) => res'
const NEST = '@Get() home(user: Claims)'

test.each([
  ['Express', `${EXPRESS}.send(\`Hello, \${user.name}\`))`, 'user.name'],
  ['Express with a status', `${EXPRESS}.status(403).send(error.message))`, 'error.message'],
  [
    'the data of an API',
    'res.send(`Hello, ${(await response.json()).name}`)',
    '(await response.json()).name',
  ],
  ['a string of an API', 'res.send(await response.text())', 'response.text()'],
  [
    'a variable',
    'const html = 1\nconst greeting = `Hello, ${user.name}`\nres.send(greeting)',
    'user.name',
  ],
  ['a concatenation', "res.send('Hello, ' + user.name)", 'user.name'],
  ['one of several', "res.type('text').send('a')\nres.send(user.name)", 'user.name'],
  ['Node.js', 'res.end(`Hello, ${user.name}`)', 'user.name'],
  [
    'Fastify',
    "auth.loginRequired((request, reply, { user }) => {\nreply.type('text/html')\nreturn user.name })",
    'user.name',
  ],
  ['send of Fastify', "reply.type('text/html').send(user.name)", 'user.name'],
  ['Koa', "ctx.type = 'html'\nctx.body = `Hello, ${user.name}`", 'user.name'],
  ['Koa, where the name comes first', 'ctx.body = `${user.name} is signed in`', 'user.name'],
  ['Hono', 'c.html(`Hello, ${user.name}`)', 'user.name'],
  ['NestJS', `class Home { ${NEST} { return \`Hello, \${user.name}\` } }`, 'user.name'],
  ['h3', 'auth.loginRequired((_event, { user }) => `Hello, ${user.name}`)', 'user.name'],
  [
    'Response',
    "new Response(user.name, { headers: { 'content-type': 'text/html' } })",
    'user.name',
  ],
  ['pages', 'new Auth({ pages: { forbidden: ({ message }) => message } })', 'message'],
  ['the page of a device code', 'deviceCode({ page: ({ userCode }) => userCode })', 'userCode'],
  ['a page', 'const page = (title) => `<h1>${title}</h1>`\npage(user.name)', 'user.name'],
  ['a list', 'const list = `<ul>${names.map((name) => `<li>${name}</li>`)}</ul>`', 'names'],
  ['a script', 'const page = `<script>${JSON.stringify(user)}</script>`', 'JSON.stringify(user)'],
  ['escape() of JavaScript', 'res.send(escape(user.name))', 'escape(user.name)'],
  ['a browser', 'heading.innerHTML = user.name', 'user.name'],
  ['React', '<p dangerouslySetInnerHTML={{ __html: user.name }} />', 'dangerouslySetInnerHTML'],
  ['Vue', '<p v-html="user.name"></p>', 'v-html'],
  ['Svelte', '<p>{@html user.name}</p>', '{@html'],
  ['Astro', '<p set:html={user.name} />', 'set:html'],
  ['Angular', '<p [innerHTML]="user.name"></p>', '[innerHTML]'],
  [
    'the sanitizer of Angular',
    'sanitizer.bypassSecurityTrustHtml(name)',
    'bypassSecurityTrustHtml',
  ],
  ['an insertion', "list.insertAdjacentHTML('beforeend', user.name)", 'user.name'],
  ['document.write', 'document.write(user.name)', 'user.name'],
  ['the layout of the examples', "layout('Account', user.name)", 'user.name'],
])('finds the value in HTML of %s', (_place, code, value) => {
  expect(findUnescaped(code).map((found) => found.code)).toContain(value)
})

test.each([
  ['text of Express', `${EXPRESS}.type('text').send(\`Hello, \${user.name}\`))`],
  ['JSON', `${EXPRESS}.json({ hello: user.name }))`],
  [
    'a type of Node.js',
    "res.writeHead(200, { 'content-type': 'text/event-stream' })\nres.write(user.name)",
  ],
  ['Fastify', 'auth.loginRequired((request, reply, { user }) => `Hello, ${user.name}`)'],
  ['Koa', 'ctx.body = `Hello, ${user.name}`'],
  ['Hono', 'c.text(`Hello, ${user.name}`)'],
  ['an object of NestJS', `class Home { ${NEST} { return { hello: user.name } } }`],
  ['Response', 'new Response(`Hello, ${user.name}`)'],
  ['an escaped value', 'res.send(`<p>${escapeHtml(user.name)}</p>`)'],
  [
    'escaped parts of a page',
    'const page = (title) => `<h1>${title}</h1>`\npage(escapeHtml(user.name))',
  ],
  [
    'an escaped list',
    'const list = `<ul>${names.map((name) => `<li>${escapeHtml(name)}</li>`).join("")}</ul>`',
  ],
  [
    'an escaped script',
    "const page = `<script>${JSON.stringify(user).replaceAll('<', '')}</script>`",
  ],
  ['the paths of the library', 'res.send(`<a href="${auth.paths.logout}">Sign out</a>`)'],
  ['text in a browser', 'heading.textContent = `Hello, ${user.name}`'],
  ['JSX', '<p title={`Hello, ${user.name}`}>{user.name}</p>'],
])('accepts %s', (_place, code) => {
  expect(findUnescaped(code)).toEqual([])
})
