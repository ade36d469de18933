import type { ChildProcess } from 'node:child_process'

/** Waits for the line in which the demo prints where it can be opened. */
export function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.on('exit', () => reject(new Error(`The demo ended early: ${text}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += String(chunk)
      const url = /Open (http:\S+)/.exec(text)?.[1]
      if (url !== undefined) resolve(url)
    })
  })
}
