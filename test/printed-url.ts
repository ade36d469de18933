import type { ChildProcess } from 'node:child_process'

/** Waits for the line in which the demo prints where it can be opened. */
export async function printedUrl(child: ChildProcess): Promise<string> {
  return /Open (http:\S+)/.exec(await printedText(child))?.[1] ?? ''
}

/** Waits for all that the demo prints once it runs. */
export function printedText(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.on('exit', () => reject(new Error(`The demo ended early: ${text}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += String(chunk)
      if (text.includes('Press Ctrl+C to stop')) resolve(text)
    })
  })
}
