import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'vitest'
import { writeProject } from '../src/project/write-project.js'

const FILES = [
  { path: 'src/app.ts', text: 'app', isSecret: false },
  { path: '.env', text: 'secret', isSecret: true },
]

// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
const test = base.extend('parent', ({}, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), 'create-identity-web-'))
  onCleanup(() => rmSync(folder, { recursive: true, force: true }))
  return folder
})

test('writes the files into a new folder. Only the user can read the secrets', ({ parent }) => {
  const folder = join(parent, 'a/b')

  writeProject(folder, FILES)

  expect(readFileSync(join(folder, 'src/app.ts'), 'utf8')).toBe('app')
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
})

test('writes into a folder that contains only a new repository', ({ parent }) => {
  mkdirSync(join(parent, '.git'))

  writeProject(parent, FILES)

  expect(readdirSync(parent).toSorted()).toEqual(['.env', '.git', 'src'])
})

test('rejects a folder with files, and does not change it', ({ parent }) => {
  writeFileSync(join(parent, 'notes.txt'), 'mine')

  expect(() => writeProject(parent, FILES)).toThrow(
    `${parent} is not empty. It contains notes.txt. Choose another folder.`,
  )
  expect(readdirSync(parent)).toEqual(['notes.txt'])
})

test('rejects a file in place of the folder', ({ parent }) => {
  const file = join(parent, 'file')
  writeFileSync(file, 'mine')

  expect(() => writeProject(file, FILES)).toThrow(/is a file/)
})

test('removes what it wrote if a file cannot be written', ({ parent }) => {
  const folder = join(parent, 'app')
  const impossible = [...FILES, { path: 'src/app.ts/x', text: '', isSecret: false }]

  expect(() => writeProject(folder, impossible)).toThrow(/EEXIST|ENOTDIR/)

  expect(existsSync(folder)).toBe(false)
})

test('never replaces a file that appears meanwhile', ({ parent }) => {
  const twice = [...FILES, { path: '.env', text: 'other', isSecret: false }]

  expect(() => writeProject(parent, twice)).toThrow(/EEXIST/)

  expect(readdirSync(parent)).toEqual([])
})
