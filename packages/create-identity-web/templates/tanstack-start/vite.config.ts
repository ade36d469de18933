import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// On Node.js 20, Vite sends only the last cookie of a response, so the sign-in would start again and again.
const { node } = process.versions
if (node.localeCompare('22.12', undefined, { numeric: true }) < 0)
  throw new Error(`This application needs Node.js 22.12 or later, but you use ${node}.`)

export default defineConfig({
  plugins: [tanstackStart(), react()],
  server: { port: Number(process.env['PORT'] ?? 3000), strictPort: true },
})
