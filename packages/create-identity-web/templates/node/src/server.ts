import { start } from './app.ts'

const port = Number(process.env['PORT'] ?? 3000)
await start(port)
console.log(`Open http://localhost:${port}`)
