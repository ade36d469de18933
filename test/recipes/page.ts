import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What the code of `docs/recipes.md` takes for granted. */
const GRANTED = 'const makeReport = async (token) => `a report for ${token.length > 0}`\n'

/** Returns the first program of a section of `docs/recipes.md`. */
export function recipeOf(heading: string): string {
  const page = readFileSync(`${root}docs/recipes.md`, 'utf8')
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`))
  const code = /^```(?:ts|js)\n(.*?)^```/ms.exec(section ?? '')?.[1]
  if (code === undefined) throw new Error(`docs/recipes.md has no program for ${heading}.`)
  return code
}

/** Imports the program of a section as a new module, with the current environment variables. */
export async function importRecipe<T>(heading: string): Promise<T> {
  // Here, because the program finds the packages of this folder from its own path.
  const folder = `${root}test/recipes/.artifacts`
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${heading.toLowerCase().replaceAll(/\W+/g, '-')}-${process.pid}-${Date.now()}.ts`
  const code = recipeOf(heading)
    // The repository has two versions of h3, and its React Router application is not built.
    .replace("from 'h3'", "from 'h3-2'")
    .replace("import('./build/server/index.js')", `import('${root}test/recipes/router-build.ts')`)
  writeFileSync(file, GRANTED + code)
  return (await import(pathToFileURL(file).href)) as T
}
