/** One thing that the reader of a tutorial does or sees. */
export type Step =
  | {
      readonly kind: 'file'
      readonly name: string
      readonly text: string
      readonly append: boolean
    }
  | { readonly kind: 'run'; readonly commands: readonly string[]; readonly staysRunning: boolean }
  | { readonly kind: 'output'; readonly lines: readonly string[] }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'select'; readonly name: string }
  | { readonly kind: 'page'; readonly text: string }

const BLOCK = /^```(\w+)\n(.*?)^```$/gms
const ACTION = /^> (?<page>.+)$|[Ss]elect \*\*(?<select>[^*]+)\*\*|Open <(?<open>http[^>]+)>/gm

/**
 * Reads the steps of a page, in its order. The page says in its sentences what a block is for: "Create `app.ts`",
 * "Add this to the end of `app.ts`", "leave it running". A quotation is what the reader sees in the browser.
 */
export function stepsOf(page: string): Step[] {
  const steps: Step[] = []
  let end = 0
  for (const block of page.matchAll(BLOCK)) {
    const prose = page.slice(end, block.index)
    steps.push(...actionsIn(prose))
    const sentences = prose.trimEnd().split('\n\n').at(-1)?.replaceAll('\n', ' ') ?? ''
    steps.push(blockStep(block[1] ?? '', block[2] ?? '', sentences))
    end = block.index + block[0].length
  }
  return [...steps, ...actionsIn(page.slice(end))]
}

function actionsIn(prose: string): Step[] {
  return [...prose.matchAll(ACTION)].map(({ groups }) => {
    if (groups?.['page'] !== undefined) return { kind: 'page', text: groups['page'] }
    if (groups?.['select'] !== undefined) return { kind: 'select', name: groups['select'] }
    return { kind: 'open', url: groups?.['open'] ?? '' }
  })
}

function blockStep(language: string, text: string, sentences: string): Step {
  const lines = text.trimEnd().split('\n')
  if (language === 'sh') {
    return { kind: 'run', commands: lines, staysRunning: /leave it running/i.test(sentences) }
  }
  const added = /to the end of `([^`]+)`/.exec(sentences)?.[1]
  const name = added ?? /(?:Create|Replace) `([^`]+)`/.exec(sentences)?.[1]
  if (name !== undefined) return { kind: 'file', name, text, append: added !== undefined }
  if (language === 'text') return { kind: 'output', lines }
  throw new Error(`The page does not say what this block is for: ${text}`)
}
