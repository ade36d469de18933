import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Runs a module in a separate process, so that it measures only its own CPU, heap and compiled code.
 *
 * @param setup - The first message. The reply of the module is `ready`.
 */
export async function startChild(module, setup, { execArgv = [], env } = {}) {
  const child = fork(fileURLToPath(module), {
    execArgv: [...process.execArgv, ...execArgv],
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let waiting
  child.on('message', (message) => waiting?.resolve(message))
  child.on('exit', (code) => waiting?.reject(new Error(`${module} ended with ${code}.`)))
  const ask = (message) =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
      child.send(message)
    })
  const ready = await ask(setup)
  return {
    ready,
    ask,
    stop: () =>
      new Promise((resolve) => {
        waiting = undefined
        child.once('exit', resolve)
        child.disconnect()
      }),
  }
}

/** Replies to messages of the parent with the result of a function, and ends together with the parent. */
export function answerParent(answer) {
  process.on('message', (message) => {
    Promise.resolve(answer(message)).then(
      (reply) => process.send(reply),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  // The process also ends when the parent is killed.
  process.on('disconnect', () => process.exit(0))
}
