// `npm run dev` runs this script. It starts `ng serve`, and the server at the next port.
import { spawn } from 'node:child_process'

const env = { ...process.env, API_PORT: String(Number(process.env.PORT ?? 3000) + 1) }
const programs = [
  ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'src/server.ts'],
  ['node_modules/@angular/cli/bin/ng.js', 'serve'],
].map((args) => spawn(process.execPath, args, { env, stdio: 'inherit' }))

/** Ends both, because one does not work without the other. */
const stop = () => programs.map((program) => program.kill())
process.on('SIGTERM', stop)
// After Ctrl+C, both have received the signal themselves.
process.on('SIGINT', () => {})
for (const program of programs)
  program.once('exit', (code) => {
    process.exitCode ??= code ?? 1
    stop()
  })
