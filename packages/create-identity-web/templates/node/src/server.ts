import { once } from 'node:events'
import { start } from './app.ts'

const port = Number(process.env['PORT'] ?? 3000)
const server = await start(port)
if (!server.listening) await once(server, 'listening')
console.log(`Open http://localhost:${port}`)
