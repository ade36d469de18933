// `npm run dev` runs this script. It starts the server, and `ng serve` at the port 3000, or at the next free one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

const reserved = createServer().listen(0, 'localhost')
await once(reserved, 'listening')
const env = { ...process.env, API_PORT: String(reserved.address().port) }
reserved.close()
await once(reserved, 'close')

const programs = [
  ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'src/server.ts'],
  ['node_modules/@angular/cli/bin/ng.js', 'serve'],
].map((args) => spawn(process.execPath, args, { env, stdio: 'inherit' }))

/** Ends both, because one does not work without the other. */
function stop() {
  for (const program of programs) program.kill()
}
process.on('SIGTERM', stop)
// After Ctrl+C, both have received the signal themselves.
process.on('SIGINT', () => {})
for (const program of programs)
  program.once('exit', (code) => {
    process.exitCode ??= code ?? 1
    stop()
  })
