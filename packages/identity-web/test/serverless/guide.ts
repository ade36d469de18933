import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = `${root}.artifacts/serverless/`
let files = 0

/** The TypeScript of a section of docs/serverless.md, in the order of the page. */
function snippetsOf(heading: string): readonly string[] {
  const page = readFileSync(`${root}docs/serverless.md`, 'utf8')
  const [, section = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'))
  const [own = ''] = section.split(/^#+ /m)
  return [...own.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code)
}

/** Returns the first snippet of a section that contains a text. */
export function snippetWith(heading: string, text: string): string {
  const snippet = snippetsOf(heading).find((code) => code.includes(text))
  if (snippet === undefined) throw new Error(`The section ${heading} has no code with ${text}.`)
  return snippet
}

/** Writes code to a file, so that it can be bundled or imported. Each call returns another file. */
export function toFile(code: string): string {
  mkdirSync(folder, { recursive: true })
  const file = `${folder}${process.pid}-${(files += 1)}.ts`
  writeFileSync(file, code)
  return file
}

/** Imports code as a new module. It reads the environment variables that are set now. */
export async function load<Module>(code: string): Promise<Module> {
  return (await import(/* @vite-ignore */ toFile(code))) as Module
}
