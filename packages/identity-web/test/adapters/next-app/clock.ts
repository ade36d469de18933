/** The clock that the tests move: by a header where there are no files. */
export function now(): number {
  return Date.now() + (process.env.NEXT_RUNTIME === 'edge' ? told : fromFile())
}

let told = 0

export function readClock({ headers }: Request): void {
  told = Number(headers.get('x-moved'))
}

function fromFile(): number {
  return Number(process.getBuiltinModule('node:fs').readFileSync(process.env.CLOCK_FILE ?? ''))
}
