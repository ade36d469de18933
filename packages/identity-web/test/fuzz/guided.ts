import { targets } from './targets.ts'

// `npm run -C maintain fuzz -- --guided`: Jazzer.js calls `fuzz` with bytes that it chooses by the branches that earlier inputs reached.

const name = process.env['FUZZ_TARGET'] ?? ''
const target = targets.find((one) => one.name === name)

/** Checks one input of Jazzer.js. */
export async function fuzz(data: Uint8Array): Promise<void> {
  if (target === undefined) throw new Error(`No target has the name ${name}.`)
  await target.check(
    new TextDecoder(name.startsWith('credentials') ? 'latin1' : 'utf-8').decode(data),
  )
}
